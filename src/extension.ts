export function activate(): void {
  // Wired below as the concepts arrive.
}

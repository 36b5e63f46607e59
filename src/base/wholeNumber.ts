/** The nearest whole number within limits (both included); `fallback` for what is no number. */
export function wholeNumberWithin(value: unknown, fallback: number, minimum: number, maximum: number): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback;
  return Math.min(Math.max(Math.round(value), minimum), maximum);
}

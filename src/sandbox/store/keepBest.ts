/** Keeps the first `offset + limit` of any number of positions in a given order, in memory bounded by that. */
export class KeepBest {
  private readonly kept: number[] = [];
  /** The last of those that are kept, once there are enough: what comes after it need not be looked at again. */
  private worst: number | undefined;

  constructor(
    private readonly offset: number,
    private readonly limit: number,
    private readonly compare: (a: number, b: number) => number,
  ) {}

  add(position: number): void {
    if (this.worst !== undefined && this.compare(position, this.worst) > 0) return;
    this.kept.push(position);
    // Sorting now and then is cheaper than keeping a heap, and much shorter.
    if (this.kept.length >= 2 * this.most + 1000) this.cut();
  }

  take(): number[] {
    this.cut();
    return this.kept.slice(this.offset);
  }

  private get most(): number {
    return this.offset + this.limit;
  }

  private cut(): void {
    this.kept.sort(this.compare);
    this.kept.length = Math.min(this.kept.length, this.most);
    if (this.kept.length === this.most) this.worst = this.kept.at(-1);
  }
}

/** The server's idea of now, which can be moved forward. */
export class ServerClock {
  /** Milliseconds that it is ahead of what it was made from. */
  ahead = 0;

  constructor(private readonly base: () => number = Date.now) {}

  readonly now = (): number => this.base() + this.ahead;

  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}

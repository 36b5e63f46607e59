import { codes, Failure } from './failure';

/** At most so many calls of one key in any window of this length; the clock is the server's. */
export class SlidingLimit {
  private readonly calls = new Map<string, number[]>();

  constructor(
    private readonly most: number,
    private readonly milliseconds: number,
  ) {}

  /** Throws 14001 when the call is one too many. A refused call does not count. */
  check(key: string, now: number): void {
    const recent = (this.calls.get(key) ?? []).filter(time => time > now - this.milliseconds);
    this.calls.set(key, recent);
    if (recent.length >= this.most) throw new Failure(codes.tooManyCalls, 'calls exceeded', '接口调用次数超限');
    recent.push(now);
  }
}

/** The documented burst limit: 100 calls in 20 seconds per interface. */
export const callLimit = (): SlidingLimit => new SlidingLimit(100, 20_000);
/** The documented limit of the token endpoints: 10 calls a minute. */
export const tokenCallLimit = (): SlidingLimit => new SlidingLimit(10, 60_000);

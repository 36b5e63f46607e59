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
const callLimit = (): SlidingLimit => new SlidingLimit(100, 20_000);
/** The documented limit of the token endpoints: 10 calls a minute. */
export const tokenCallLimit = (): SlidingLimit => new SlidingLimit(10, 60_000);

export interface LimitSettings {
  rateLimit: boolean;
  tokenLimit: boolean;
  /** Calls a day; 0 is an enterprise that bought none, null no limit. */
  dailyQuota: number | null;
  /** Answer every business call with this code, as for an address that is not on the list or an app without rights. */
  refuse: number | null;
}

const texts = new Map<number, [string, string]>([
  [codes.noPermission, ['the app has no permission', '应用没有访问权限']],
  [codes.enterpriseRefused, ["the app has no permission to access the enterprise's data", '应用无权读取该企业数据']],
]);

/** What a business call has to pass once its caller is known. All of it can be changed while the sandbox runs. */
export class Limits {
  readonly settings: LimitSettings;
  private readonly calls = callLimit();
  private today = { day: 0, calls: 0 };

  constructor(settings: Partial<LimitSettings> = {}) {
    this.settings = { rateLimit: true, tokenLimit: true, dailyQuota: null, refuse: null, ...settings };
  }

  check(path: string, now: number): void {
    const { refuse, rateLimit } = this.settings;
    if (refuse !== null) throw new Failure(refuse, ...(texts.get(refuse) ?? ['refused', '拒绝访问']));
    this.checkQuota(now);
    if (rateLimit) this.calls.check(path, now);
    this.today.calls += 1;
  }

  usedToday(now: number): number {
    return this.today.day === dayOf(now) ? this.today.calls : 0;
  }

  private checkQuota(now: number): void {
    const { dailyQuota } = this.settings;
    if (this.today.day !== dayOf(now)) this.today = { day: dayOf(now), calls: 0 };
    if (dailyQuota === 0) throw new Failure(codes.noQuota, 'no quota of calls', '企业没有购买 OpenAPI 配额');
    if (dailyQuota !== null && this.today.calls >= dailyQuota) {
      throw new Failure(codes.quotaUsedUp, 'the quota of today is used up', '当天调用次数用完');
    }
  }
}

/** The count returns to nothing at 0:00 (api-facts.md 4.1), here of GMT+8. */
const dayOf = (now: number): number => Math.floor((now + 8 * 3_600_000) / 86_400_000);

import { randomBytes } from 'node:crypto';

interface Entry<T> {
  value: T;
  until: number;
}

/** Codes that are good once, and for a while. */
export class OneTimeCodes<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(private readonly milliseconds: number) {}

  issue(value: T, now: number): string {
    for (const [code, { until }] of this.entries) if (now >= until) this.entries.delete(code);
    const code = randomBytes(16).toString('hex').toUpperCase();
    this.entries.set(code, { value, until: now + this.milliseconds });
    return code;
  }

  /** What a code stands for, unless `accepts` says no: then it stays good. */
  take(code: unknown, now: number, accepts: (value: T) => boolean = () => true): T | undefined {
    const entry = typeof code === 'string' ? this.entries.get(code) : undefined;
    if (!entry || now >= entry.until || !accepts(entry.value)) return undefined;
    this.entries.delete(code as string);
    return entry.value;
  }
}

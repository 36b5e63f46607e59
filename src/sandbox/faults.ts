/** What happens instead of, or to, the answer of a call. */
export type FaultEffect =
  | { errorCode: number; errorMessage?: string }
  /** `drop` closes the connection, `html` answers a page, `truncated` cuts the JSON off in its middle. */
  | { answer: 'drop' | 'html' | 'truncated' };

export type Fault = FaultEffect & {
  /** The path it waits for; `*` stands for any. */
  path: string;
  /** How many calls it meets; 1 unless given. */
  times?: number;
  /** Carry the call out and spoil only its answer: what makes blind repetition of a write dangerous. */
  carriedOut?: boolean;
};

/** Faults waiting for calls, in the order in which they were added. */
export class Faults {
  private readonly waiting: { fault: Fault; left: number }[] = [];

  constructor(faults: readonly Fault[] = []) {
    for (const fault of faults) this.add(fault);
  }

  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** The fault that a call of this path meets, if any; it is used up by one. */
  take(path: string): Fault | undefined {
    const entry = this.waiting.find(({ fault, left }) => left > 0 && (fault.path === path || fault.path === '*'));
    if (!entry) return undefined;
    entry.left -= 1;
    return entry.fault;
  }
}

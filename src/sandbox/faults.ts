/** What happens instead of, or to, the answer of a call. */
export type FaultEffect =
  | { errorCode: number; errorMessage?: string }
  /**
   * `drop` closes the connection, `html` answers a page, `truncated` cuts the JSON off in its middle, `timeout` never
   * answers.
   */
  | { answer: 'drop' | 'html' | 'truncated' | 'timeout' }
  /** Waits so many milliseconds, and then carries the call out as if nothing had been. */
  | { delay: number };

export type Fault = FaultEffect & {
  /** The path it waits for, or its end from a `/` on; `*` stands for any. */
  path: string;
  /** How many calls it meets; 1 unless given. */
  times?: number;
  /** Carry the call out and spoil only its answer: what makes blind repetition of a write dangerous. */
  carriedOut?: boolean;
};

interface Entry {
  fault: Fault;
  left: number;
  met: number;
}

/** Faults waiting for calls, in the order in which they were added. */
export class Faults {
  private readonly waiting: Entry[] = [];

  constructor(faults: readonly Fault[] = []) {
    for (const fault of faults) this.add(fault);
  }

  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? 1, met: 0 });
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** All of them, with the number of calls that each still waits for and has met. */
  list(): readonly Readonly<Entry>[] {
    return this.waiting;
  }

  /** The fault that a call of this path meets, if any; it is used up by one. */
  take(path: string): Fault | undefined {
    const entry = this.waiting.find(({ fault, left }) => left > 0 && isAt(fault.path, path));
    if (!entry) return undefined;
    entry.left -= 1;
    entry.met += 1;
    return entry.fault;
  }
}

function isAt(where: string, path: string): boolean {
  return where === '*' || path === where || path.endsWith(where.startsWith('/') ? where : `/${where}`);
}

import type { Clock } from '../../src/base/clock';

interface Timer {
  at: number;
  callback: () => void;
}

/** A clock whose time passes only when a test says so. */
export class VirtualClock implements Clock {
  #timers: Timer[] = [];
  #now: number;

  constructor(now = 1_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, milliseconds), callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }

  /** Lets time pass, timer by timer, with every promise settled between them. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settled();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers = this.#timers.filter(timer => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settled();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    const due = this.#timers.filter(timer => timer.at <= end).sort((a, b) => a.at - b.at);
    return due[0];
  }
}

/** All promises that can go on without time passing have. */
export function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

import { CancelledError } from '../base/cancelled';
import type { Clock } from '../base/clock';

/** How many calls one interface takes in any window of so many milliseconds. */
export interface RateLimit {
  readonly calls: number;
  readonly milliseconds: number;
  /** How many may run at the same time; any number where nothing is said. */
  readonly atOnce?: number;
}

/** Documented: 100 calls in 20 s for each interface; tenants with a dedicated database may have bought more. */
export const documentedLimit: RateLimit = { calls: 100, milliseconds: 20_000 };

/** Documented: at most 10 token calls a minute, and never two at once. */
export const tokenLimit: RateLimit = { calls: 10, milliseconds: 60_000, atOnce: 1 };

/** A person waits for `interactive` calls; `bulk` ones take what is left. */
export type Urgency = 'interactive' | 'bulk';

/** So many interactive calls in a row may go ahead of a bulk one that waits: nothing starves. */
const inARow = 9;

interface Waiting {
  readonly start: () => void;
}

/** One interface: what runs, what ended within the window, and what waits. */
interface Lane {
  running: number;
  /** When calls were answered, oldest first. A call counts until a whole window after its answer. */
  ended: number[];
  readonly waiting: Record<Urgency, Waiting[]>;
  interactiveInARow: number;
  pausedUntil: number;
  /** The last moment that was seen. */
  now: number;
  wake: (() => void) | undefined;
}

/**
 * Keeps each interface of one tenant within its rate. The API counts a call when it arrives, which we cannot see:
 * it is somewhere between sending and answer. A place is therefore taken from the sending until a whole window
 * after the answer, so that no window at the API's end ever holds more than allowed.
 */
export class RateLimiter {
  readonly #lanes = new Map<string, Lane>();

  constructor(
    private readonly limit: () => RateLimit,
    private readonly clock: Clock,
  ) {}

  /** Runs the call when its interface has a place. Rejects with `CancelledError` when aborted while waiting. */
  run<T>(path: string, urgency: Urgency, call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const lane = this.#lane(path);
    return new Promise<T>((resolve, reject) => {
      const entry: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', giveUp);
          lane.running++;
          // What throws at once ends too, and leaves its place.
          new Promise<T>(answer => answer(call()))
            .finally(() => {
              lane.running--;
              lane.ended.push(this.#now(lane));
              this.#pump(lane);
            })
            .then(resolve, reject);
        },
      };
      const giveUp = () => {
        const queue = lane.waiting[urgency];
        queue.splice(queue.indexOf(entry), 1);
        reject(new CancelledError());
      };
      if (signal?.aborted) {
        reject(new CancelledError());
        return;
      }
      signal?.addEventListener('abort', giveUp, { once: true });
      lane.waiting[urgency].push(entry);
      this.#pump(lane);
    });
  }

  /** The API says that the interface had too many calls, ours or others': nothing more for so long. */
  pause(path: string, milliseconds: number): void {
    const lane = this.#lane(path);
    lane.pausedUntil = Math.max(lane.pausedUntil, this.#now(lane) + milliseconds);
    this.#pump(lane);
  }

  #lane(path: string): Lane {
    const known = this.#lanes.get(path);
    if (known) return known;
    const lane: Lane = {
      running: 0,
      ended: [],
      waiting: { interactive: [], bulk: [] },
      interactiveInARow: 0,
      pausedUntil: 0,
      now: this.clock.now(),
      wake: undefined,
    };
    this.#lanes.set(path, lane);
    return lane;
  }

  /** Where somebody has set the clock of the machine back, what happened before did not move into the future. */
  #now(lane: Lane): number {
    const now = this.clock.now();
    const setBack = lane.now - now;
    lane.now = now;
    if (setBack > 0) {
      lane.ended = lane.ended.map(time => time - setBack);
      lane.pausedUntil -= setBack;
    }
    return now;
  }

  #pump(lane: Lane): void {
    lane.wake?.();
    lane.wake = undefined;
    while (lane.waiting.interactive.length + lane.waiting.bulk.length > 0) {
      const wait = this.#untilFree(lane);
      if (wait === undefined) return;
      if (wait > 0) {
        lane.wake = this.clock.after(wait, () => this.#pump(lane));
        return;
      }
      next(lane)?.start();
    }
  }

  /** Milliseconds until a call may start; `undefined` when only the end of a running one can tell. */
  #untilFree(lane: Lane): number | undefined {
    const { calls, milliseconds, atOnce = Infinity } = this.limit();
    const now = this.#now(lane);
    while ((lane.ended[0] ?? Infinity) <= now - milliseconds) lane.ended.shift();
    if (lane.pausedUntil > now) return lane.pausedUntil - now;
    if (lane.running >= atOnce) return undefined;
    if (lane.running + lane.ended.length < calls) return 0;
    const oldest = lane.ended[0];
    return oldest === undefined ? undefined : oldest + milliseconds - now;
  }
}

function next(lane: Lane): Waiting | undefined {
  const { interactive, bulk } = lane.waiting;
  if (bulk.length > 0 && (interactive.length === 0 || lane.interactiveInARow >= inARow)) {
    lane.interactiveInARow = 0;
    return bulk.shift();
  }
  lane.interactiveInARow++;
  return interactive.shift();
}

import { sleep, type Clock } from '../base/clock';
import type { Answer } from './answer';
import { NotApiError, TransportError } from './errors';

/**
 * When a call may be repeated. `always`: it only reads. `ifRefused`: only where it is certain that nothing
 * happened, for it may change data.
 */
export type Repeat = 'always' | 'ifRefused';

export interface RepeatOptions {
  readonly repeat: Repeat;
  readonly clock: Clock;
  /** From 0 to 1, for the jitter that keeps many clients from coming back at once. */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Told that the API has had too many calls, with how long to hold back. */
  readonly onTooFast?: (milliseconds: number) => void;
}

/** The API refused the call for its rate, before doing anything. */
const tooFast = new Set([14001, 30004]);
/** The system failed, perhaps after it had done something. */
const passing = new Set([-1, 50009]);

const firstWait = 250;
const mostWait = 8_000;
/** A person waits that long at most for an answer that may never come … */
const mostAttempts = 5;
/** … and that long for the rate to fall, which a window of 20 s guarantees. Counted from the first failure. */
const deadline = 30_000;

/** Sends until there is an answer that stays: exponential waits with jitter, a bounded number of times. */
export async function repeated(send: () => Promise<Answer>, options: RepeatOptions): Promise<Answer> {
  const { repeat, clock, random, signal, onTooFast } = options;
  let failing: number | undefined;
  for (let attempt = 1; ; attempt++) {
    const outcome = await attempted(send);
    const reason = reasonToRepeat(outcome, repeat);
    // Not from the beginning: behind many others a call waits long for its turn.
    failing ??= clock.now();
    const wait = Math.min(mostWait, firstWait * 2 ** (attempt - 1)) * (0.5 + random() / 2);
    const late = clock.now() + wait - failing > deadline;
    if (!reason || late || (reason === 'passing' && attempt >= mostAttempts)) return settle(outcome);
    if (reason === 'tooFast') onTooFast?.(wait);
    await sleep(clock, wait, signal);
  }
}

type Outcome = { readonly answer: Answer } | { readonly error: unknown };

async function attempted(send: () => Promise<Answer>): Promise<Outcome> {
  try {
    return { answer: await send() };
  } catch (error) {
    return { error };
  }
}

function settle(outcome: Outcome): Answer {
  if ('answer' in outcome) return outcome.answer;
  throw outcome.error;
}

function reasonToRepeat(outcome: Outcome, repeat: Repeat): 'tooFast' | 'passing' | undefined {
  if ('answer' in outcome) {
    const { errorCode } = outcome.answer;
    if (tooFast.has(errorCode)) return 'tooFast';
    return repeat === 'always' && passing.has(errorCode) ? 'passing' : undefined;
  }
  return repeat === 'always' && isBroken(outcome.error) ? 'passing' : undefined;
}

/** A connection that broke off. One that never came about will not come about in a second either. */
function isBroken(error: unknown): boolean {
  return (
    (error instanceof TransportError && error.code === 'dropped') ||
    (error instanceof NotApiError && error.code === 'truncated')
  );
}

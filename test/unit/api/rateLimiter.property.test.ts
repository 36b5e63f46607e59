import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { RateLimiter, type Urgency } from '../../../src/api/rateLimiter';
import { isCancellation } from '../../../src/base/cancelled';
import { sleep } from '../../../src/base/clock';
import { settled, VirtualClock } from '../virtualClock';

const limit = { calls: 4, milliseconds: 1000 };
/** As documented in the limiter: so many interactive calls may go ahead of one bulk call that waits. */
const inARow = 9;

/** What happens next: a call is asked for, its interface is paused, or time passes. */
type Step =
  | {
      kind: 'call';
      path: string;
      urgency: Urgency;
      lasts: number;
      outcome: 'answers' | 'fails' | 'throws';
      givesUp?: number;
    }
  | { kind: 'pause'; path: string; milliseconds: number }
  | { kind: 'pass'; milliseconds: number };

interface Call {
  readonly path: string;
  readonly urgency: Urgency;
  state: 'waiting' | 'running' | 'ended' | 'cancelled';
  /** The virtual moment of its end, from which it counts for a whole window. */
  ended?: number;
}

const path = fc.constantFrom('/a', '/b');
const call = fc.record(
  {
    kind: fc.constant('call' as const),
    path,
    urgency: fc.constantFrom<Urgency>('interactive', 'bulk'),
    lasts: fc.nat(500),
    outcome: fc.constantFrom('answers', 'answers', 'fails', 'throws'),
    givesUp: fc.nat(1500),
  },
  { requiredKeys: ['kind', 'path', 'urgency', 'lasts', 'outcome'] },
) as fc.Arbitrary<Step>;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: call },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause' as const), path, milliseconds: fc.nat(800) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), milliseconds: fc.nat(700) }) },
);
const steps = fc.array(step, { minLength: 1, maxLength: 80, size: 'max' });

/** Plays the steps to the limiter and watches it. */
class Play {
  readonly clock = new VirtualClock(0);
  readonly limiter = new RateLimiter(() => limit, this.clock);
  readonly calls: Call[] = [];
  readonly pausedUntil = new Map<string, number>();
  /** In the order in which they started, with what waited for the same interface just then. */
  readonly starts: { call: Call; waiting: Call[] }[] = [];
  readonly results: Promise<void>[] = [];

  async take(step: Step): Promise<void> {
    if (step.kind === 'pass') await this.clock.pass(step.milliseconds);
    else if (step.kind === 'pause') this.pause(step.path, step.milliseconds);
    else this.ask(step);
    await settled();
    this.assertNobodyWaitsInVain();
  }

  private pause(path: string, milliseconds: number): void {
    this.pausedUntil.set(path, Math.max(this.pausedUntil.get(path) ?? 0, this.clock.now() + milliseconds));
    this.limiter.pause(path, milliseconds);
  }

  private ask({ path, urgency, lasts, outcome, givesUp }: Extract<Step, { kind: 'call' }>): void {
    const call: Call = { path, urgency, state: 'waiting' };
    this.calls.push(call);
    const abort = new AbortController();
    if (givesUp !== undefined) this.clock.after(givesUp, () => abort.abort());
    const failure = new Error(outcome);
    const end = () => {
      call.state = 'ended';
      call.ended = this.clock.now();
    };
    const send = () => {
      call.state = 'running';
      this.starts.push({ call, waiting: this.waiting(path) });
      if (outcome !== 'throws')
        return sleep(this.clock, lasts)
          .then(end)
          .then(() => outcome === 'fails' && Promise.reject(failure));
      end();
      throw failure;
    };
    const result = this.limiter.run(path, urgency, send, abort.signal).then(
      () => assert.equal(outcome, 'answers'),
      (error: unknown) => {
        if (isCancellation(error)) {
          assert.equal(call.state, 'waiting', 'only a call that waits can be taken back');
          call.state = 'cancelled';
        } else assert.equal(error, failure);
      },
    );
    this.results.push(result);
  }

  waiting(path: string): Call[] {
    return this.calls.filter(call => call.path === path && call.state === 'waiting');
  }

  /** Calls of which one may have arrived at the API within the last window. */
  taken(path: string): number {
    const since = this.clock.now() - limit.milliseconds;
    const counts = ({ state, ended = 0 }: Call) => state === 'running' || (state === 'ended' && ended > since);
    return this.calls.filter(call => call.path === path && counts(call)).length;
  }

  private assertNobodyWaitsInVain(): void {
    for (const path of ['/a', '/b']) {
      assert.ok(this.taken(path) <= limit.calls, `${this.taken(path)} calls of ${path} in one window`);
      const isPaused = (this.pausedUntil.get(path) ?? 0) > this.clock.now();
      if (this.waiting(path).length > 0) assert.ok(isPaused || this.taken(path) === limit.calls, 'a place is free');
    }
  }

  /** Until every call that was not taken back has ended. */
  async finish(): Promise<void> {
    await this.clock.pass((this.calls.length / limit.calls + 2) * (limit.milliseconds + 800) + 2000);
    await Promise.all(this.results);
  }
}

describe('api/rateLimiter, whatever is asked for and when', () => {
  const holds = (name: string, check: (play: Play) => void) =>
    it(name, async () => {
      await fc.assert(
        fc.asyncProperty(steps, async list => {
          const play = new Play();
          for (const each of list) await play.take(each);
          await play.finish();
          check(play);
        }),
        { numRuns: 100 },
      );
    });

  holds('fills each window of each interface, no further, and ends every call', ({ calls }) => {
    for (const { state } of calls) assert.ok(state === 'ended' || state === 'cancelled', state);
  });

  holds('starts calls of one urgency in the order in which they were asked for', ({ starts, calls }) => {
    const order = new Map<string, number[]>();
    for (const { call } of starts) {
      const key = `${call.path} ${call.urgency}`;
      order.set(key, [...(order.get(key) ?? []), calls.indexOf(call)]);
    }
    for (const indexes of order.values())
      assert.deepEqual(
        indexes,
        indexes.toSorted((a, b) => a - b),
      );
  });

  holds('lets interactive calls go ahead of bulk ones, and none of these starve', ({ starts }) => {
    for (const path of ['/a', '/b']) {
      let interactiveInARow = 0;
      let passedBy = 0;
      for (const { call, waiting } of starts.filter(each => each.call.path === path)) {
        const bulkWaits = waiting.some(({ urgency }) => urgency === 'bulk');
        if (call.urgency === 'bulk') {
          const interactiveWaits = waiting.some(({ urgency }) => urgency === 'interactive');
          assert.ok(!interactiveWaits || interactiveInARow >= inARow, 'a bulk call went ahead');
          interactiveInARow = 0;
          passedBy = 0;
        } else {
          interactiveInARow++;
          passedBy = bulkWaits ? passedBy + 1 : 0;
          assert.ok(passedBy <= inARow, 'a bulk call starves');
        }
      }
    }
  });
});

/** A clock that somebody sets, while time goes on. */
class SetClock extends VirtualClock {
  ahead = 0;

  override now(): number {
    return super.now() + this.ahead;
  }
}

describe('api/rateLimiter, when the clock of the machine is set', () => {
  for (const [name, milliseconds] of [
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ] as const) {
    it(`${name}, holds a call back for a window at most`, async () => {
      const clock = new SetClock(10_000_000);
      const limiter = new RateLimiter(() => limit, clock);
      const run = () => limiter.run('/a', 'interactive', () => Promise.resolve(clock.now()));
      for (let n = 0; n < limit.calls; n++) await run();
      limiter.pause('/a', 500);
      clock.ahead = milliseconds;
      let done = false;
      void run().then(() => (done = true));
      await clock.pass(limit.milliseconds);
      assert.equal(done, true);
    });
  }
});

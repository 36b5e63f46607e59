import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { RateLimiter, type Urgency } from '../../../src/api/rateLimiter';
import { isCancellation } from '../../../src/base/cancelled';
import { sleep } from '../../../src/base/clock';
import { VirtualClock } from '../virtualClock';

const limit = { calls: 5, milliseconds: 1000 };

interface CallOptions {
  urgency?: Urgency;
  path?: string;
  lasts?: number;
  signal?: AbortSignal;
}

describe('api/rateLimiter', () => {
  let clock: VirtualClock;
  let limiter: RateLimiter;
  let started: { name: string; at: number }[];

  beforeEach(() => {
    clock = new VirtualClock(0);
    limiter = new RateLimiter(() => limit, clock);
    started = [];
  });

  const call = (name: string, { urgency = 'interactive', path = '/a', lasts = 0, signal }: CallOptions = {}) =>
    limiter.run(
      path,
      urgency,
      async () => {
        started.push({ name, at: clock.now() });
        await sleep(clock, lasts);
        return name;
      },
      signal,
    );
  const many = (count: number, urgency: Urgency = 'interactive') =>
    Array.from({ length: count }, (_, i) => call(`${urgency}${i}`, { urgency }));

  it('starts at once as long as there is a place', async () => {
    void many(5);
    await clock.pass(0);
    assert.equal(started.length, 5);
  });

  it('starts the next one a whole window after the first was answered', async () => {
    void many(6);
    await clock.pass(999);
    assert.equal(started.length, 5);
    await clock.pass(1);
    assert.equal(started.length, 6);
  });

  it('counts each interface for itself', async () => {
    void many(6);
    void call('other', { path: '/b' });
    await clock.pass(0);
    assert.deepEqual(started.at(-1)?.name, 'other');
  });

  it('gives the result and the failure of the call', async () => {
    const good = call('good');
    await clock.pass(0);
    assert.equal(await good, 'good');
    await assert.rejects(
      limiter.run('/a', 'bulk', () => Promise.reject(new Error('bad'))),
      /bad/,
    );
  });

  it('frees the place of a call that fails, a window later', async () => {
    for (let i = 0; i < 5; i++)
      limiter.run('/a', 'bulk', () => Promise.reject(new Error('bad'))).catch(() => undefined);
    void call('next');
    await clock.pass(1000);
    assert.deepEqual(
      started.map(({ name }) => name),
      ['next'],
    );
  });

  it('lets interactive calls go ahead of bulk ones, which do not starve', async () => {
    void many(50, 'bulk');
    void many(50);
    await clock.pass(19_000);
    const names = started.map(({ name }) => name.replace(/\d+$/, ''));
    const firstForty = names.slice(5, 45);
    assert.ok(firstForty.filter(name => name === 'interactive').length >= 35);
    assert.ok(firstForty.filter(name => name === 'bulk').length >= 3);
    assert.equal(names.length, 100);
  });

  it('takes an aborted call out of the queue', async () => {
    void many(5);
    const abort = new AbortController();
    const waiting = call('never', { signal: abort.signal });
    abort.abort();
    await assert.rejects(waiting, isCancellation);
    await assert.rejects(call('neither', { signal: abort.signal }), isCancellation);
    await clock.pass(5000);
    assert.equal(started.length, 5);
  });

  it('holds back while it is told to', async () => {
    limiter.pause('/a', 300);
    void call('late');
    await clock.pass(299);
    assert.equal(started.length, 0);
    await clock.pass(1);
    assert.equal(started.length, 1);
  });

  it('never has more calls arrive in any window than allowed, and wastes little of it', async () => {
    const calls = fc.array(
      fc.record({
        wait: fc.nat(300),
        lasts: fc.nat(400),
        arrives: fc.double({ min: 0, max: 1, noNaN: true }),
        bulk: fc.boolean(),
      }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(calls, async list => {
        const time = new VirtualClock(0);
        const limited = new RateLimiter(() => limit, time);
        const arrivals: number[] = [];
        let done = 0;
        for (const { wait, lasts, arrives, bulk } of list) {
          await time.pass(wait);
          void limited.run('/a', bulk ? 'bulk' : 'interactive', async () => {
            arrivals.push(time.now() + arrives * lasts);
            await sleep(time, lasts);
            done++;
          });
        }
        await time.pass((list.length / limit.calls + 2) * (limit.milliseconds + 400));
        assert.equal(done, list.length);
        arrivals.sort((a, b) => a - b);
        for (let i = limit.calls; i < arrivals.length; i++) {
          assert.ok((arrivals[i] ?? 0) - (arrivals[i - limit.calls] ?? 0) >= limit.milliseconds);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('uses at least 97 % of the permitted rate', async () => {
    const documented = { calls: 100, milliseconds: 20_000 };
    const limited = new RateLimiter(() => documented, clock);
    let done = 0;
    for (let i = 0; i < 2000; i++) {
      void limited.run('/a', 'bulk', async () => {
        await sleep(clock, 50);
        done++;
      });
    }
    await clock.pass(100_000);
    const permitted = 100 * 5 + 100;
    assert.ok(done >= 0.97 * 500 && done <= permitted, `${done} calls in 100 s`);
  });
});

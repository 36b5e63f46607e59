import assert from 'node:assert/strict';
import type { Answer } from '../../../src/api/answer';
import { NotApiError, TransportError, type CallContext } from '../../../src/api/errors';
import { repeated, type Repeat } from '../../../src/api/repeat';
import { isCancellation } from '../../../src/base/cancelled';
import { sleep } from '../../../src/base/clock';
import { VirtualClock } from '../virtualClock';

const context: CallContext = { method: 'POST', url: 'https://open.example.com/cgi/x', thirdTraceId: 'T' };
const answer = (errorCode: number): Answer => ({
  errorCode,
  errorMessage: '',
  traceId: undefined,
  body: {},
  text: '{}',
  milliseconds: 1,
  context,
});
const dropped = new TransportError('dropped', context, 'ECONNRESET');
const timeout = new TransportError('timeout', context, 'ECONNABORTED');
const unreachable = new TransportError('unreachable', context, 'ECONNREFUSED');
const truncated = new NotApiError('truncated', context, 200, '{');
const html = new NotApiError('html', context, 200, '<');

describe('api/repeat', () => {
  /** Sends what is given one after the other, the last one for ever; tells how often it was sent. */
  const run = async (repeat: Repeat, outcomes: (number | Error)[]) => {
    const clock = new VirtualClock();
    let sent = 0;
    const pauses: number[] = [];
    const send = () => {
      const outcome = outcomes[Math.min(sent++, outcomes.length - 1)];
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(answer(outcome ?? 0));
    };
    const result = repeated(send, { repeat, clock, random: () => 1, onTooFast: ms => pauses.push(ms) }).then(
      ({ errorCode }) => errorCode,
      (error: unknown) => error,
    );
    const started = clock.now();
    await clock.pass(120_000);
    return { result: await result, sent, pauses, elapsed: clock.now() - started };
  };

  const check = (what: string, repeat: Repeat, outcomes: (number | Error)[], result: unknown, sent: number) =>
    it(what, async () => {
      const ran = await run(repeat, outcomes);
      assert.deepEqual([ran.result, ran.sent], [result, sent]);
    });

  check('gives an answer as it comes', 'always', [0], 0, 1);
  check('repeats a read until it succeeds: busy', 'always', [-1, -1, 0], 0, 3);
  check('repeats a read until it succeeds: service exception', 'always', [50009, 50009, 50009, 0], 0, 4);
  check('repeats a read until it succeeds: broken connection', 'always', [dropped, 0], 0, 2);
  check('repeats a read until it succeeds: half an answer', 'always', [truncated, 0], 0, 2);
  check('repeats a read until it succeeds: too many calls', 'always', [14001, 30004, 0], 0, 3);
  check('gives up on a system that stays busy', 'always', [-1], -1, 5);
  check('gives up on a connection that stays broken', 'always', [dropped], dropped, 5);
  for (const code of [30002, 30003, 20016, 32000, 10013]) {
    check(`stops at once at ${code}`, 'always', [code, 0], code, 1);
  }
  for (const error of [unreachable, timeout, html]) {
    check(`does not repeat what a second try cannot mend: ${error.code}`, 'always', [error, 0], error, 1);
  }
  check('repeats a write that was refused for its rate', 'ifRefused', [14001, 30004, 0], 0, 3);
  for (const code of [-1, -2, 50009]) {
    check(`never repeats a write that may have happened: ${code}`, 'ifRefused', [code, 0], code, 1);
  }
  for (const error of [dropped, truncated, timeout]) {
    check(`never repeats a write that may have happened: ${error.code}`, 'ifRefused', [error, 0], error, 1);
  }

  it('waits longer each time, and holds the interface back meanwhile', async () => {
    const { pauses } = await run('always', [14001, 14001, 14001, 0]);
    assert.deepEqual(pauses, [250, 500, 1000]);
  });

  it('gives the rate up to its deadline to fall', async () => {
    const { result, pauses } = await run('always', [14001]);
    assert.equal(result, 14001);
    const waited = pauses.reduce((sum, wait) => sum + wait, 0);
    assert.ok(waited > 20_000 && waited <= 30_000, `${waited} ms`);
  });

  it('repeats a read that had to wait long for its turn', async () => {
    const clock = new VirtualClock();
    const outcomes = [50009, 0];
    const send = async () => {
      await sleep(clock, 100_000);
      return answer(outcomes.shift() ?? -2);
    };
    const result = repeated(send, { repeat: 'always', clock, random: () => 1 });
    await clock.pass(300_000);
    assert.equal((await result).errorCode, 0);
  });

  it('is ended by its signal while it waits', async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const result = repeated(() => Promise.resolve(answer(-1)), {
      repeat: 'always',
      clock,
      random: () => 1,
      signal: abort.signal,
    });
    await clock.pass(100);
    abort.abort();
    await assert.rejects(result, isCancellation);
  });
});

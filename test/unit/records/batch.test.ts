import assert from 'node:assert/strict';
import { TransportError } from '../../../src/api/errors';
import { endOf, runBatch, type BatchOptions } from '../../../src/records/batch';
import { invalidate, recover } from '../../../src/records/recordCalls';
import { FakeTenant, permit, type Reply } from '../fakes';

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `id${i + 1}`);
const describeError = (error: unknown) => `said: ${(error as Error).message}`;

/** Runs `recover` on the ids; `refuse` tells what the tenant answers to a list, 0 without it. */
async function run(
  ids: string[],
  refuse: (ids: string[]) => number | Error = () => 0,
  rest: Partial<BatchOptions> = {},
) {
  const lists: string[][] = [];
  const tenant = new FakeTenant((sent): Reply => {
    const list = sent.body.data.idList as string[];
    lists.push(list);
    const code = refuse(list);
    return code instanceof Error ? code : { errorCode: code, errorMessage: 'no', traceId: `E-O.${list.join('-')}` };
  });
  const options = { permit, describe: describeError, ...rest };
  const result = await runBatch(tenant.client(), 'AccountObj', ids, recover, options);
  return { ...result, lists };
}

describe('records/batch', () => {
  it('sends lists of thirty', async () => {
    const ids = numbered(65);
    const { lists, succeeded, failed, notSent, answers } = await run(ids);
    assert.deepEqual(
      lists.map(list => list.length),
      [30, 30, 5],
    );
    assert.deepEqual(succeeded, ids);
    assert.deepEqual([failed, notSent], [[], []]);
    assert.equal(answers.length, 3);
  });

  it('sends an id that is named twice once', async () => {
    const { lists, succeeded } = await run(['a', 'b', 'a']);
    assert.deepEqual(lists, [['a', 'b']]);
    assert.deepEqual(succeeded, ['a', 'b']);
  });

  it('sends nothing for no ids', async () => {
    const { lists, succeeded } = await run([]);
    assert.deepEqual([lists, succeeded], [[], []]);
  });

  it('sends the records of a refused list one by one and tells which one failed', async () => {
    const { lists, succeeded, failed, notSent, answers } = await run(numbered(4), list =>
      list.includes('id3') ? 32000 : 0,
    );
    assert.deepEqual(lists, [numbered(4), ['id1'], ['id2'], ['id3'], ['id4']]);
    assert.deepEqual(succeeded, ['id1', 'id2', 'id4']);
    assert.equal(failed.length, 1);
    const [{ id, errorCode, message, traceId }] = failed as [(typeof failed)[number]];
    assert.deepEqual([id, errorCode, traceId], ['id3', 32000, 'E-O.id3']);
    assert.match(message, /^said: .*32000/);
    assert.deepEqual(notSent, []);
    assert.deepEqual(
      answers.map(text => (JSON.parse(text) as { errorCode: number }).errorCode),
      [32000, 0, 0, 32000, 0],
    );
  });

  it('goes on with the next list after the records of a refused one', async () => {
    const { lists, succeeded, failed } = await run(numbered(32), list => (list.includes('id1') ? 300500 : 0));
    assert.deepEqual(
      failed.map(({ id }) => id),
      ['id1'],
    );
    assert.equal(succeeded.length, 31);
    assert.deepEqual(lists.at(-1), ['id31', 'id32']);
  });

  for (const [name, code] of [
    ['a spent quota', 30002],
    ['a rate limit', 14001],
    ['a refused token', 20016],
    ['a busy system', -1],
  ] as const) {
    it(`stops at ${name} and tells what was not sent`, async () => {
      const { lists, succeeded, failed, notSent } = await run(numbered(90), list => (list.includes('id31') ? code : 0));
      assert.equal(lists.filter(list => list.includes('id61')).length, 0);
      assert.deepEqual(succeeded, numbered(30));
      assert.deepEqual(
        failed.map(({ id }) => id),
        numbered(60).slice(30),
      );
      assert.deepEqual(notSent, numbered(90).slice(60));
    });
  }

  it('stops at a quota that runs out while it sends one by one', async () => {
    const { succeeded, failed, notSent } = await run(numbered(4), list =>
      list.length > 1 ? 32000 : list[0] === 'id2' ? 30002 : 0,
    );
    assert.deepEqual(succeeded, ['id1']);
    assert.deepEqual(
      failed.map(({ id }) => id),
      ['id2'],
    );
    assert.deepEqual(notSent, ['id3', 'id4']);
  });

  it('tells that the outcome is open where the connection broke off', async () => {
    const context = { method: 'POST', url: 'https://h/', thirdTraceId: 't' };
    const { failed, notSent } = await run(numbered(31), () => new TransportError('dropped', context, 'ECONNRESET'));
    assert.deepEqual(failed.map(({ id, errorCode, traceId }) => [id, errorCode, traceId])[0], [
      'id1',
      undefined,
      undefined,
    ]);
    assert.equal(failed.length, 30);
    assert.deepEqual(notSent, ['id31']);
  });

  it('is cancelled between calls, never within one', async () => {
    const giveUp = new AbortController();
    const { lists, succeeded, notSent, failed } = await run(
      numbered(61),
      () => {
        giveUp.abort();
        return 0;
      },
      { signal: giveUp.signal },
    );
    assert.equal(lists.length, 1);
    assert.deepEqual(succeeded, numbered(30));
    assert.deepEqual(notSent, numbered(61).slice(30));
    assert.deepEqual(failed, []);
  });

  it('sends nothing when it was cancelled before', async () => {
    const { lists, notSent } = await run(numbered(2), () => 0, { signal: AbortSignal.abort() });
    assert.deepEqual([lists, notSent], [[], numbered(2)]);
  });

  it('tells what was cancelled from what failed', async () => {
    assert.equal(endOf(await run(numbered(2), () => 0, { signal: AbortSignal.abort() })), 'cancelled');
    assert.equal(endOf(await run(numbered(2), () => 0)), 'done');
    assert.equal(endOf(await run(numbered(31), () => 30002)), 'failed');
  });

  it('tells its progress after each call', async () => {
    const done: number[] = [];
    await run(numbered(65), () => 0, { onProgress: each => done.push(each) });
    assert.deepEqual(done, [30, 60, 65]);
  });

  it('invalidates one at a time and goes on after a failure', async () => {
    const tenant = new FakeTenant(({ body }) => ({ errorCode: body.data.object_data_id === 'id2' ? 32000 : 0 }));
    const options = { permit, describe: describeError };
    const result = await runBatch(tenant.client(), 'AccountObj', numbered(3), invalidate, options);
    assert.deepEqual(result.succeeded, ['id1', 'id3']);
    assert.deepEqual(
      result.failed.map(({ id }) => id),
      ['id2'],
    );
    assert.equal(tenant.sent.length, 3);
  });

  it('names every id exactly once in its result', async () => {
    for (const code of [0, 32000, 30002]) {
      const { succeeded, failed, notSent } = await run(numbered(70), list => (list.includes('id35') ? code : 0));
      const all = [...succeeded, ...failed.map(({ id }) => id), ...notSent];
      assert.deepEqual(all.sort(), numbered(70).sort());
    }
  });
});

import type { BatchOperation } from '../../../src/records/recordService';
import { anywhere, sandboxOnly } from '../contractCase';
import type { Harness } from '../harness';
import { make, read, run, target } from '../records';

const nowhere = '000000000000000000000000';
const several = async (harness: Harness, count: number) => {
  const ids = [];
  for (let n = 0; n < count; n++) ids.push(await make(harness, harness.preset));
  return ids;
};

/** Carries out on ids of which `nowhere` may be one; tells what became of them and which calls it took. */
async function batch(harness: Harness, operation: BatchOperation, ids: string[]) {
  const from = harness.sent.length;
  const { service, preset, colleague } = harness;
  const result = await service.batch(target(harness, preset), operation, ids, colleague);
  return {
    succeeded: result.succeeded.length,
    failed: result.failed.map(({ id, errorCode, traceId }) => [
      id === nowhere ? 'nowhere' : id,
      errorCode === undefined ? 'no answer' : errorCode === 0 ? 'no error' : 'refused',
      traceId !== undefined,
    ]),
    notSent: result.notSent.length,
    calls: harness.sent.slice(from).map(({ path }) => path.split('/').at(-1)),
  };
}
const refusedNowhere = [['nowhere', 'refused', true]];
const invalidated = async (harness: Harness, count: number) => {
  const ids = await several(harness, count);
  await run(harness, harness.preset, 'invalidate', ...ids);
  return ids;
};
const statuses = async (harness: Harness, ids: string[]) => {
  const records = await Promise.all(ids.map(id => read(harness, harness.preset, id)));
  return records.map(({ life_status }) => life_status);
};

export const batches = [
  ...anywhere([
    {
      name: 'invalidate takes one call each and names the one that is not there',
      does: async harness => {
        const [a = '', b = ''] = await several(harness, 2);
        return [await batch(harness, 'invalidate', [a, nowhere, b]), await statuses(harness, [a, b])];
      },
      expects: [
        { succeeded: 2, failed: refusedNowhere, notSent: 0, calls: ['invalid', 'invalid', 'invalid'] },
        ['invalid', 'invalid'],
      ],
    },
    {
      name: 'recover takes one call for all',
      does: async harness => {
        const ids = await invalidated(harness, 3);
        return [await batch(harness, 'recover', ids), await statuses(harness, ids)];
      },
      expects: [{ succeeded: 3, failed: [], notSent: 0, calls: ['recover'] }, ['normal', 'normal', 'normal']],
    },
    ...(
      [
        ['recover', 'recover', invalidated],
        ['delete', 'delete', invalidated],
        ['changeOwner', 'changeOwner', several],
        ['lock', 'lock', several],
        ['unlock', 'unlock', several],
      ] as const
    ).map(([operation, call, prepare]) => ({
      name: `${operation} of several finds out which one is not there`,
      does: async (harness: Harness) => {
        const [a = '', b = ''] = await prepare(harness, 2);
        return batch(harness, operation, [a, nowhere, b]);
      },
      expects: { succeeded: 2, failed: refusedNowhere, notSent: 0, calls: [call, call, call, call] },
    })),
    {
      name: 'the same id twice is sent once',
      does: async harness => {
        const [id = ''] = await several(harness, 1);
        return batch(harness, 'invalidate', [id, id]);
      },
      expects: { succeeded: 1, failed: [], notSent: 0, calls: ['invalid'] },
    },
  ]),
  ...sandboxOnly('a failure is forced', [
    {
      name: 'more than thirty go in several calls',
      does: async harness => batch(harness, 'lock', await several(harness, 35)),
      expects: { succeeded: 35, failed: [], notSent: 0, calls: ['lock', 'lock'] },
    },
    {
      name: 'a spent quota ends it and tells what was not sent',
      does: async harness => {
        const ids = await several(harness, 4);
        await batch(harness, 'invalidate', ids.splice(0, 1));
        harness.sandbox.faults.add({ path: '/cgi/crm/v2/data/invalid', errorCode: 30002, times: 9 });
        const { failed, ...rest } = await batch(harness, 'invalidate', ids);
        return [failed.map(([id, ...why]) => [id === ids[0], ...why]), rest];
      },
      expects: [[[true, 'refused', true]], { succeeded: 0, notSent: 2, calls: ['invalid'] }],
    },
    {
      name: 'a lost answer is not repeated, and what came of it is said not to be known',
      does: async harness => {
        const ids = await invalidated(harness, 3);
        harness.sandbox.faults.add({ path: '/cgi/crm/v2/data/recover', answer: 'drop', carriedOut: true });
        const { failed, ...rest } = await batch(harness, 'recover', ids);
        return [failed.map(([, why]) => why), rest, await statuses(harness, ids)];
      },
      expects: [
        ['no answer', 'no answer', 'no answer'],
        { succeeded: 0, notSent: 0, calls: ['recover'] },
        ['normal', 'normal', 'normal'],
      ],
    },
    {
      name: 'a token that expires in between fails none of them',
      does: async harness => {
        const ids = await several(harness, 3);
        harness.ahead.server += 7_201_000;
        return batch(harness, 'invalidate', ids);
      },
      expects: { succeeded: 3, failed: [], notSent: 0, calls: ['invalid', 'token', 'invalid', 'invalid', 'invalid'] },
    },
    {
      name: 'a person who cancels is told how far it came',
      does: async harness => {
        const ids = await several(harness, 4);
        const stop = new AbortController();
        const { succeeded, notSent } = await harness.service.batch(
          target(harness, harness.preset),
          'invalidate',
          ids,
          undefined,
          work => work({ signal: stop.signal, onProgress: done => done === 2 && stop.abort() }),
        );
        return [succeeded.length, notSent.length, await statuses(harness, ids)];
      },
      expects: [2, 2, ['invalid', 'invalid', 'normal', 'normal']],
    },
  ]),
];

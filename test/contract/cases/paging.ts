import type { JsonObject } from '../../../src/base/json';
import { allRecords } from '../../../src/records/allRecords';
import { RecordPages } from '../../../src/records/recordPages';
import type { RecordSet } from '../../../src/records/recordSet';
import { anywhere, sandboxOnly } from '../contractCase';
import type { Harness } from '../harness';
import { outcome } from '../outcome';
import { find, idOf, make, run } from '../records';

const idsOf = (records: readonly JsonObject[]) => records.map(idOf);
const query = '/cgi/crm/v2/data/query';

/** Reads to the end; between two pages something may happen. Gives the ids in the order in which they came. */
async function readAll(pages: RecordPages, between: (page: number) => Promise<void> = () => Promise.resolve()) {
  for (let page = 1; !pages.complete; page++) {
    await pages.loadMore();
    await between(page);
  }
  return idsOf(pages.records);
}

const pagesOf = ({ client, preset }: Harness, size: number, set: RecordSet = 'records') =>
  new RecordPages(client, preset, set, () => size);

/** What is there by another way: ascending, by offset. */
async function present(harness: Harness, invalid = false): Promise<string[]> {
  const filters = invalid ? [{ field_name: 'life_status', operator: 'EQ', field_values: ['invalid'] }] : [];
  const ids: string[] = [];
  for (let offset = 0; offset === ids.length; offset += 100) {
    ids.push(...idsOf(await find(harness, harness.preset, { filters, limit: 100, offset, fields: ['_id'] })));
  }
  return ids;
}

/** Whether the ids are those that are there, each once, the newest first. */
const complete = (ids: readonly string[], expected: readonly string[]) => ({
  twice: ids.length - new Set(ids).size,
  missing: expected.filter(id => !ids.includes(id)).length,
  foreign: ids.filter(id => !expected.includes(id)).length,
  newestFirst: ids.every((id, at) => at === 0 || id < (ids[at - 1] ?? '')),
});
const exactly = { twice: 0, missing: 0, foreign: 0, newestFirst: true };

export const paging = [
  ...anywhere([
    {
      name: 'gives the next page after the last id of the one before',
      does: async harness => {
        for (let n = 0; n < 5; n++) await make(harness, harness.preset);
        const pages = pagesOf(harness, 2);
        await pages.loadMore();
        await pages.loadMore();
        const ids = idsOf(pages.records);
        return [ids.length, new Set(ids).size, harness.made.at(-1)?.id === ids[0]];
      },
      expects: [4, 4, true],
    },
  ]),
  ...sandboxOnly('it reads a whole object', [
    ...[7, 50, 100].map(size => ({
      name: `gives every record once, ${size} at a time`,
      does: async (harness: Harness) => complete(await readAll(pagesOf(harness, size)), await present(harness)),
      expects: exactly,
      sandbox: { records: 120 },
    })),
    {
      name: 'gives every record of the recycle bin once',
      does: async harness => {
        const ids = await readAll(pagesOf(harness, 5, 'recycleBin'));
        return { ...complete(ids, await present(harness, true)), several: ids.length > 10 };
      },
      expects: { ...exactly, several: true },
    },
    {
      name: 'ends without another question after a page that is not full',
      does: async harness => {
        const ids = await readAll(pagesOf(harness, 100));
        return [ids.length, harness.sent.length];
      },
      expects: [287, 3],
    },
    {
      name: 'ends after an empty page when the last one was full',
      sandbox: { records: 100 },
      does: async harness => {
        const all = await present(harness);
        harness.sent.length = 0;
        const ids = await readAll(pagesOf(harness, all.length));
        return [ids.length === all.length, harness.sent.length];
      },
      expects: [true, 2],
    },
    {
      name: 'gives what stays exactly once while records come and go between the pages',
      does: async harness => {
        const before = await present(harness);
        const gone = new Set<string>();
        const ids = await readAll(pagesOf(harness, 25), async page => {
          await make(harness, harness.preset);
          // One that was read already and one that is still to come.
          for (const id of [before[before.length - page], before[page]]) {
            if (id === undefined) continue;
            if ((await run(harness, harness.preset, 'invalidate', id)).succeeded === 1) gone.add(id);
          }
        });
        const stays = before.filter(id => !gone.has(id));
        return {
          ...complete(ids, stays),
          foreign: ids.filter(id => !before.includes(id)).length,
          gone: gone.size > 10,
        };
      },
      expects: { ...exactly, gone: true },
    },
    {
      name: 'gives what stays in the recycle bin exactly once while records leave it and fall into it',
      does: async harness => {
        const before = await present(harness, true);
        const inForce = await present(harness);
        const back = new Set<string>();
        const fallen = new Set<string>();
        const ids = await readAll(pagesOf(harness, 3, 'recycleBin'), async page => {
          const [recovered = '', invalidated = ''] = [before[page], inForce[page * 20]];
          if ((await run(harness, harness.preset, 'recover', recovered)).succeeded === 1) back.add(recovered);
          if ((await run(harness, harness.preset, 'invalidate', invalidated)).succeeded === 1) fallen.add(invalidated);
        });
        const stays = before.filter(id => !back.has(id));
        const foreign = ids.filter(id => !before.includes(id) && !fallen.has(id)).length;
        return { ...complete(ids, stays), foreign, changed: back.size > 0 && fallen.size > 0 };
      },
      expects: { ...exactly, changed: true },
    },
    {
      name: 'reads on beyond 10,000 records, and from where it stopped',
      sandbox: { records: 11_000 },
      does: async ({ client, preset }) => {
        const ids: string[] = [];
        for await (const record of allRecords(client, preset, { fields: ['_id'] })) ids.push(idOf(record));
        const rest: string[] = [];
        for await (const record of allRecords(client, preset, { fields: ['_id'], after: ids[9999] }))
          rest.push(idOf(record));
        const ascending = ids.every((id, at) => at === 0 || id > (ids[at - 1] ?? ''));
        return [ids.length > 10_100, ascending, ids.slice(10_000).join() === rest.join()];
      },
      expects: [true, true, true],
    },
    {
      name: 'that fails in between is asked for again and skips nothing',
      does: async harness => {
        const pages = pagesOf(harness, 60);
        await pages.loadMore();
        const failures = [];
        for (const fault of [{ errorCode: 32000 }, { answer: 'drop' }, { answer: 'truncated' }] as const) {
          harness.sandbox.faults.add({ path: query, times: 9, ...fault });
          failures.push(await outcome(() => pages.loadMore()));
          harness.sandbox.faults.clear();
          await pages.loadMore();
        }
        return { failures, ...complete(await readAll(pages), await present(harness)) };
      },
      expects: { failures: ['ApiError 32000', 'TransportError dropped', 'NotApiError truncated'], ...exactly },
    },
  ]),
];

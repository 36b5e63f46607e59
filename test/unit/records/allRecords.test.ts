import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ApiError, isCallError, NotApiError, TransportError } from '../../../src/api/errors';
import { isCancellation } from '../../../src/base/cancelled';
import type { JsonValue } from '../../../src/base/json';
import { allRecords, PagingError, type ReadAllOptions } from '../../../src/records/allRecords';
import { FakeTenant, type Reply, type Sent } from '../fakes';

/** What a page meets: a failure that passes, one that stays, or nothing. */
const failures = {
  busy: () => ({ errorCode: -1 }),
  serviceError: () => ({ errorCode: 50009 }),
  tooMany: () => ({ errorCode: 14001 }),
  tooFrequent: () => ({ errorCode: 30004 }),
  tokenRefused: () => ({ errorCode: 20016 }),
  dropped: ({ request }: Sent) => new TransportError('dropped', request.context, 'ECONNRESET'),
  truncated: () => '{"errorCode":0,"data":{"dataList":[{"_id":"',
  refused: () => ({ errorCode: 32000 }),
  page: () => '<html>',
} satisfies Record<string, (sent: Sent) => Reply>;
type Failure = keyof typeof failures;

/** What happens just before a call is answered. */
interface Turn {
  readonly fails?: Failure;
  readonly created: readonly number[];
  /** Which of those that are there go; counted round. */
  readonly removed: readonly number[];
}

const idOf = (number: number) => number.toString(16).padStart(24, '0');

interface Query {
  readonly limit: number;
  readonly offset: number;
  readonly filters: readonly { readonly field_name: string; readonly field_values: readonly string[] }[];
  readonly orders: unknown;
  readonly fieldProjection: unknown;
}
const queryOf = ({ body }: Sent) => body.data.search_query_info as Query;

/** An object whose records come and go while they are read. */
class Shelf {
  readonly tenant = new FakeTenant(sent => this.#answer(sent));
  /** All that were ever there, and those that have been there all the time. */
  readonly ever: Set<string>;
  readonly lasting: Set<string>;
  #ids: string[];

  constructor(
    numbers: readonly number[],
    private readonly turns: readonly Turn[] = [],
  ) {
    this.#ids = numbers.map(idOf).sort();
    this.ever = new Set(this.#ids);
    this.lasting = new Set(this.#ids);
  }

  #answer(sent: Sent): Reply {
    const turn = this.turns[this.tenant.calls.length - 1];
    for (const index of turn?.removed ?? []) {
      const [gone] = this.#ids.splice(index % Math.max(1, this.#ids.length), 1);
      if (gone !== undefined) this.lasting.delete(gone);
    }
    for (const number of turn?.created ?? []) this.ever.add(idOf(number));
    this.#ids = [...new Set([...this.#ids, ...(turn?.created ?? []).map(idOf)])].sort();
    return turn?.fails ? failures[turn.fails](sent) : this.#page(sent);
  }

  #page(sent: Sent): JsonValue {
    const { limit, filters } = queryOf(sent);
    const last = filters.find(({ field_name }) => field_name === '_id')?.field_values[0] ?? '';
    const dataList = this.#ids.filter(id => id > last).slice(0, limit);
    return { errorCode: 0, data: { dataList: dataList.map(_id => ({ _id })), total: 0 } };
  }
}

const pages = async (shelf: Shelf, options?: ReadAllOptions) => {
  const ids: string[] = [];
  for await (const { _id } of allRecords(shelf.tenant.client(), 'AccountObj', options)) ids.push(_id as string);
  return ids;
};

/** Reads to the end; goes on behind the last id each time that reading fails. */
async function readAgainAndAgain(shelf: Shelf, pageSize: number): Promise<{ ids: string[]; failed: unknown[] }> {
  const ids: string[] = [];
  const failed: unknown[] = [];
  const client = shelf.tenant.client();
  for (;;) {
    try {
      for await (const { _id } of allRecords(client, 'AccountObj', { pageSize, after: ids.at(-1) }))
        ids.push(_id as string);
      return { ids, failed };
    } catch (error) {
      failed.push(error);
    }
  }
}

const numbers = fc.uniqueArray(fc.nat(5000), { maxLength: 60, size: 'max' });
const pageSize = fc.integer({ min: 1, max: 12 });
const turn: fc.Arbitrary<Turn> = fc.record(
  {
    fails: fc.constantFrom(...(Object.keys(failures) as Failure[])),
    created: fc.array(fc.nat(5000), { maxLength: 2 }),
    removed: fc.array(fc.nat(60), { maxLength: 2 }),
  },
  { requiredKeys: ['created', 'removed'] },
);

describe('records/allRecords', () => {
  it('gives every record that stays exactly once, in the order of ids, whatever fails and changes meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        numbers,
        pageSize,
        fc.array(turn, { maxLength: 40, size: 'max' }),
        async (initial, size, turns) => {
          const shelf = new Shelf(initial, turns);
          const { ids, failed } = await readAgainAndAgain(shelf, size);
          assert.deepEqual(ids, ids.toSorted());
          assert.equal(new Set(ids).size, ids.length);
          assert.deepEqual(
            [...shelf.lasting].filter(id => !ids.includes(id)),
            [],
          );
          assert.deepEqual(
            ids.filter(id => !shelf.ever.has(id)),
            [],
          );
          for (const error of failed) assert.ok(isCallError(error), String(error));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('calls no more often than pages take, always from offset 0', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, pageSize, async (initial, size) => {
        const shelf = new Shelf(initial);
        await pages(shelf, { pageSize: size });
        const queries = shelf.tenant.calls.map(queryOf);
        assert.equal(queries.length, Math.floor(initial.length / size) + 1);
        for (const { offset, limit, orders } of queries) {
          assert.deepEqual([offset, limit, orders], [0, size, [{ fieldName: '_id', isAsc: true }]]);
        }
      }),
    );
  });

  it('goes on behind any id, whether or not it is still there', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, pageSize, fc.nat(5000), async (initial, size, after) => {
        const expected = initial
          .map(idOf)
          .sort()
          .filter(id => id > idOf(after));
        assert.deepEqual(await pages(new Shelf(initial), { pageSize: size, after: idOf(after) }), expected);
      }),
    );
  });

  const passing: Failure[] = ['busy', 'serviceError', 'tooMany', 'tooFrequent', 'tokenRefused', 'dropped', 'truncated'];
  for (const fails of passing) {
    it(`asks again for a page that fails for a moment: ${fails}`, async () => {
      const quiet = { created: [], removed: [] };
      const shelf = new Shelf([1, 2, 3, 4, 5], [quiet, { ...quiet, fails }]);
      assert.deepEqual(await pages(shelf, { pageSize: 2 }), [1, 2, 3, 4, 5].map(idOf));
      assert.equal(shelf.tenant.calls.length, 4);
    });
  }

  for (const [fails, expected] of [
    ['refused', ApiError],
    ['page', NotApiError],
  ] as const) {
    it(`ends with a failure that would come again: ${fails}`, async () => {
      const shelf = new Shelf([1, 2, 3], [{ fails, created: [], removed: [] }]);
      await assert.rejects(pages(shelf), expected);
      assert.equal(shelf.tenant.calls.length, 1);
    });
  }

  it('asks for a page when the one before has been taken, and for none that nobody takes', async () => {
    const shelf = new Shelf([1, 2, 3, 4, 5]);
    const reader = allRecords(shelf.tenant.client(), 'AccountObj', { pageSize: 2 });
    assert.equal(shelf.tenant.calls.length, 0);
    await reader.next();
    await reader.next();
    assert.equal(shelf.tenant.calls.length, 1);
    await reader.next();
    assert.equal(shelf.tenant.calls.length, 2);
    await reader.return();
    assert.equal(shelf.tenant.calls.length, 2);
  });

  it('stops when it is told to', async () => {
    const shelf = new Shelf([1, 2, 3]);
    const stop = new AbortController();
    const reader = allRecords(shelf.tenant.client(), 'AccountObj', { pageSize: 1, signal: stop.signal });
    await reader.next();
    stop.abort();
    await assert.rejects(reader.next(), isCancellation);
    assert.equal(shelf.tenant.calls.length, 1);
  });

  it('adds its own condition to those that are given, and the id to the fields', async () => {
    const shelf = new Shelf([1, 2, 3]);
    const filters = [{ field_name: 'name', operator: 'LIKE', field_values: ['x'] }];
    await pages(shelf, { pageSize: 2, filters, fields: ['name', '_id'] });
    const asked = shelf.tenant.calls.map(queryOf);
    assert.deepEqual(
      asked.map(each => [each.filters, each.fieldProjection]),
      [
        [filters, ['_id', 'name']],
        [
          [...filters, { field_name: '_id', operator: 'GT', field_values: [idOf(2)] }],
          ['_id', 'name'],
        ],
      ],
    );
  });

  it('reads custom objects by their own path', async () => {
    const shelf = new Shelf([]);
    for await (const record of allRecords(shelf.tenant.client(), 'object_x__c')) assert.fail(JSON.stringify(record));
    assert.equal(shelf.tenant.calls[0]?.url.pathname, '/cgi/crm/custom/v2/data/query');
  });

  describe('does not read for ever', () => {
    const check = (name: string, dataList: JsonValue) =>
      it(name, async () => {
        const tenant = new FakeTenant(() => ({ errorCode: 0, data: { dataList, total: 0 } }));
        const read = async () => {
          for await (const record of allRecords(tenant.client(), 'AccountObj', { pageSize: 2 })) assert.ok(record);
        };
        await assert.rejects(read(), PagingError);
        assert.ok(tenant.calls.length <= 2);
      });
    check('where a tenant gives the same page again', [{ _id: 'a' }, { _id: 'b' }]);
    check('where records come in another order', [{ _id: 'b' }, { _id: 'a' }]);
    check('where records have no id', [{ name: 'x' }, { name: 'y' }]);
  });
});

import { errorCode } from '../../../src/api/errorCodes';
import { ApiError } from '../../../src/api/errors';
import { queryRecords, type RecordQuery } from '../../../src/records/recordCalls';
import { anywhere, sandboxOnly } from '../contractCase';
import type { Harness } from '../harness';
import { answered, outcome } from '../outcome';
import { find, make, read, required, target, update, without } from '../records';

const query = (harness: Harness, how: RecordQuery, object = harness.preset) =>
  queryRecords(harness.client, object, how);
const shape = (how: RecordQuery) => async (harness: Harness) => {
  const { records, total } = await query(harness, how);
  return { records: records.length, total };
};
const named = (records: readonly Record<string, unknown>[]) => records.map(({ name }) => String(name));
const refused = 'refused by the API';

/** What the catalogue says of the code that a query is refused with. */
async function explained(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { pathname } = new URL(error.context.url);
    return [error.errorCode, errorCode(error.errorCode, pathname, error.errorMessage)?.meaning.en];
  }
}

export const queries = [
  ...anywhere([
    {
      name: 'that is cancelled before it begins is not sent',
      does: async ({ service, connection, preset, sent }) => [
        await outcome(() => service.query(connection, preset, {}, { signal: AbortSignal.abort() })),
        sent.length,
      ],
      expects: ['cancelled', 0],
    },
    {
      name: 'gives only the fields that are asked for, and the id',
      does: async harness => {
        const id = await make(harness, harness.preset);
        const filters = [{ field_name: '_id', operator: 'EQ', field_values: [id] }];
        const [record = {}] = await find(harness, harness.preset, { filters, fields: ['_id', 'name'] });
        return Object.keys(record).sort();
      },
      expects: ['_id', 'name'],
    },
    {
      name: 'sorts by a field, both ways',
      does: async harness => {
        const ids = [];
        for (const name of ['b', 'a', 'c']) ids.push(await make(harness, harness.preset, { name: `Sorted ${name}` }));
        const filters = [{ field_name: '_id', operator: 'IN', field_values: ids }];
        const by = async (isAsc: boolean) =>
          named(await find(harness, harness.preset, { filters, orders: [{ fieldName: 'name', isAsc }] }));
        return [await by(true), await by(false)];
      },
      expects: [
        ['Sorted a', 'Sorted b', 'Sorted c'],
        ['Sorted c', 'Sorted b', 'Sorted a'],
      ],
    },
    {
      name: 'counts what matches when asked to',
      does: async harness => {
        const ids = [await make(harness, harness.preset), await make(harness, harness.preset)];
        const filters = [{ field_name: '_id', operator: 'IN', field_values: ids }];
        const { records, total } = await query(harness, { filters, limit: 1 });
        return { records: records.length, total };
      },
      expects: { records: 1, total: 2 },
    },
    {
      name: 'that finds nothing is an empty list',
      does: shape({ filters: [{ field_name: 'name', operator: 'EQ', field_values: ['no such name anywhere'] }] }),
      expects: { records: 0, total: 0 },
    },
    {
      name: 'beyond offset 10000 is refused with 10013, explained as the offset',
      does: harness => explained(() => query(harness, { limit: 100, offset: 10_100 })),
      expects: [10013, 'The offset is above 10,000'],
    },
    ...(
      [
        ['a limit above 100', { limit: 101 }],
        ['an offset that is no multiple of the limit', { limit: 20, offset: 30 }],
        ['a condition on an unknown field', { filters: [{ field_name: 'nope', operator: 'EQ', field_values: ['x'] }] }],
        ['an order by an unknown field', { orders: [{ fieldName: 'nope', isAsc: true }] }],
      ] satisfies [string, RecordQuery][]
    ).map(([what, how]) => ({
      name: `with ${what} is refused`,
      does: (harness: Harness) => answered(() => query(harness, how)),
      expects: refused,
    })),
    {
      name: 'of an unknown object is refused',
      does: harness => answered(() => query(harness, {}, 'NoSuchObj')),
      expects: refused,
    },
    {
      name: 'of an unknown custom object is refused',
      does: harness => answered(() => query(harness, {}, 'object_nope__c')),
      expects: refused,
    },
    {
      name: 'get of an unknown record is refused',
      does: harness => answered(() => read(harness, harness.preset, '000000000000000000000000')),
      expects: refused,
    },
    {
      name: 'update of an unknown record is refused',
      does: harness => answered(() => update(harness, harness.preset, '000000000000000000000000', { name: 'x' })),
      expects: refused,
    },
    {
      name: 'create without a required field is refused',
      does: async harness => {
        const nameless = without(await required(harness, harness.preset), 'name');
        return answered(() => harness.service.create(target(harness, harness.preset), nameless));
      },
      expects: refused,
    },
    {
      name: 'create with an unknown field is refused',
      does: harness => answered(() => make(harness, harness.preset, { no_such_field: 'x' })),
      expects: refused,
    },
  ]),
  ...sandboxOnly('the codes are guesses of the sandbox', [
    { name: 'limit 101 is a wrong parameter', does: shape({ limit: 101 }), expects: 'ApiError 15002' },
    { name: 'limit 0 is a wrong parameter', does: shape({ limit: 0 }), expects: 'ApiError 15002' },
    { name: 'offset 30 of 20 is a wrong parameter', does: shape({ limit: 20, offset: 30 }), expects: 'ApiError 15002' },
    {
      name: 'an unknown record is a wrong parameter, and the message names it',
      does: async harness => {
        const id = '000000000000000000000000';
        const failed = await outcome(() => read(harness, harness.preset, id));
        const message = await read(harness, harness.preset, id).catch((error: unknown) => error);
        return [failed, message instanceof ApiError && message.errorMessage.includes(id)];
      },
      expects: ['ApiError 32000', true],
    },
  ]),
  ...sandboxOnly('its answer is held back', [
    {
      name: 'that is cancelled under way ends without its answer, and the next one works',
      does: async ({ sandbox, service, connection, preset }) => {
        sandbox.faults.add({ path: '/cgi/crm/v2/data/query', answer: 'timeout' });
        const stop = new AbortController();
        const under = outcome(() => service.query(connection, preset, {}, { signal: stop.signal }));
        setTimeout(() => stop.abort(), 20);
        return [await under, (await service.query(connection, preset, { limit: 1 })).records.length];
      },
      expects: ['cancelled', 1],
    },
  ]),
  ...sandboxOnly('its number of records is known', [
    { name: 'limit 100 gives 100', does: shape({ limit: 100 }), expects: { records: 100, total: 287 } },
    {
      name: 'the last page gives the rest',
      does: shape({ limit: 100, offset: 200 }),
      expects: { records: 87, total: 287 },
    },
    { name: 'uncounted has no total', does: shape({ limit: 1, count: false }), expects: { records: 1, total: 0 } },
  ]),
];

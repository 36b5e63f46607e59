import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/base/json';
import type { Details } from '../../../src/records/recordCalls';
import { anywhere, sandboxOnly, type AnyCase } from '../contractCase';
import type { Harness } from '../harness';
import { answered } from '../outcome';
import { find, make, read, required, run, target, update, without } from '../records';

const done = { succeeded: 1, failed: 0 };
const refused = 'refused by the API';

const called = (harness: Harness, from: number) => harness.sent.slice(from).map(({ path }) => path);

const byId = (id: string) => ({ filters: [{ field_name: '_id', operator: 'EQ', field_values: [id] }] });
const isFound = async (harness: Harness, object: string, id: string) =>
  (await find(harness, object, byId(id))).length === 1;
const status = async (harness: Harness, object: string, id: string) => (await read(harness, object, id))['life_status'];

interface Operation {
  readonly name: string;
  readonly does: (harness: Harness, object: string, id: string) => Promise<unknown>;
  /** The paths that it calls in the family's own folder, and what comes of it. */
  readonly calls: readonly string[];
  readonly expects: unknown;
}

/** Every operation on a record that was just made. Names of calls stand for paths: see `pathOf`. */
const everyOperation: readonly Operation[] = [
  {
    name: 'get gives the record by its id',
    does: async (harness, object, id) => (await read(harness, object, id))['_id'] === id,
    calls: ['get'],
    expects: true,
  },
  {
    name: 'query finds the record',
    does: isFound,
    calls: ['query'],
    expects: true,
  },
  {
    name: 'update changes the field that is sent and no other',
    does: async (harness, object, id) => {
      const before = await read(harness, object, id);
      await update(harness, object, id, { name: 'Another name' });
      const after = await read(harness, object, id);
      return [after['name'], after['create_time'] === before['create_time']];
    },
    calls: ['get', 'update', 'get'],
    expects: ['Another name', true],
  },
  {
    name: 'changeOwner gives the record to another employee',
    does: async (harness, object, id) => {
      const outcome = await run(harness, object, 'changeOwner', id);
      const { owner } = await read(harness, object, id);
      return [outcome, JSON.stringify(owner) === JSON.stringify([harness.colleague])];
    },
    calls: ['changeOwner', 'get'],
    expects: [done, true],
  },
  {
    name: 'invalidate puts the record into the recycle bin',
    does: async (harness, object, id) => [
      await run(harness, object, 'invalidate', id),
      await status(harness, object, id),
    ],
    calls: ['invalid', 'get'],
    expects: [done, 'invalid'],
  },
  {
    name: 'recover brings an invalidated record back',
    does: async (harness, object, id) => [
      await run(harness, object, 'invalidate', id),
      await run(harness, object, 'recover', id),
      await status(harness, object, id),
      await isFound(harness, object, id),
    ],
    calls: ['invalid', 'recover', 'get', 'query'],
    expects: [done, done, 'normal', true],
  },
  {
    name: 'delete removes an invalidated record for good',
    does: async (harness, object, id) => [
      await run(harness, object, 'invalidate', id),
      await run(harness, object, 'delete', id),
      await answered(() => read(harness, object, id)),
    ],
    calls: ['invalid', 'delete', 'get'],
    expects: [done, done, refused],
  },
  {
    name: 'delete of a record in force is refused and removes nothing',
    does: async (harness, object, id) => [await run(harness, object, 'delete', id), await status(harness, object, id)],
    calls: ['delete', 'get'],
    expects: [{ succeeded: 0, failed: 1 }, 'normal'],
  },
  {
    name: 'an invalidated record is not changed until it is recovered',
    does: async (harness, object, id) => [
      await run(harness, object, 'invalidate', id),
      await answered(() => update(harness, object, id, { name: 'x' })),
      await run(harness, object, 'recover', id),
      await answered(() => update(harness, object, id, { name: 'x' })),
    ],
    calls: ['invalid', 'update', 'recover', 'update'],
    expects: [done, refused, done, 'done'],
  },
  {
    name: 'lock keeps the record from being changed and unlock lets it go',
    does: async (harness, object, id) => {
      const lockStatus = async () => (await read(harness, object, id))['lock_status'];
      return [
        await run(harness, object, 'lock', id),
        await lockStatus(),
        await answered(() => update(harness, object, id, { name: 'x' })),
        await run(harness, object, 'unlock', id),
        await lockStatus(),
        await answered(() => update(harness, object, id, { name: 'x' })),
      ];
    },
    calls: ['lock', 'get', 'update', 'unlock', 'get', 'update'],
    expects: [done, '1', refused, done, '0', 'done'],
  },
];

const families = [
  { kind: 'preset', folder: '/cgi/crm/v2/data' },
  { kind: 'custom', folder: '/cgi/crm/custom/v2/data' },
] as const;

/** lock and unlock have one path for both kinds. */
const pathOf = (folder: string, call: string) =>
  call === 'lock' || call === 'unlock' ? `/cgi/crm/v2/object/${call}` : `${folder}/${call}`;

const ofBothFamilies = families.flatMap(({ kind, folder }): AnyCase[] =>
  everyOperation.map(({ name, does, calls, expects }) => ({
    name: `${kind}: ${name}`,
    does: async harness => {
      const id = await make(harness, harness[kind]);
      const from = harness.sent.length;
      return { came: await does(harness, harness[kind], id), called: called(harness, from) };
    },
    expects: { came: expects, called: calls.map(call => pathOf(folder, call)) },
    onCustomObject: kind === 'custom',
  })),
);

const creates = families.map(({ kind, folder }): AnyCase => ({
  name: `${kind}: create answers the id of a record that holds what was sent`,
  does: async harness => {
    const object = harness[kind];
    const body = await required(harness, object);
    const from = harness.sent.length;
    const { id = '' } = await harness.service.create(target(harness, object), body);
    harness.made.push({ object, id });
    const record = await read(harness, object, id);
    return {
      id: id !== '',
      different: Object.keys(body).filter(field => JSON.stringify(record[field]) !== JSON.stringify(body[field])),
      called: called(harness, from),
    };
  },
  expects: { id: true, different: [], called: [`${folder}/create`, `${folder}/get`] },
  onCustomObject: kind === 'custom',
}));

/** Makes a master with two detail rows; tells what they say of the master, and what `get` shows below it. */
async function withDetails(harness: Harness, master: string, detail: string, masterField: string) {
  const row = without(await required(harness, detail), masterField);
  const rows: JsonObject[] = [{ ...row, remark: 'first' }, { ...row }];
  const details: Details = { [detail]: rows };
  const { id = '' } = await harness.service.create(target(harness, master), await required(harness, master), details);
  const filters = [{ field_name: masterField, operator: 'EQ', field_values: [id] }];
  const found = await find(harness, detail, { filters });
  const shown: JsonValue | undefined = (await read(harness, master, id))['details'];
  const listed = isJsonObject(shown) ? shown[detail] : undefined;
  return { found: found.length, shown: Array.isArray(listed) ? listed.length : 0 };
}

const masters = sandboxOnly('its own masters and details are known', [
  {
    name: 'preset: create with details makes the rows of a master',
    does: harness => withDetails(harness, 'SalesOrderObj', 'SalesOrderProductObj', 'order_id'),
    expects: { found: 2, shown: 2 },
  },
  {
    name: 'custom: create with details makes the rows of a master',
    does: harness => withDetails(harness, 'object_store_check__c', 'object_store_check_item__c', 'field_check__c'),
    expects: { found: 2, shown: 2 },
  },
  {
    name: 'lock of a master locks its details too',
    does: async harness => {
      const id = await make(harness, 'SalesOrderObj');
      const row = await make(harness, 'SalesOrderProductObj', { order_id: id });
      await run(harness, 'SalesOrderObj', 'lock', id);
      return (await read(harness, 'SalesOrderProductObj', row))['lock_status'];
    },
    expects: '1',
  },
  {
    name: 'delete of a price-book line needs no invalidation',
    does: async harness => {
      const id = await make(harness, 'PriceBookProductObj');
      const outcome = await run(harness, 'PriceBookProductObj', 'delete', id);
      return [outcome, await answered(() => read(harness, 'PriceBookProductObj', id))];
    },
    expects: [done, refused],
  },
]);

export const operations = [...anywhere([...creates, ...ofBothFamilies]), ...masters];

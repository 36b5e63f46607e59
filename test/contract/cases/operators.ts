import type { JsonObject, JsonValue } from '../../../src/base/json';
import { anywhere, sandboxOnly } from '../contractCase';
import type { Harness } from '../harness';
import { find, idOf, make, read } from '../records';

/** Three records, one after the other; only the first has a remark. */
interface Trio {
  readonly ids: string[];
  readonly times: JsonValue[];
}
const trios = new WeakMap<Harness, Promise<Trio>>();
const names = ['Apple 一', 'apricot 二', 'Banana 三'];

function trioOf(harness: Harness): Promise<Trio> {
  const made = trios.get(harness) ?? makeTrio(harness);
  trios.set(harness, made);
  return made;
}

async function makeTrio(harness: Harness): Promise<Trio> {
  const records: JsonObject[] = [];
  for (const name of names) {
    const id = await make(harness, harness.preset, { name, ...(records.length === 0 ? { remark: 'has one' } : {}) });
    records.push(await read(harness, harness.preset, id));
    harness.tick(1000);
  }
  return {
    ids: records.map(idOf),
    times: records.map(record => record['create_time'] ?? 0),
  };
}

type Values = (trio: Trio, harness: Harness) => JsonValue[];
type Row = readonly [field: string, operator: string, values: Values | JsonValue[], found: string];

/** Which of the records a, b and c a condition finds. */
const rows: readonly Row[] = [
  ['name', 'EQ', ['apricot 二'], 'b'],
  ['name', 'N', ['apricot 二'], 'ac'],
  ['name', 'LIKE', ['an'], 'c'],
  ['name', 'NLIKE', ['an'], 'ab'],
  ['name', 'STARTWITH', ['Ban'], 'c'],
  ['name', 'ENDWITH', ['一'], 'a'],
  ['name', 'IN', ['Apple 一', 'Banana 三'], 'ac'],
  ['name', 'NIN', ['Apple 一', 'Banana 三'], 'b'],
  ['create_time', 'GT', ({ times }) => [times[1]!], 'c'],
  ['create_time', 'GTE', ({ times }) => [times[1]!], 'bc'],
  ['create_time', 'LT', ({ times }) => [times[1]!], 'a'],
  ['create_time', 'LTE', ({ times }) => [times[1]!], 'ab'],
  ['create_time', 'BETWEEN', ({ times }) => [times[0]!, times[1]!], 'ab'],
  ['create_time', 'NBETWEEN', ({ times }) => [times[0]!, times[1]!], 'c'],
  ['remark', 'IS', [''], 'bc'],
  ['remark', 'ISN', [''], 'a'],
  ['owner', 'HASANYOF', (_, { connection }) => [connection.userId, 'nobody'], 'abc'],
  ['owner', 'NHASANYOF', (_, { connection }) => [connection.userId], ''],
];
const guessed: readonly Row[] = [
  ['owner', 'CONTAINS', (_, { connection }) => [connection.userId], 'abc'],
  ['remark', 'EXISTS', [''], 'a'],
  ['remark', 'NEXISTS', [''], 'bc'],
];

const toCase = ([field, operator, values, found]: Row) => ({
  name: `${operator} on ${field} finds ${found === '' ? 'none' : found.split('').join(', ')}`,
  does: async (harness: Harness) => {
    const trio = await trioOf(harness);
    const field_values = typeof values === 'function' ? values(trio, harness) : values;
    const records = await find(harness, harness.preset, {
      filters: [
        { field_name: '_id', operator: 'IN', field_values: trio.ids },
        { field_name: field, operator, field_values },
      ],
    });
    const letters = records.map(record => 'abc'[trio.ids.indexOf(idOf(record))]);
    return letters.sort().join('');
  },
  expects: found,
});

export const operators = [
  ...anywhere(rows.map(toCase)),
  ...sandboxOnly(
    'it is not documented for preset objects',
    guessed.map(row => ({ ...toCase(row), shares: true })),
  ),
  ...sandboxOnly('its code is a guess of the sandbox', [
    {
      name: 'an operator that is not documented is refused',
      does: (harness: Harness) =>
        find(harness, harness.preset, { filters: [{ field_name: 'name', operator: 'NEQ', field_values: ['x'] }] }),
      expects: 'ApiError 15002',
    },
  ]),
];

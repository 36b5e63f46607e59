import assert from 'node:assert/strict';
import { placedFields } from '../../../src/records/placedFields';

describe('records/placedFields', () => {
  const check = (name: string, text: string, expected: [key: string, value: unknown, texts: string[]][]) =>
    it(name, () => {
      const found = placedFields(text);
      assert.deepEqual(
        found.map(field => [field.name, field.value?.json, field.value?.texts.map(one => one.text) ?? []]),
        expected,
      );
      for (const { name: field, key, value } of found) {
        assert.equal(text.slice(key.start, key.end), JSON.stringify(field));
        for (const one of value?.texts ?? []) assert.equal(text.slice(one.start, one.end), JSON.stringify(one.text));
      }
    });
  check('finds keys and values', '{"a": "x", "b": 1.5}', [
    ['a', 'x', ['x']],
    ['b', 1.5, []],
  ]);
  check('finds the texts of a list', '{"owner": ["1000", 2, "1001"]}', [
    ['owner', ['1000', 2, '1001'], ['1000', '1001']],
  ]);
  check('does not look into the members of lists and maps', '{"m": [{"n": "x"}]}', [['m', [{ n: 'x' }], []]]);
  check('finds what is there while it is typed', '{"a": "x", "b": , "c"', [
    ['a', 'x', ['x']],
    ['b', undefined, []],
    ['c', undefined, []],
  ]);
  for (const text of ['', '[]', '"x"', 'null', '{', '}{']) check(`finds nothing in ${JSON.stringify(text)}`, text, []);
});

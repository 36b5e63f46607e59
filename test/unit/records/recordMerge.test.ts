import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseJson, printJson, type JsonObject } from '../../../src/base/json';
import { merge } from '../../../src/records/recordMerge';
import { changesIn, same } from '../../../src/records/recordText';

const names = ['a', 'b', 'c', 'd', 'name', 'field_x__c'];
const value = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.integer({ min: -2, max: 2 }),
  fc.constant(null),
  fc.array(fc.constantFrom('1000', '1001'), { maxLength: 2 }),
  // Digits that a double does not hold.
  fc.constantFrom('1.10', '12345678901234567890').map(parseJson),
);
const fields = (keys: readonly string[]) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { selector: ([key]) => key })
    .map(Object.fromEntries<JsonObject[string]>);
const anyFields = fields(names);
/** The fields of two people, none of which both have. */
const disjoint = fc
  .subarray(names, { minLength: 1, maxLength: names.length - 1 })
  .chain(mine => fc.tuple(fields(mine), fields(names.filter(name => !mine.includes(name)))));
const plain = (record: JsonObject) => printJson(Object.fromEntries(Object.entries(record).sort()));
/** What a person changed, as a save finds it. */
const changesOf = (base: JsonObject, edited: JsonObject): JsonObject => {
  const edit = changesIn(printJson(edited), [base], () => false);
  assert.ok('changes' in edit);
  return edit.changes;
};

describe('records/recordMerge', () => {
  it('has both, and asks nothing, where two people changed different fields', () => {
    fc.assert(
      fc.property(anyFields, disjoint, (base, [mine, theirs]) => {
        const there = { ...base, ...theirs };
        const outcome = merge(changesOf(base, { ...base, ...mine }), base, there);
        assert.deepEqual(outcome.conflicts, []);
        const both = { ...there, ...mine };
        for (const name of names) assert.ok(same(outcome.merged, both, name), name);
        assert.ok(Object.keys(outcome.toSend).every(name => name in mine));
        // The tenant puts what is sent upon what it has.
        for (const name of names) assert.ok(same({ ...there, ...outcome.toSend }, both, name), name);
      }),
    );
  });

  it('loses no change of either side silently, whatever the two changed', () => {
    fc.assert(
      fc.property(anyFields, anyFields, anyFields, (base, edits, theirs) => {
        const mine = { ...base, ...edits };
        const there = { ...base, ...theirs };
        const { toSend, conflicts } = merge(changesOf(base, mine), base, there);
        const asked = conflicts.map(({ field }) => field);
        const result = { ...there, ...toSend };
        for (const name of names) {
          const iChanged = !same(base, mine, name);
          const theyChanged = !same(base, there, name);
          if (iChanged) assert.ok(same(result, mine, name), `mine of ${name}`);
          if (theyChanged) assert.ok(same(result, there, name) || asked.includes(name), `theirs of ${name}`);
          if (!iChanged && !theyChanged) assert.ok(same(result, base, name), name);
          assert.equal(asked.includes(name), iChanged && theyChanged && !same(mine, there, name), name);
        }
      }),
    );
  });

  it('has nothing to send where the tenant has it all', () => {
    fc.assert(
      fc.property(anyFields, anyFields, (base, edits) => {
        const mine = { ...base, ...edits };
        const { merged, toSend, conflicts } = merge(changesOf(base, mine), base, mine);
        assert.deepEqual([plain(merged), toSend, conflicts], [plain(mine), {}, []]);
      }),
    );
  });

  const check = (name: string, mine: JsonObject, theirs: JsonObject, expected: string[]) =>
    it(name, () => {
      const { conflicts } = merge(mine, { a: 1, b: [1], c: null }, theirs);
      assert.deepEqual(
        conflicts.map(({ field }) => field),
        expected,
      );
    });
  check('finds no conflict where nobody else changed anything', { a: 2 }, { a: 1, b: [1] }, []);
  check('finds a field that both changed', { a: 2, b: [3] }, { a: 3, b: [2] }, ['a', 'b']);
  check('finds none where both made the same change', { a: 2 }, { a: 2, b: [1] }, []);
  check('finds a field that someone emptied', { a: 2 }, { b: [1] }, ['a']);
  check('finds a field that someone filled', { c: 1 }, { a: 1, b: [1], c: 2 }, ['c']);

  it('tells the three values of a conflict', () => {
    assert.deepEqual(merge({ a: 2 }, { a: 1 }, { a: 3 }).conflicts, [{ field: 'a', before: 1, theirs: 3, mine: 2 }]);
  });

  it('asks about all that differs where nobody knows what the text was made from', () => {
    const { conflicts } = merge({ a: 1, b: 2 }, undefined, { a: 1, b: 3 });
    assert.deepEqual(conflicts, [{ field: 'b', before: undefined, theirs: 3, mine: 2 }]);
  });
});

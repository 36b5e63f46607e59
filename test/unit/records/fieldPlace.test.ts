import assert from 'node:assert/strict';
import { fieldPlaceAt, offsetOf } from '../../../src/records/fieldPlace';

describe('records/fieldPlace', () => {
  /** `‹›` is the cursor, before and after. */
  const check = (name: string, before: string, after: string) =>
    it(name, () => {
      const place = fieldPlaceAt(before.replace('‹›', ''), before.indexOf('‹›'));
      assert.ok(place);
      assert.equal(offsetOf(after.replace('‹›', ''), place), after.indexOf('‹›'));
    });

  check('goes with a field to another place', '{"b": "2"‹›, "a": "1"}', '{"a": "1", "b": "2"‹›}');
  check('stays in a value', '{"b": "2‹›2", "a": "1"}', '{"a": "1", "b": "2‹›2"}');
  check('does not leave a field that became shorter', '{"b": "1.500‹›"}', '{"a": 1, "b": 1.5‹›}');

  it('is nowhere between fields, and in no text without the field', () => {
    assert.equal(fieldPlaceAt('{ "a": 1}', 1), undefined);
    assert.equal(offsetOf('{"a": 1}', { field: 'b', into: 2 }), undefined);
  });
});

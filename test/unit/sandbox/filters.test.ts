import assert from 'node:assert/strict';
import { parseJson, type JsonValue } from '../../../src/base/json';
import { matches, operators, parseFilters } from '../../../src/sandbox/store/filters';
import { buildCatalogue } from '../../../src/sandbox/tenant/catalogue';

const object = buildCatalogue().get('AccountObj')!;

/** Whether a filter on a field of AccountObj finds a stored value. */
function check(field: string, operator: string, values: JsonValue[], finds: JsonValue[], misses: JsonValue[]): void {
  tested.add(operator);
  it(`${operator} on ${field} with ${JSON.stringify(values)}`, () => {
    const [filter] = parseFilters(object, [{ field_name: field, operator, field_values: values }]);
    const found = (stored: JsonValue) => matches(filter!, stored ?? undefined);
    assert.deepEqual(
      finds.filter(stored => !found(stored)),
      [],
    );
    assert.deepEqual(misses.filter(found), []);
  });
}
const tested = new Set<string>();

describe('filter operators', () => {
  check('name', 'EQ', ['王府井'], ['王府井'], ['王府井百货', '', null]);
  check('name', 'N', ['王府井'], ['x', '', null], ['王府井']);
  check('name', 'LIKE', ['府井'], ['王府井百货'], ['x', null]);
  check('name', 'LIKE', ['ABC'], ['xabcx'], ['xab']);
  check('name', 'NLIKE', ['府井'], ['x', null], ['王府井']);
  check('name', 'STARTWITH', ['王'], ['王府井'], ['府王', null]);
  check('name', 'ENDWITH', ['百货'], ['王府井百货'], ['百货大楼', null]);
  check('name', 'IS', [], [null, ''], ['x']);
  check('name', 'ISN', [''], ['x'], [null, '']);
  check('name', 'NEXISTS', [], [null], ['x']);
  check('name', 'EXISTS', [], ['x'], [null]);
  check('name', 'IN', ['a', 'b'], ['a', 'b'], ['c', null]);
  check('name', 'NIN', ['a', 'b'], ['c', null], ['a']);
  check('annual_revenue', 'EQ', [100], ['100.00', '100'], ['100.01']);
  check('annual_revenue', 'IN', ['100', 200], ['100.00', '200'], ['300']);
  check('annual_revenue', 'GT', ['9'], ['10.00'], ['9.00', '8', null]);
  check('annual_revenue', 'GTE', [9], ['9.00', '10'], ['8.99']);
  check('annual_revenue', 'LT', [9], ['8.99', '-100'], ['9.00', '10', null]);
  check('annual_revenue', 'LTE', [9], ['9.00'], ['9.01']);
  check('annual_revenue', 'BETWEEN', [5, 10], ['5.00', '10.00'], ['4.99', '10.01', null]);
  check('annual_revenue', 'NBETWEEN', [5, 10], ['4', '11', null], ['5.00']);
  check('employee_number', 'EQ', [parseJson('9007199254740993')], ['9007199254740993'], ['9007199254740992']);
  check('create_time', 'GT', ['1600000000000'], [1_700_000_000_000], [1_500_000_000_000]);
  check('is_remind_recycling', 'EQ', ['true'], [true], [false]);
  check('account_level', 'EQ', ['1'], ['1'], ['2', '重要客户', null]);
  check('owner', 'EQ', ['1000'], [['1000']], [['1001'], ['1000', '1001']]);
  check('owner', 'N', ['1000'], [['1001'], []], [['1000']]);
  check('owner', 'IN', ['1000', '1001'], [['1000']], [['1002']]);
  check('business_scope', 'CONTAINS', ['food', 'beauty'], [['beauty', 'food', 'x']], [['food'], []]);
  check('business_scope', 'HASANYOF', ['food', 'beauty'], [['food']], [['x'], []]);
  check('business_scope', 'NHASANYOF', ['food', 'beauty'], [['x'], []], [['food', 'x']]);

  it('are all tested', () => assert.deepEqual([...tested].sort(), Object.keys(operators).sort()));

  it('are refused on kinds of fields that they cannot compare', () => {
    const filter = [{ field_name: 'owner', operator: 'GT', field_values: ['1'] }];
    assert.throws(() => parseFilters(object, filter), { code: 15002, message: /GT.*owner/ });
  });
});

import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '../../../src/base/json';
import { fieldsOf } from '../../../src/objects/fields';
import { localTime, meaningOf } from '../../../src/records/fieldMeaning';

const levels = [
  { value: '1', label: '重要' },
  { value: '2', label: '一般' },
];
const yesOrNo = [
  { value: true, label: '是' },
  { value: false, label: '否' },
];

describe('records/fieldMeaning', () => {
  const check = (name: string, type: string, value: JsonValue, expected: unknown, more: JsonObject = {}) =>
    it(name, () => {
      const options: JsonValue = type.startsWith('select') ? levels : type === 'true_or_false' ? yesOrNo : [];
      const field = fieldsOf({ fields: { x: { type, options } } })[0];
      const meaning = meaningOf('x', value, type === '' ? undefined : field, { x: value, ...more });
      assert.deepEqual(meaning?.kind === 'time' ? [meaning.at, meaning.isDate] : meaning?.text, expected);
    });
  check('an option is its label', 'select_one', '1', '重要');
  check('options are their labels', 'select_many', ['2', '1'], '一般, 重要');
  check('an unknown option means nothing', 'select_one', '9', undefined);
  check('a Boolean is its label', 'true_or_false', false, '否');
  check('a date and time is a time', 'date_time', 1_763_782_991_000, [1_763_782_991_000, false]);
  check('a date is a date', 'date', 1_763_740_800_000, [1_763_740_800_000, true]);
  check('a time of day has no date', 'time', new Date(1970, 0, 1, 9, 30).getTime(), '09:30:00');
  check('a number that is no time means nothing', 'number', 5, undefined);
  check('a look-up is the name of what it points to', 'object_reference', 'id', '王府井百货', { x__r: '王府井百货' });
  check('an employee is a name', 'employee', ['1000'], '张三', { x__r: { name: '张三' } });
  check('employees are names', 'employee_many', ['1', '2'], '张三, 李四', {
    x__l: [{ name: '张三' }, { name: '李四' }],
  });
  check('a department is its name', 'department', ['7'], '销售部', { x__r: { deptName: '销售部' } });
  check('an area is its name', 'province', '249', '北京市', { x__r: '北京市' });
  check('a text that is its own name means nothing more', 'text', 'n', undefined, { x__r: 'n' });
  check('companions tell even where no description is known', '', 'id', '王府井百货', { x__r: '王府井百货' });

  it('believes no companion of a value that was changed', () => {
    const record = { x: 'id', x__r: '王府井百货' };
    assert.equal(meaningOf('x', 'other', undefined, record), undefined);
    assert.equal(meaningOf('x', ['id'], undefined, record), undefined);
  });

  it('knows the times that every record has', () => {
    assert.equal(meaningOf('create_time', 1, undefined, {})?.kind, 'time');
    assert.equal(meaningOf('version', 1, undefined, {}), undefined);
  });

  it('prints times in the zone of the machine, and the hour of a date that is no midnight there', () => {
    const time = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts).getTime();
    assert.equal(localTime(time(2025, 10, 22, 11, 43, 1), false), '2025-11-22 11:43:01');
    assert.equal(localTime(time(2025, 0, 2), true), '2025-01-02');
    assert.equal(localTime(time(2025, 0, 2), false), '2025-01-02 00:00:00');
    assert.equal(localTime(time(2025, 0, 2, 8), true), '2025-01-02 08:00:00');
    assert.equal(localTime(1e20, false), '');
  });
});

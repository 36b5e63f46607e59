import assert from 'node:assert/strict';
import { LosslessNumber } from '../../../src/base/json';
import { fieldsOf } from '../../../src/objects/fields';
import { operatorNamed } from '../../../src/objects/operators';
import { conditionText, readConditionValues } from '../../../src/records/conditions';
import type { Filter } from '../../../src/records/recordCalls';

const midnight = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).getTime();

describe('records/conditions', () => {
  describe('a typed value', () => {
    const check = (type: string, operator: string, typed: string, expected: unknown) =>
      it(`${type} ${operator} “${typed}”`, () => {
        const known = operatorNamed(operator);
        assert.ok(known);
        assert.deepEqual(readConditionValues(typed, { type }, known), expected);
      });
    check('text', 'LIKE', ' 王府井 ', ['王府井']);
    check('text', 'LIKE', '', undefined);
    check('text', 'IS', '', ['']);
    check('text', 'EQ', 'Smith, Jones & Co', ['Smith, Jones & Co']);
    check('text', 'IN', 'a, b，c、d', ['a', 'b', 'c', 'd']);
    check('number', 'GT', '12.5', [12.5]);
    check('number', 'GT', '12345678901234567890', [new LosslessNumber('12345678901234567890')]);
    check('number', 'GT', 'twelve', undefined);
    check('currency', 'BETWEEN', '1, 2', [1, 2]);
    check('currency', 'BETWEEN', '1', undefined);
    check('currency', 'BETWEEN', '1, 2, 3', undefined);
    check('date', 'GTE', '2026-01-31', [midnight(2026, 1, 31)]);
    check('date_time', 'LT', '2026-1-5 09:30', [midnight(2026, 1, 5, 9, 30)]);
    check('date_time', 'LT', '1763782991000', [1_763_782_991_000]);
    check('date', 'GTE', '2026-02-31', undefined);
    check('date', 'BETWEEN', '2026-01-01, 2026-02-01', [midnight(2026, 1, 1), midnight(2026, 2, 1)]);
    check('date', 'EQ', 'yesterday', undefined);
  });

  describe('in words', () => {
    const fields = fieldsOf({
      fields: {
        account_level: { label: '客户级别', type: 'select_one', options: [{ value: '1', label: '重要' }] },
        due: { label: '到期', type: 'date' },
      },
    });
    const check = (condition: Filter, en: string, zh = en) =>
      it(en, () => {
        assert.equal(conditionText(condition, fields, 'en'), en);
        assert.equal(conditionText(condition, fields, 'zh'), zh);
      });
    check({ field_name: 'account_level', operator: 'EQ', field_values: ['1'] }, '客户级别 = 重要');
    check(
      { field_name: 'account_level', operator: 'IN', field_values: ['1', '9'] },
      '客户级别 is one of 重要, 9',
      '客户级别 属于 重要, 9',
    );
    check({ field_name: 'due', operator: 'GT', field_values: [midnight(2026, 1, 31)] }, '到期 > 2026-01-31');
    check({ field_name: 'x__c', operator: 'IS', field_values: [''] }, 'x__c is empty', 'x__c 为空');
  });
});

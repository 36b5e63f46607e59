import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/base/json';
import { isCompanion, isInvalid, isReadOnlyField, isSystemField, recordLabel } from '../../../src/records/recordFields';

describe('records/recordFields', () => {
  const check = (judge: (field: string) => boolean, expected: boolean, ...fields: string[]) =>
    it(`${judge.name} is ${expected ? 'true' : 'false'} for ${fields.join(', ')}`, () => {
      for (const field of fields) assert.equal(judge(field), expected, field);
    });
  check(isCompanion, true, 'owner__r', 'owner__l', 'level__o', 'quote__v', 'tel__p', 'text__e', 'x__relation_ids');
  check(isCompanion, true, 'field_x__c__r');
  check(isCompanion, false, 'owner', 'field_x__c', '__c', 'r', 'order__rx', '_id');
  check(isSystemField, true, 'owner', 'life_status', 'version', 'create_time', 'record_type');
  check(isSystemField, false, 'name', '_id', 'field_x__c', 'total');
  check(isReadOnlyField, true, '_id', 'version', 'life_status', 'lock_status', 'create_time', 'is_deleted', 'details');
  check(isReadOnlyField, false, 'name', 'record_type', 'data_own_department', 'mc_currency', 'field_x__c');

  const label = (record: JsonObject, expected: string) =>
    it(`calls ${JSON.stringify(record)} ${expected}`, () => assert.equal(recordLabel(record), expected));
  label({ _id: '1', name: '北京纷扬' }, '北京纷扬');
  label({ _id: '1', name: '  ' }, '1');
  label({ _id: '1', name: 7 }, '1');
  label({}, '?');

  const invalid = (record: JsonObject, expected: boolean) =>
    it(`${JSON.stringify(record)} is ${expected ? 'invalid' : 'in force'}`, () =>
      assert.equal(isInvalid(record), expected));
  invalid({ life_status: 'invalid' }, true);
  invalid({ life_status: 'normal', is_deleted: true }, true);
  invalid({ life_status: 'normal', is_deleted: false }, false);
  invalid({}, false);
});

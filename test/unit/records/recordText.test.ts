import assert from 'node:assert/strict';
import { isJsonObject, parseJson, printJson, type JsonObject } from '../../../src/base/json';
import { changesIn, recordText, type RecordTextOptions } from '../../../src/records/recordText';

const read = (text: string): JsonObject => {
  const value = parseJson(text);
  assert.ok(isJsonObject(value));
  return value;
};

describe('records/recordText', () => {
  describe('recordText', () => {
    const check = (name: string, record: string, options: Partial<RecordTextOptions>, keys: string) =>
      it(name, () => {
        const text = recordText(read(record), { showCompanions: false, ...options });
        assert.equal(Object.keys(JSON.parse(text) as object).join(' '), keys);
        assert.ok(text.endsWith('\n}\n'));
      });
    const record = '{"version":"1","b":1,"owner__r":"x","owner":["1"],"name":"n","a__c__r":"r","a__c":2,"_id":"i"}';

    check('puts id and name first and system fields last', record, {}, '_id name b a__c version owner');
    check(
      'puts business fields in the order of describe, system fields too',
      record,
      { fieldOrder: ['owner', 'a__c', 'name', 'version', 'b'] },
      '_id name a__c b owner version',
    );
    check('puts what describe does not have behind', record, { fieldOrder: ['a__c'] }, '_id name a__c b version owner');
    check(
      'shows companions beside their fields where they are wanted',
      record,
      { fieldOrder: ['a__c', 'b', 'version', 'owner'], showCompanions: true },
      '_id name a__c__r a__c b version owner__r owner',
    );
    check('shows an empty record', '{"_id":"i"}', {}, '_id');

    it('keeps every digit and every value', () => {
      const text = '{"_id":"i","a":1.10,"b":9007199254740993,"c":[{"d":"0.00"}],"e":null,"f":false,"g":"","h":{}}';
      assert.equal(printJson(parseJson(recordText(read(text), { showCompanions: false }))), text);
    });
  });

  describe('changesIn', () => {
    const base = read(
      '{"_id":"i","name":"n","amount":1.10,"list":[1,2],"empty":null,"owner":["1000"],"owner__r":"x","version":"3"}',
    );
    const edited = (change: (record: JsonObject) => void) => {
      const copy = read(printJson(base));
      change(copy);
      return printJson(copy, 2);
    };
    const check = (name: string, text: string, expected: unknown) =>
      it(name, () => assert.deepEqual(changesIn(text, [base]), expected));

    check('finds nothing in the text as it was shown', recordText(base, { showCompanions: false }), {
      base,
      changes: {},
    });
    check(
      'finds nothing in other space and order',
      '{"list":[ 1,2 ],\n"name":"n","amount":1.10,' + '"empty":null,"version":"3","owner":["1000"],"_id":"i"}',
      { base, changes: {} },
    );
    check(
      'finds a changed, an added and an emptied field',
      edited(r => Object.assign(r, { name: 'm', x: 1, list: null })),
      {
        base,
        changes: { name: 'm', list: null, x: 1 },
      },
    );
    check(
      'does not count a field that is null and was not there',
      edited(r => (r['x'] = null)),
      { base, changes: {} },
    );
    check(
      'finds a change of digits alone',
      edited(r => (r['amount'] = 1.1)),
      { base, changes: { amount: 1.1 } },
    );
    check(
      'refuses companions that were changed or added, as they are never sent',
      edited(r => Object.assign(r, { owner__r: 'y', x__l: [] })),
      { problem: { code: 'readOnly', fields: ['owner__r', 'x__l'] } },
    );
    check(
      'does not mind a field that is gone and was empty',
      edited(r => delete r['empty']),
      { base, changes: {} },
    );
    check(
      'does not mind a companion that is gone',
      edited(r => delete r['owner__r']),
      { base, changes: {} },
    );
    check(
      'refuses another owner',
      edited(r => (r['owner'] = ['1001'])),
      { problem: { code: 'ownerChanged' } },
    );
    check(
      'refuses read-only fields and names them',
      edited(r => Object.assign(r, { version: '4', _id: 'j', name: 'm' })),
      {
        problem: { code: 'readOnly', fields: ['_id', 'version'] },
      },
    );
    check(
      'refuses a field that was taken out',
      edited(r => delete r['amount']),
      {
        problem: { code: 'removed', fields: ['amount'] },
      },
    );
    for (const text of ['[]', 'null', '"x"', '1.10'])
      check(`refuses ${text}`, text, { problem: { code: 'notARecord' } });

    it('refuses what is not JSON and says why', () => {
      const whyNot = (text: string) => {
        const outcome = changesIn(text, [base]);
        assert.ok('problem' in outcome && outcome.problem.code === 'notJson');
        return [outcome.problem.line, outcome.problem.error];
      };
      assert.deepEqual(whyNot(''), [1, 'ValueExpected']);
      assert.deepEqual(whyNot('{"name":"m",}'), [1, 'PropertyNameExpected']);
      assert.deepEqual(whyNot('// x\n{}'), [1, 'InvalidCommentToken']);
      assert.deepEqual(whyNot('{\n  "name": "m"\n  "level": "1"\n}'), [3, 'CommaExpected']);
    });
  });

  describe('changesIn, where the record was read more than once', () => {
    const first = read(
      '{"_id":"i","name":"n","level":"1","sum":"1","version":"3","last_modified_time":100,"owner":["1"]}',
    );
    const second = { ...first, level: '2', sum: '2', version: '4', last_modified_time: 200, owner: ['2'] };
    const check = (name: string, text: JsonObject, readings: JsonObject[], expected: unknown) =>
      it(name, () => assert.deepEqual(changesIn(printJson(text), readings), expected));

    check('compares with the reading that the text was made from', { ...first, name: 'm' }, [first, second], {
      base: first,
      changes: { name: 'm' },
    });
    check('compares with the newest where the text was made from that', { ...second, name: 'm' }, [first, second], {
      base: second,
      changes: { name: 'm' },
    });
    check(
      'takes system fields of another reading for no change',
      { ...first, name: 'm', owner: ['2'] },
      [first, second],
      { base: first, changes: { name: 'm' } },
    );
    const silent = { ...first, sum: '2' };
    check('tells readings of the same version apart by the rest', { ...first, name: 'm' }, [first, silent], {
      base: first,
      changes: { name: 'm' },
    });
    check(
      'does not miss a system field that came with another reading',
      first,
      [first, { ...second, lock_user: ['1'] }],
      {
        base: first,
        changes: {},
      },
    );
    check('still refuses an owner that no reading had', { ...first, owner: ['9'] }, [first, second], {
      problem: { code: 'ownerChanged' },
    });
    check('knows no base of a text older than all that is known, but what differs', { ...first, name: 'm' }, [second], {
      base: undefined,
      changes: { name: 'm', level: '1', sum: '1' },
    });
    check(
      'has nothing to save in an older text that differs in system fields only',
      first,
      [{ ...first, version: '4', last_modified_time: 200 }],
      { base: undefined, changes: {} },
    );
  });
});

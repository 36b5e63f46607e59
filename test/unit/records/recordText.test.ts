import assert from 'node:assert/strict';
import { isJsonObject, parseJson, printJson, type JsonObject } from '../../../src/base/json';
import { changesIn, conflicts, recordText, type RecordTextOptions } from '../../../src/records/recordText';

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
      it(name, () => assert.deepEqual(changesIn(text, base), expected));

    check('finds nothing in the text as it was shown', recordText(base, { showCompanions: false }), { changes: {} });
    check(
      'finds nothing in other space and order',
      '{"list":[ 1,2 ],\n"name":"n","amount":1.10,' + '"empty":null,"version":"3","owner":["1000"],"_id":"i"}',
      { changes: {} },
    );
    check(
      'finds a changed, an added and an emptied field',
      edited(r => Object.assign(r, { name: 'm', x: 1, list: null })),
      {
        changes: { name: 'm', list: null, x: 1 },
      },
    );
    check(
      'does not count a field that is null and was not there',
      edited(r => (r['x'] = null)),
      { changes: {} },
    );
    check(
      'finds a change of digits alone',
      edited(r => (r['amount'] = 1.1)),
      { changes: { amount: 1.1 } },
    );
    check(
      'never sends companions',
      edited(r => Object.assign(r, { owner__r: 'y', x__l: [] })),
      { changes: {} },
    );
    check(
      'does not mind a companion that is gone',
      edited(r => delete r['owner__r']),
      { changes: {} },
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
      for (const text of ['', '{"name":"m",}', '// x\n{}']) {
        const outcome = changesIn(text, base);
        assert.ok('problem' in outcome && outcome.problem.code === 'notJson' && outcome.problem.message !== '');
      }
    });
  });

  describe('conflicts', () => {
    const check = (name: string, mine: JsonObject, theirs: JsonObject, expected: string[]) =>
      it(name, () => assert.deepEqual(conflicts(mine, { a: 1, b: [1], c: null }, theirs), expected));
    check('finds none where nobody else changed anything', { a: 2 }, { a: 1, b: [1] }, []);
    check('finds none in other fields', { a: 2 }, { a: 1, b: [2], d: 1 }, []);
    check('finds a field that both changed', { a: 2, b: [3] }, { a: 3, b: [2] }, ['a', 'b']);
    check('finds none where both made the same change', { a: 2 }, { a: 2, b: [1] }, []);
    check('finds a field that someone emptied', { a: 2 }, { b: [1] }, ['a']);
    check('finds a field that someone filled', { c: 1 }, { a: 1, b: [1], c: 2 }, ['c']);
  });
});

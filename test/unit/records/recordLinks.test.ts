import assert from 'node:assert/strict';
import { fieldsOf } from '../../../src/objects/fields';
import { recordLinks } from '../../../src/records/recordLinks';

const fields = fieldsOf({
  fields: {
    account_id: { type: 'object_reference', target_api_name: 'AccountObj' },
    master: { type: 'master_detail', target_api_name: 'object_m__c' },
    many: { type: 'object_reference_many', target_api_name: 'ContactObj' },
    name: { type: 'text' },
    nowhere: { type: 'object_reference' },
  },
});
const id = '64f0c0ffee00000000000001';

describe('records/recordLinks', () => {
  const check = (name: string, value: object, expected: [object: string, id: string, name?: string][]) =>
    it(name, () => {
      const text = JSON.stringify(value, null, 2);
      const links = recordLinks(text, { fields, record: { account_id: id, account_id__r: '王府井百货' } });
      assert.deepEqual(
        links.map(link => [link.object, link.id, ...(link.name === undefined ? [] : [link.name])]),
        expected,
      );
      for (const { start, end, id: target } of links) assert.equal(text.slice(start, end), target);
    });
  check('leads to what a look-up points to, by name where that came along', { account_id: id, master: id }, [
    ['AccountObj', id, '王府井百货'],
    ['object_m__c', id],
  ]);
  check('gives no name of another record', { account_id: '1001' }, [['AccountObj', '1001']]);
  check('leads to each of many', { many: ['1', '2'] }, [
    ['ContactObj', '1'],
    ['ContactObj', '2'],
  ]);
  check(
    'leads nowhere from other fields, empty ones and what is no id',
    { name: id, nowhere: id, account_id: '', master: null },
    [],
  );

  it('leads nowhere while no description is known', () =>
    assert.deepEqual(recordLinks(JSON.stringify({ account_id: id }), { fields: undefined, record: {} }), []));
});

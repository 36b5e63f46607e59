import assert from 'node:assert/strict';
import { readObjectList } from '../../../src/objects/objectList';
import { objectsNamedLike, prepareNames } from '../../../src/objects/objectFilter';

const objects = readObjectList({
  objects: [
    { api_name: 'AccountObj', display_name: '客户' },
    { api_name: 'ContactObj', display_name: '联系人' },
    { api_name: 'LeadsObj', display_name: '线索（我们的叫法）' },
    { api_name: 'object_a1__c', display_name: '客户回访' },
    { api_name: 'StockObj', display_name: '库存' },
  ],
});

describe('objects/objectFilter', () => {
  const check = (typed: string, ...expected: string[]) =>
    it(`“${typed}” finds ${expected.join(', ') || 'nothing'}`, () => {
      const found = objectsNamedLike(objects, typed).map(({ apiName }) => apiName);
      assert.deepEqual(found, expected);
    });
  check('客户', 'AccountObj', 'object_a1__c');
  check('kh', 'AccountObj', 'object_a1__c');
  check('lxr', 'ContactObj');
  check('ACCOUNT', 'AccountObj');
  check('contact', 'ContactObj');
  check('__c', 'object_a1__c');
  // The menu's own name beside the tenant's.
  check('销售线索', 'LeadsObj');
  check('我们', 'LeadsObj');
  check('客户 hf', 'object_a1__c');
  check('obj stock', 'StockObj');
  check('nothing like it');

  it('finds the same when the names were made ready before', async () => {
    const others = readObjectList({ objects: [{ api_name: 'StockObj', display_name: '库存' }] });
    assert.equal(await prepareNames(others, () => true), true);
    assert.deepEqual(objectsNamedLike(others, 'kc'), others);
  });

  it('puts names that begin so before those that only hold it', () => {
    const like = objectsNamedLike(objects, 'c').map(({ apiName }) => apiName);
    assert.deepEqual(like.slice(0, 1), ['ContactObj']);
    assert.ok(like.includes('AccountObj'));
  });
});

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { isJsonObject, parseJson, type JsonObject } from '../../../src/base/json';
import entries from '../../../src/objects/catalogue.json';
import { displayName, type CrmObject } from '../../../src/objects/crmObject';
import { byGroup, inOrder, readObjectList } from '../../../src/objects/objectList';

const v2 = (...objects: JsonObject[]): JsonObject => ({ errorCode: 0, data: { objects } });
const account = {
  describeApiName: 'AccountObj',
  describeDisplayName: '客户档案',
  defineType: 'package',
  isActive: true,
};

describe('objects/crmObject', () => {
  describe('readObjectList', () => {
    const check = (name: string, body: JsonObject, expected: Partial<CrmObject>[]) =>
      it(name, () => {
        const objects = readObjectList(body);
        assert.equal(objects.length, expected.length);
        expected.forEach((each, i) => assert.deepEqual({ ...objects[i], ...each }, objects[i]));
      });

    check('reads the current answer, the tenant’s label first', v2(account), [
      { apiName: 'AccountObj', label: '客户档案', englishName: 'Account', kind: 'preset', group: 'Customers & leads' },
    ]);
    check('reads the obsolete answer', { objects: [{ api_name: 'AccountObj', display_name: '客户' }] }, [
      { apiName: 'AccountObj', label: '客户', kind: 'preset', group: 'Customers & leads' },
    ]);
    check('leaves out inactive objects', v2({ ...account, isActive: false }, { describeApiName: 'ContactObj' }), [
      { apiName: 'ContactObj' },
    ]);
    check('takes the published name where the tenant gives none', v2({ describeApiName: 'ABTestObj' }), [
      { apiName: 'ABTestObj', label: '营销AB测试', englishName: undefined, kind: 'preset', group: 'Other objects' },
    ]);
    check(
      'takes the API name where nobody gives one',
      v2({ describeApiName: 'NewThingObj', describeDisplayName: '' }),
      [{ apiName: 'NewThingObj', label: 'NewThingObj', group: 'Other objects' }],
    );
    check(
      'tells custom objects by their name',
      v2({ describeApiName: 'object_x__c', describeDisplayName: '合同台账' }),
      [{ apiName: 'object_x__c', label: '合同台账', kind: 'custom', group: 'Custom objects' }],
    );
    it('takes the word of a tenant for a name, and marks what a sandbox has from the catalogue by a pattern only', () => {
      const inferred = entries.filter(({ confidence }) => confidence === 'inferred').map(({ apiName }) => apiName);
      const body = v2(account, ...inferred.map(describeApiName => ({ describeApiName })));
      const marked = (isSandbox: boolean) => readObjectList(body, isSandbox).filter(({ unverified }) => unverified);
      assert.deepEqual(marked(false), []);
      assert.ok(inferred.length > 0);
      assert.deepEqual(
        marked(true).map(({ apiName }) => apiName),
        inferred,
      );
    });
    check('leaves out what has no name', v2({ describeDisplayName: 'x' }, { describeApiName: 7 }), []);
    check('finds nothing where there is nothing', { errorCode: 0 }, []);
    check('finds nothing in another shape', { data: { objects: { AccountObj: {} } } }, []);

    it('reads the published sample', () => {
      const body = parseJson(fs.readFileSync('test/fixtures/samples/object_list.json', 'utf8'));
      assert.ok(isJsonObject(body));
      const objects = readObjectList(body);
      assert.ok(objects.length > 0);
      for (const { apiName, label } of objects) assert.ok(apiName !== '' && label !== '');
    });
  });

  const object = (apiName: string, label: string, group: string, englishName?: string): CrmObject => ({
    apiName,
    label,
    englishName,
    kind: group === 'Custom objects' ? 'custom' : 'preset',
    group,
  });
  const objects = [
    object('object_b__c', '合同', 'Custom objects'),
    object('SalesOrderObj', '销售订单', 'Orders & fulfilment', 'Sales Order'),
    object('ContactObj', '联系人', 'Customers & leads', 'Contact'),
    object('AccountObj', '客户', 'Customers & leads', 'Account'),
  ];

  it('shows the English name where it is asked for and known', () => {
    assert.equal(displayName(objects[3]!, 'en'), 'Account');
    assert.equal(displayName(objects[3]!, 'zh'), '客户');
    assert.equal(displayName(objects[0]!, 'en'), '合同');
  });

  describe('byGroup', () => {
    const check = (language: 'zh' | 'en', expected: [string, string[]][]) =>
      it(`sorts groups as the catalogue does and objects by their ${language} name`, () => {
        const before = [...objects];
        assert.deepEqual(
          byGroup(objects, language).map(([group, members]) => [group, members.map(each => each.apiName)]),
          expected,
        );
        assert.deepEqual(objects, before);
      });
    const rest: [string, string[]][] = [
      ['Orders & fulfilment', ['SalesOrderObj']],
      ['Custom objects', ['object_b__c']],
    ];
    check('en', [['Customers & leads', ['AccountObj', 'ContactObj']], ...rest]);
    // kè hù before lián xì rén
    check('zh', [['Customers & leads', ['AccountObj', 'ContactObj']], ...rest]);

    it('loses no object that the tenant has', () => {
      const read = readObjectList(v2(account, { describeApiName: 'NewThingObj' }, { describeApiName: 'object_x__c' }));
      assert.deepEqual(
        inOrder(read, 'zh').map(({ apiName }) => apiName),
        ['AccountObj', 'NewThingObj', 'object_x__c'],
      );
    });
  });
});

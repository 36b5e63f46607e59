import assert from 'node:assert/strict';
import { fieldTypes } from '../../../src/sandbox/tenant/field';
import { column, dataCalls, startTestSandbox, type Row, type TestSandbox } from './client';

const optionTypes = ['select_one', 'select_many', 'record_type', 'tag', 'country', 'province', 'city', 'district'];

describe('objects of the sandbox', () => {
  let sandbox: TestSandbox;
  let objects: Row[];
  let fields: Row[];
  const data = dataCalls(() => sandbox);
  const describeObject = async (apiName: unknown): Promise<Row> =>
    (await sandbox.call('/cgi/crm/v2/object/describe', { data: { apiName } })).data.describe;
  before(async () => {
    sandbox = await startTestSandbox();
    objects = (await sandbox.call('/cgi/crm/v2/object/list', {})).data.objects;
    const described = await Promise.all(objects.map(object => describeObject(object.describeApiName)));
    fields = described.flatMap((object): Row[] => Object.values(object.fields as Record<string, Row>));
  });
  after(() => sandbox.close());

  it('are all preset objects of the catalogue and three custom ones', () => {
    const kind = (type: string) =>
      column(
        objects.filter(object => object.defineType === type),
        'describeApiName',
      );
    assert.ok(kind('package').length >= 207);
    for (const name of ['AccountObj', 'WebImVisitorObj', 'BpmInstance', 'stageRuntime'])
      assert.ok(kind('package').includes(name));
    assert.deepEqual(kind('custom'), ['object_store_check__c', 'object_store_check_item__c', 'object_lease__c']);
  });

  it('have fields of every documented type', () => {
    assert.deepEqual([...new Set(column(fields, 'type'))].sort(), [...fieldTypes].sort());
  });

  it('name the target of every look-up, and it is an object of the tenant', () => {
    const names = new Set(column(objects, 'describeApiName'));
    const wrong = fields.filter(
      field => field.target_api_name !== undefined && !names.has(String(field.target_api_name)),
    );
    assert.deepEqual(wrong, []);
  });

  it('give options to every select field', () => {
    const bare = fields.filter(field => optionTypes.includes(String(field.type)) && !(field.options?.length > 0));
    assert.deepEqual(
      bare.map(field => `${field.describe_api_name}.${field.api_name}`),
      [],
    );
  });

  it('carry the system fields', async () => {
    const { fields: map } = await describeObject('MemberObj');
    for (const name of ['_id', 'name', 'owner', 'life_status', 'lock_status', 'record_type', 'version'])
      assert.ok(map[name]);
  });

  it('have Chinese labels for options', async () => {
    const { account_level: level } = (await describeObject('AccountObj')).fields;
    assert.deepEqual(level.options[0], { label: '重要客户', value: '1', child_options: [] });
  });

  const check = (title: string, body: unknown, errorCode: number) =>
    it(`are described with ${title}: ${errorCode}`, async () => {
      assert.equal((await sandbox.call('/cgi/crm/v2/object/describe', body)).errorCode, errorCode);
    });
  check('both in data', { data: { apiName: 'ProductObj', includeDetail: true } }, 0);
  check('includeDetail at the top', { data: { apiName: 'ProductObj' }, includeDetail: true }, 0);
  check('both at the top', { apiName: 'ProductObj', includeDetail: true }, 0);
  check('an unknown name', { data: { apiName: 'NopeObj' } }, 15002);
  check('no name', { data: {} }, 15002);

  it('each have records, and the main ones a hundred', async () => {
    const empty = [];
    for (const name of column(objects, 'describeApiName')) {
      const answer = await data.query(name, { limit: 1 });
      // The legacy opportunity process has no data endpoints at all.
      if (name === 'SaleActionNewObj') assert.equal(answer.errorCode, 15002);
      else if (!(answer.data?.total >= 3)) empty.push(name);
    }
    assert.deepEqual(empty, []);
    for (const name of ['AccountObj', 'LeadsObj', 'ContactObj', 'WebImVisitorObj', 'SalesOrderObj', 'CasesObj']) {
      assert.ok((await data.query(name)).data.total >= 100, name);
    }
  });

  it('refuse writing to objects of a process engine', async () => {
    assert.equal((await data.create('BpmInstance', { name: 'x' })).errorCode, 15002);
    assert.equal((await data.query('BpmInstance')).errorCode, 0);
  });

  it('refuse a custom object on a preset path, and serve a preset one on a custom path', async () => {
    const body = (name: string) => ({ data: { dataObjectApiName: name, search_query_info: { limit: 1, offset: 0 } } });
    assert.equal((await sandbox.call('/cgi/crm/v2/data/query', body('object_lease__c'))).errorCode, 15002);
    assert.equal((await sandbox.call('/cgi/crm/custom/v2/data/query', body('AccountObj'))).errorCode, 0);
  });

  it('show employees and departments as records', async () => {
    const people = (await data.query('PersonnelObj', { limit: 100 })).data.dataList;
    assert.equal(people[0].user_id, '1000');
    assert.match(String(people[0].phone), /^138000\d{5}$/);
    const departments = (await data.query('DepartmentObj')).data.dataList;
    assert.equal(departments[0].name, '全公司');
  });
});

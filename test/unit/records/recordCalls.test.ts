import assert from 'node:assert/strict';
import { parseJson, printJson } from '../../../src/base/json';
import * as calls from '../../../src/records/recordCalls';
import type { CrmClient } from '../../../src/api/crmClient';
import { FakeTenant, permit, type Reply } from '../fakes';

const id = '64f0c0ffee00000000000001';
const ids = ['64f0c0ffee00000000000001', '64f0c0ffee00000000000002'];

describe('records/recordCalls', () => {
  const check = (name: string, path: string, call: (client: CrmClient) => Promise<unknown>, body: unknown) =>
    it(name, async () => {
      const tenant = new FakeTenant();
      await call(tenant.client());
      assert.deepEqual(
        tenant.sent.map(sent => [sent.url.pathname, sent.body as unknown]),
        [[path, body]],
      );
    });
  const preset = '/cgi/crm/v2/data';
  const custom = '/cgi/crm/custom/v2/data';

  check('gets', `${preset}/get`, client => calls.getRecord(client, 'AccountObj', id), {
    data: { dataObjectApiName: 'AccountObj', objectDataId: id },
  });
  check('gets a custom one', `${custom}/get`, client => calls.getRecord(client, 'object_x__c', id), {
    data: { dataObjectApiName: 'object_x__c', objectDataId: id },
  });
  check(
    'queries',
    `${preset}/query`,
    client =>
      calls.queryRecords(client, 'AccountObj', {
        limit: 100,
        filters: [{ field_name: 'name', field_values: ['x'], operator: 'LIKE' }],
        orders: [{ fieldName: '_id', isAsc: true }],
        fields: ['_id', 'name'],
      }),
    {
      data: {
        dataObjectApiName: 'AccountObj',
        find_explicit_total_num: true,
        search_query_info: {
          limit: 100,
          offset: 0,
          filters: [{ field_name: 'name', field_values: ['x'], operator: 'LIKE' }],
          orders: [{ fieldName: '_id', isAsc: true }],
          fieldProjection: ['_id', 'name'],
        },
      },
    },
  );
  check(
    'queries everything',
    `${custom}/query`,
    client => calls.queryRecords(client, 'object_x__c', { count: false }),
    {
      data: {
        dataObjectApiName: 'object_x__c',
        find_explicit_total_num: false,
        search_query_info: { limit: 50, offset: 0, filters: [] },
      },
    },
  );
  check(
    'creates',
    `${preset}/create`,
    client => calls.createRecord(client, 'AccountObj', { name: 'x' }, undefined, { permit }),
    { data: { object_data: { dataObjectApiName: 'AccountObj', name: 'x' } } },
  );
  check(
    'creates with details',
    `${preset}/create`,
    client =>
      calls.createRecord(client, 'SalesOrderObj', { name: 'x' }, { SalesOrderProductObj: [{ a: 1 }] }, { permit }),
    {
      data: {
        object_data: { dataObjectApiName: 'SalesOrderObj', name: 'x' },
        details: { SalesOrderProductObj: [{ a: 1 }] },
      },
    },
  );
  check(
    'updates',
    `${preset}/update`,
    client => calls.updateRecord(client, 'AccountObj', id, { name: 'x' }, { permit }),
    {
      data: { object_data: { _id: id, dataObjectApiName: 'AccountObj', name: 'x' } },
    },
  );
  check(
    'updates the record that it names, whatever the data say',
    `${preset}/update`,
    client =>
      calls.updateRecord(
        client,
        'AccountObj',
        id,
        { _id: ids[1]!, dataObjectApiName: 'ContactObj', name: 'x' },
        { permit },
      ),
    { data: { object_data: { _id: id, dataObjectApiName: 'AccountObj', name: 'x' } } },
  );
  check(
    'creates in the object that it names, whatever the data say',
    `${preset}/create`,
    client =>
      calls.createRecord(client, 'AccountObj', { dataObjectApiName: 'ContactObj', name: 'x' }, undefined, { permit }),
    { data: { object_data: { dataObjectApiName: 'AccountObj', name: 'x' } } },
  );
  check(
    'changes the owner',
    `${preset}/changeOwner`,
    client => calls.changeOwner('1001').send(client, 'AccountObj', ids, { permit }),
    { data: { dataObjectApiName: 'AccountObj', Data: ids.map(each => ({ objectDataId: each, ownerId: ['1001'] })) } },
  );
  for (const [acting, owner] of [
    ['1000', 'FSUID_1'],
    ['FSUID_1', '1001'],
    ['FSUID_1', 'FSUID_2'],
  ] as const) {
    it(`says in which form the new owner is named where the style takes another: ${owner} by ${acting}`, async () => {
      const tenant = new FakeTenant();
      await calls.changeOwner(owner).send(tenant.client({ userId: acting }), 'AccountObj', [id], { permit });
      const { convertUserId, data } = tenant.calls[0]?.body ?? {};
      assert.equal(data.Data[0].ownerId[0], owner);
      assert.equal(convertUserId, { FSUID_1: true, '1001': false, FSUID_2: undefined }[owner]);
    });
  }
  check('invalidates', `${preset}/invalid`, client => calls.invalidate.send(client, 'AccountObj', [id], { permit }), {
    data: { object_data_id: id, dataObjectApiName: 'AccountObj' },
  });
  check('recovers', `${preset}/recover`, client => calls.recover.send(client, 'AccountObj', ids, { permit }), {
    data: { idList: ids, dataObjectApiName: 'AccountObj' },
  });
  check('deletes', `${custom}/delete`, client => calls.remove.send(client, 'object_x__c', ids, { permit }), {
    data: { idList: ids, dataObjectApiName: 'object_x__c' },
  });
  for (const [name, call] of [
    ['lock', calls.lock],
    ['unlock', calls.unlock],
  ] as const)
    check(`${name}s`, `/cgi/crm/v2/object/${name}`, client => call.send(client, 'AccountObj', ids, { permit }), {
      data: { dataObjectApiName: 'AccountObj', dataIds: ids, detailObjStrategy: 1 },
    });

  it('takes as many records in one call as is known to work', () => {
    const { invalidate, recover, remove, lock, unlock, changeOwner } = calls;
    assert.equal(invalidate.most, 1);
    assert.deepEqual(new Set([recover, remove, lock, unlock, changeOwner('1')].map(({ most }) => most)), new Set([30]));
  });

  it('sends digits as they are', async () => {
    const tenant = new FakeTenant();
    const data = parseJson('{"amount":1.10,"n":9007199254740993}') as Record<string, never>;
    await calls.updateRecord(tenant.client(), 'AccountObj', id, data, { permit });
    assert.ok(tenant.sent[0]!.text.includes('"amount":1.10,"n":9007199254740993'));
  });

  describe('reads', () => {
    const reads = (name: string, reply: Reply, call: (client: CrmClient) => Promise<object>, expected: object) =>
      it(name, async () => {
        const result = await call(new FakeTenant(() => reply).client());
        const { answer, ...rest } = result as { answer: unknown };
        assert.ok(answer);
        assert.equal(printJson(rest), printJson(expected as Record<string, never>));
      });
    const query = (client: CrmClient) => calls.queryRecords(client, 'AccountObj', {});
    const create = (client: CrmClient) => calls.createRecord(client, 'AccountObj', {}, undefined, { permit });
    const get = (client: CrmClient) => calls.getRecord(client, 'AccountObj', id);

    reads('a record', { errorCode: 0, data: { _id: id } }, get, { record: { _id: id } });
    reads('no record', { errorCode: 0 }, get, { record: {} });
    const page = { dataList: [{ _id: '1' }, null, { _id: '2' }], total: 123, offset: 0, limit: 100 };
    reads('a page', { errorCode: 0, data: page }, query, { records: [{ _id: '1' }, { _id: '2' }], total: 123 });
    reads('a page at the top level', { errorCode: 0, ...page }, query, {
      records: [{ _id: '1' }, { _id: '2' }],
      total: 123,
    });
    reads('an empty page', { errorCode: 0, data: {} }, query, { records: [], total: 0 });
    reads('the id of a new record', { errorCode: 0, dataId: id }, create, { id });
    reads('an id inside data', { errorCode: 0, data: { _id: id } }, create, { id });
    it('no id where the answer has none', async () => {
      assert.equal((await create(new FakeTenant().client())).id, undefined);
    });
  });

  it('sends no write without a permit for the tenant', async () => {
    const tenant = new FakeTenant();
    const other = tenant.client({ id: 'c2' });
    await assert.rejects(calls.remove.send(other, 'AccountObj', ids, { permit }));
    assert.equal(tenant.sent.length, 0);
  });
});

import assert from 'node:assert/strict';
import { column, dataCalls, startTestSandbox, type Row, type TestSandbox } from './client';

describe('writes to the sandbox', () => {
  let sandbox: TestSandbox;
  let now = Date.UTC(2026, 0, 1);
  const data = dataCalls(() => sandbox);
  before(async () => (sandbox = await startTestSandbox({ clock: () => now })));
  after(() => sandbox.close());

  const created = async (object: string, fields: Record<string, unknown>) => {
    const answer = await data.create(object, fields);
    assert.equal(answer.errorCode, 0, answer.errorMessage);
    return answer.dataId;
  };
  const read = async (object: string, id: unknown): Promise<Row> => (await data.get(object, id)).data;

  it('create sets what the CRM keeps itself', async () => {
    const { dataId } = await data.create('AccountObj', { name: '新客户', annual_revenue: 100.5 }, {}, '1002');
    const record = await read('AccountObj', dataId);
    const { created_by, owner, version, life_status, lock_status, record_type, is_deleted, create_time } = record;
    assert.deepEqual(
      { created_by, owner, version, life_status, lock_status, record_type, is_deleted, create_time },
      {
        created_by: ['1002'],
        owner: ['1002'],
        version: '1',
        life_status: 'normal',
        lock_status: '0',
        record_type: 'default__c',
        is_deleted: false,
        create_time: now,
      },
    );
    assert.deepEqual(record.relevant_team[0].teamMemberEmployee, ['1002']);
    assert.equal(record.annual_revenue, '100.5');
    assert.equal(record.owner_department, '华北销售部');
  });

  it('create puts the record at the end by _id, and queries find it', async () => {
    const id = await created('LeadsObj', { name: '最后一个' });
    const page = await data.query('LeadsObj', { limit: 1, orders: [{ fieldName: '_id', isAsc: false }] });
    assert.equal(page.data.dataList[0]._id, id);
    const byName = await data.query('LeadsObj', {
      filters: [{ field_name: 'name', operator: 'EQ', field_values: ['最后一个'] }],
    });
    assert.equal(byName.data.total, 1);
  });

  it('create numbers what is numbered automatically', async () => {
    const [account] = (await data.query('AccountObj', { limit: 1 })).data.dataList;
    const order = await read('SalesOrderObj', await created('SalesOrderObj', { account_id: account._id }));
    assert.match(String(order.name), /^SO20260101-\d{6}$/);
    assert.equal(order.account_id__r, account.name);
  });

  it('create writes detail rows with their master', async () => {
    const [account] = (await data.query('AccountObj', { limit: 1 })).data.dataList;
    const [product] = (await data.query('ProductObj', { limit: 1 })).data.dataList;
    const details = {
      SalesOrderProductObj: [
        { product_id: product._id, quantity: '3' },
        { product_id: product._id, quantity: 5 },
      ],
    };
    const { dataId } = await data.create('SalesOrderObj', { account_id: account._id }, { details });
    const rows: Row[] = (await read('SalesOrderObj', dataId)).details.SalesOrderProductObj;
    assert.deepEqual(
      rows.map((row): unknown => row.containerDocument.quantity),
      ['3', '5'],
    );
    assert.equal(rows[0].containerDocument.order_id, dataId);
  });

  it('create writes nothing when a detail row is wrong', async () => {
    const [account] = (await data.query('AccountObj', { limit: 1 })).data.dataList;
    const before = (await data.query('SalesOrderObj')).data.total;
    const answer = await data.create(
      'SalesOrderObj',
      { account_id: account._id },
      { details: { SalesOrderProductObj: [{ quantity: '3' }] } },
    );
    assert.equal(answer.errorCode, 32000);
    assert.match(answer.errorMessage, /product_id/);
    assert.equal((await data.query('SalesOrderObj')).data.total, before);
  });

  it('create takes time and creator only when the switches say so', async () => {
    const fields = { dataObjectApiName: 'AccountObj', name: 'x', create_time: 1_600_000_000_000, created_by: ['1005'] };
    const plain = await data.run('AccountObj', 'create', { data: { object_data: fields } });
    assert.equal((await read('AccountObj', plain.dataId)).create_time, now);
    const switches = { hasSpecifyTime: true, hasSpecifyCreatedBy: true };
    const chosen = await read(
      'AccountObj',
      (await data.run('AccountObj', 'create', { ...switches, data: { object_data: fields } })).dataId,
    );
    assert.deepEqual([chosen.create_time, chosen.created_by], [1_600_000_000_000, ['1005']]);
  });

  it('work on custom objects, with a look-up to a preset one', async () => {
    const [account] = (await data.query('AccountObj', { limit: 1 })).data.dataList;
    const fields = { field_store__c: account._id, field_check_date__c: now };
    const { dataId } = await data.create('object_store_check__c', fields, {
      details: { object_store_check_item__c: [{ name: '门头招牌' }] },
    });
    const record = await read('object_store_check__c', dataId);
    assert.equal(record.field_store__c__r, account.name);
    assert.equal(record.details.object_store_check_item__c.length, 1);
  });

  it('keep every digit of a number', async () => {
    const body =
      '{"data":{"object_data":{"dataObjectApiName":"AccountObj","name":"x","annual_revenue":12345678901234567890.10}}}';
    const { dataId } = await sandbox.post('/cgi/crm/v2/data/create', body, await sandbox.headers());
    assert.equal((await read('AccountObj', dataId)).annual_revenue, '12345678901234567890.10');
  });

  it('update changes what is sent and nothing else, counts the version up and moves the time', async () => {
    const id = await created('AccountObj', { name: '旧名', tel: '13800000000', remark: '旧' });
    const before = await read('AccountObj', id);
    now += 5000;
    assert.equal((await data.update('AccountObj', id, { name: '新名', remark: null }, {}, '1003')).errorCode, 0);
    const after = await read('AccountObj', id);
    assert.deepEqual([after.name, after.tel, after.remark], ['新名', '13800000000', undefined]);
    assert.equal(after.version, '2');
    assert.equal(after.last_modified_time, Number(before.last_modified_time) + 5000);
    assert.deepEqual(after.last_modified_by, ['1003']);
    assert.deepEqual([after.create_time, after.created_by], [before.create_time, before.created_by]);
  });

  it('update accepts a whole record as it was read, companions, details and computed fields included', async () => {
    const [account] = (await data.query('AccountObj', { limit: 1 })).data.dataList;
    const whole = (await read('AccountObj', account._id)) as Record<string, unknown>;
    assert.ok(whole['contact_count']);
    const answer = await data.update('AccountObj', account._id, { ...whole, name: '新客户名' });
    assert.equal(answer.errorCode, 0, answer.errorMessage);
    assert.equal(answer.dataId, account._id);
    assert.equal((await read('AccountObj', account._id)).name, '新客户名');
    const changed = await data.update('AccountObj', account._id, { ...whole, contact_count: '999' });
    assert.match(changed.errorMessage, /contact_count/);
  });

  it('take a record type that the object has, and no other', async () => {
    const lease = (await data.query('object_lease__c', { limit: 1 })).data.dataList[0];
    const type = async (record_type: string) =>
      (await data.update('object_lease__c', lease._id, { record_type })).errorCode;
    assert.equal(await type('record_long__c'), 0);
    assert.equal((await read('object_lease__c', lease._id)).record_type, 'record_long__c');
    assert.equal(await type('record_other__c'), 32000);
  });

  it('keep the text beside an option "other"', async () => {
    const id = await created('AccountObj', { name: 'x', account_source: 'other', account_source__o: '朋友' });
    assert.equal((await read('AccountObj', id)).account_source__o, '朋友');
  });

  it('update changes and adds detail rows', async () => {
    const [account] = (await data.query('AccountObj', { limit: 1 })).data.dataList;
    const fields = { field_store__c: account._id, field_check_date__c: now };
    const item = 'object_store_check_item__c';
    const { dataId } = await data.create('object_store_check__c', fields, { details: { [item]: [{ name: '一' }] } });
    const row = (await read('object_store_check__c', dataId)).details[item][0];
    await data.update(
      'object_store_check__c',
      dataId,
      {},
      { details: { [item]: [{ _id: row.id, name: '改' }, { name: '二' }] } },
    );
    const names = column((await read('object_store_check__c', dataId)).details[item], 'name');
    assert.deepEqual(names, ['改', '二']);
  });

  const refuse = (title: string, fields: Record<string, unknown>, errorCode: number, named: RegExp) =>
    it(`refuse ${title} with ${errorCode}`, async () => {
      const answer = await data.create('AccountObj', { name: 'x', ...fields });
      assert.equal(answer.errorCode, errorCode);
      assert.match(answer.errorMessage, named);
    });
  refuse('a missing required field', { name: undefined }, 32000, /name/);
  refuse('an empty required field', { name: '' }, 32000, /name/);
  refuse('an unknown field', { nope: 1 }, 32000, /nope/);
  refuse('an unknown option', { account_level: '9' }, 32000, /account_level/);
  refuse('an option by its label', { account_level: '重要客户' }, 32000, /account_level/);
  refuse('an unknown option in a list', { business_scope: ['food', 'nope'] }, 32000, /business_scope/);
  refuse('text as a number', { annual_revenue: 'much' }, 32000, /annual_revenue/);
  refuse('text as a time', { last_followed_time: 'yesterday' }, 32000, /last_followed_time/);
  refuse('a number as text', { name: 5 }, 32000, /name/);
  refuse('text as a truth', { is_remind_recycling: 'yes' }, 32000, /is_remind_recycling/);
  refuse('an employee outside a list', { field_aT4x9__c: '1000' }, 32000, /field_aT4x9__c/);
  refuse('an unknown employee', { field_aT4x9__c: ['9999'] }, 30027, /field_aT4x9__c/);
  refuse('an unknown department', { data_own_department: ['1'] }, 30007, /data_own_department/);
  refuse('a look-up to nothing', { parent_account_id: 'nope' }, 32000, /parent_account_id/);
  refuse('a formula', { UDCal1__c: '1' }, 32000, /UDCal1__c/);
  refuse('a count', { contact_count: '1' }, 32000, /contact_count/);

  it('update refuses a new owner, an unknown record and an emptied required field', async () => {
    const id = await created('AccountObj', { name: 'x' });
    const check = async (fields: Record<string, unknown>, target: string, named: RegExp) => {
      const answer = await data.update('AccountObj', target, fields);
      assert.equal(answer.errorCode, 32000);
      assert.match(answer.errorMessage, named);
    };
    await check({ owner: ['1005'] }, id, /owner/);
    await check({ name: 'y' }, '64f0c0ffee00000000000001', /64f0c0ffee/);
    await check({ name: null }, id, /name/);
    assert.equal((await data.update('AccountObj', id, { owner: ['1000'] })).errorCode, 0);
    assert.equal((await read('AccountObj', id)).version, '2');
  });

  it('refuse object_data that is missing or names no object', async () => {
    assert.equal((await data.run('AccountObj', 'create', { data: {} })).errorCode, 15002);
    assert.equal((await data.run('AccountObj', 'create', { data: { object_data: { name: 'x' } } })).errorCode, 15002);
  });
});

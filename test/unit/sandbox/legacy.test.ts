import assert from 'node:assert/strict';
import { column, dataCalls, startTestSandbox, type Answer, type Row, type TestSandbox } from './client';

/** Request shapes as public SDKs send them: everything at the top of the body, people as FSUID_…. */
describe('the legacy calls of the sandbox', () => {
  let sandbox: TestSandbox;
  let corp: Record<string, unknown>;
  let me: string;
  const data = dataCalls(() => sandbox);
  const call = (path: string, body: Record<string, unknown> = {}) =>
    sandbox.post(`/cgi/${path}`, { ...corp, ...body }) as Promise<Answer & Record<string, any>>;
  const asMe = (path: string, body: Record<string, unknown> = {}) => call(path, { currentOpenUserId: me, ...body });
  before(async () => {
    sandbox = await startTestSandbox();
    const { appId, appSecret, permanentCode } = sandbox;
    const token = await sandbox.post('/cgi/corpAccessToken/get/V2', { appId, appSecret, permanentCode });
    corp = { corpAccessToken: token.corpAccessToken, corpId: token.corpId };
    me = ((await call('user/getByMobile', { mobile: '13800001002' }))['empList'] as Row[])[0].openUserId;
  });
  after(() => sandbox.close());

  it('find a person by mobile, or nobody', async () => {
    assert.match(me, /^FSUID_[0-9A-F]{32}$/);
    assert.deepEqual(await call('user/getByMobile', { mobile: '13900000000' }), {
      errorCode: 0,
      errorMessage: 'success',
      empList: [],
    });
  });

  it('know only the legacy token', async () => {
    assert.equal((await sandbox.call('/cgi/user/getByMobile', { mobile: '13800001002' })).errorCode, 20017);
    assert.equal((await sandbox.call('/cgi/crm/data/query', { apiName: 'AccountObj' })).errorCode, 20017);
    assert.equal((await call('crm/object/list')).errorCode, 10010);
  });

  it('list and describe objects in the old shapes', async () => {
    const objects = (await asMe('crm/object/list'))['objects'] as Row[];
    assert.deepEqual(
      objects.find(({ api_name }) => api_name === 'AccountObj'),
      {
        api_name: 'AccountObj',
        display_name: '客户',
      },
    );
    const { objectDesc } = await asMe('crm/object/describe', { apiName: 'AccountObj' });
    assert.equal(objectDesc.fields.name.is_required, true);
    assert.equal(objectDesc.fields.owner.is_need_convert, true);
  });

  it('create, update, get and query records', async () => {
    const created = await asMe('crm/data/create', { apiName: 'AccountObj', data: { name: '旧接口', owner: [me] } });
    assert.deepEqual(Object.keys(created), ['errorCode', 'errorMessage', 'dataId']);
    const { dataId } = created;
    assert.deepEqual(await asMe('crm/data/update', { apiName: 'AccountObj', dataId, data: { tel: '13800000000' } }), {
      errorCode: 0,
      errorMessage: 'success',
    });
    const record = (await asMe('crm/data/get', { apiName: 'AccountObj', dataId })).data;
    assert.deepEqual([record.tel, record.owner], ['13800000000', [me]]);
    const searchQuery = {
      offset: 0,
      limit: 1000,
      rangeConditions: [{ fieldName: 'create_time', from: record.create_time }],
      orders: [{ ascending: false, field: 'create_time' }],
    };
    const found = await asMe('crm/data/query', { apiName: 'AccountObj', searchQuery });
    assert.deepEqual([found['totalNumber'], column(found['datas'], '_id')], [1, [dataId]]);
  });

  it('give a thousand preset records at once, a hundred custom ones, and twenty unless asked', async () => {
    const query = (apiName: string, searchQuery: Record<string, unknown>) =>
      asMe('crm/data/query', { apiName, searchQuery });
    const all = await query('AccountObj', { offset: 0, limit: 1000 });
    assert.equal(all['datas'].length, all['totalNumber']);
    assert.equal((await query('AccountObj', {}))['datas'].length, 20);
    assert.equal((await query('AccountObj', { limit: 1001 })).errorCode, 15002);
    assert.equal((await query('object_lease__c', { limit: 101 })).errorCode, 15002);
    assert.equal((await query('AccountObj', { conditions: [{ a: 1 }] })).errorCode, 15002);
    assert.equal((await asMe('crm/data/query', { apiName: 'AccountObj' })).errorCode, 15002);
  });

  it('list people of a department with and without those below it', async () => {
    const list = (departmentId: number, fetchChild: boolean) =>
      call('user/list', { departmentId, fetchChild, showDepartmentIdsDetail: true });
    const names = async (departmentId: number, fetchChild: boolean) =>
      column((await list(departmentId, fetchChild))['userList'], 'name');
    assert.deepEqual(await names(1001, false), ['王晓敏']);
    assert.equal((await names(1001, true)).length, 10);
    assert.equal((await names(999999, true)).length, 24);
    assert.equal((await list(4711, false)).errorCode, 30007);
    const short = (await call('user/simpleList', { departmentId: 1002 }))['userList'] as Row[];
    assert.deepEqual(Object.keys(short[0] as object), ['openUserId', 'name', 'nickName']);
    const user = await call('user/get', { openUserId: me, showDepartmentIdsDetail: true });
    assert.deepEqual([user['name'], user['mobile'], user['mainDepartmentId']], ['张建国', '13800001002', 1002]);
    assert.equal((await call('user/get', { openUserId: 'FSUID_no' })).errorCode, 20012);
  });

  it('list people as they were changed', async () => {
    const now = Date.now();
    const changed = (startTime: number, endTime: number) =>
      call('user/get/batchByUpdTime', { startTime, endTime, pageSize: 10 });
    assert.equal((await changed(0, now))['totalCount'], 24);
    assert.equal((await changed(0, now))['employees'].length, 10);
    assert.equal((await changed(now, now + 60_000))['totalCount'], 0);
    const [person] = (await data.query('PersonnelObj', { limit: 1 })).data.dataList;
    await data.update('PersonnelObj', person._id, { position: '董事长' });
    const one = await changed(now, now + 60_000);
    assert.equal(one['employees'][0].position, '董事长');
  });

  it('make people and departments that can then be used everywhere', async () => {
    const department = { name: '西北销售部', parentId: 1001, principalOpenUserId: me };
    const { departmentId } = await call('department/add', { department });
    assert.equal(departmentId, 1009);
    assert.equal((await call('department/add', { department })).errorCode, 32000);
    const user = { account: 'x', password: 'never kept', name: '新人', mobile: '13800009999', mainDepartmentId: 1009 };
    const { openUserId } = await call('user/add', { user });
    assert.equal((await call('user/add', { user })).errorCode, 32000);
    const { dataId } = await call('crm/data/create', {
      currentOpenUserId: openUserId,
      apiName: 'AccountObj',
      data: { name: '新人的客户' },
    });
    const record = (await data.get('AccountObj', dataId)).data;
    assert.deepEqual([record.owner, record.owner__r.name, record.owner_department], [['1024'], '新人', '西北销售部']);
    await call('department/update', { department: { id: 1009, name: '西北区' } });
    const { department: detail } = await call('department/detail', { departmentId: 1009 });
    assert.deepEqual(
      [detail.name, detail.parentDepartmentId, detail.ancestors, detail.principalId],
      ['西北区', 1001, [1001, 999999], me],
    );
    const departments = (await call('department/list'))['departments'] as Row[];
    assert.deepEqual(departments.at(-1), { id: 1009, name: '西北区', parentId: 1001, isStop: false, order: 11 });
    assert.ok(!JSON.stringify(await call('user/get', { openUserId })).includes('never kept'));
  });

  it('keep a message, and check it as documented', async () => {
    const send = async (body: Record<string, unknown>, errorCode: number) =>
      assert.equal((await call('message/send', { toUser: [me], ...body })).errorCode, errorCode);
    await send({ msgType: 'text', text: { content: '你好' } }, 0);
    await send({ msgType: 'text', text: { content: '' } }, 12005);
    await send({ msgType: 'image' }, 12003);
    await send({ msgType: 'text', text: { content: 'x' }, toUser: undefined }, 10015);
    await send({ msgType: 'text', text: { content: 'x' }, toUser: Array.from({ length: 501 }, () => me) }, 11016);
    await send({ msgType: 'text', text: { content: 'x' }, toUser: ['FSUID_no'] }, 20012);
    await send({ msgType: 'articles', articles: [{ title: 'x'.repeat(46) }] }, 15002);
    await send({ msgType: 'articles', articles: [{ title: 'x', author: 'y' }] }, 0);
    await send({ msgType: 'composite', composite: { head: { title: 'x' } } }, 0);
    const headers = { 'x-sandbox-secret': sandbox.appSecret };
    const response = await fetch(`${sandbox.url}/sandbox/admin/messages`, { headers });
    const { messages } = (await response.json()) as { messages: Row[] };
    assert.equal(messages.length, 3);
    assert.deepEqual([messages[0].toUser, messages[0].text], [['1002'], { content: '你好' }]);
  });

  it('give a ticket for pages', async () => {
    const { ticket, expiresIn } = await call('jsApiTicket/get');
    assert.match(String(ticket), /^[0-9a-f]{32}$/);
    assert.ok(expiresIn > 0 && expiresIn <= 7200);
  });

  it('list the forms of collaborative approval', async () => {
    const types = column((await call('approvalTypeForms/get'))['approvalTypeForms'], 'name');
    assert.equal(types[0], '普通审批');
  });
});

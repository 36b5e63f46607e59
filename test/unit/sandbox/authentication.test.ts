import assert from 'node:assert/strict';
import { startTestSandbox, type TestSandbox } from './client';

const list = '/cgi/crm/v2/object/list';
const query = '/cgi/crm/v2/data/query';
const wrongToken = 'the cropId,cropAccessToken or authorization is error';

describe('authentication of the sandbox', () => {
  let sandbox: TestSandbox;
  let token: string;
  let corp: { corpAccessToken: string; corpId: string };
  before(async () => {
    sandbox = await startTestSandbox();
    token = (await sandbox.signIn()).accessToken;
    corp = { corpAccessToken: token, corpId: sandbox.corpId };
  });
  after(() => sandbox.close());

  const check = (
    title: string,
    make: () => { path?: string; body: unknown; headers?: Record<string, string> },
    errorCode: number,
    message?: string,
  ) =>
    it(`answers ${errorCode} to ${title}`, async () => {
      const { path = list, body, headers } = make();
      const answer = await sandbox.post(path, body, headers);
      assert.equal(answer.errorCode, errorCode);
      if (message !== undefined) assert.equal(answer.errorMessage, message);
    });
  const bearer = (value: string, more = {}) => ({
    authorization: `Bearer ${value}`,
    'x-fs-ea': 'sandbox',
    'x-fs-userid': '1000',
    ...more,
  });

  check('no authentication', () => ({ body: {} }), 20017, 'corpAccessToken为必填项，不能为空');
  check('no authentication and no body', () => ({ body: '' }), 20017);
  check('a good token', () => ({ body: {}, headers: bearer(token) }), 0);
  check('a false token', () => ({ body: {}, headers: bearer('NO') }), 20016, wrongToken);
  check('another enterprise', () => ({ body: {}, headers: bearer(token, { 'x-fs-ea': 'other' }) }), 20016, wrongToken);
  check('an unknown employee', () => ({ body: {}, headers: bearer(token, { 'x-fs-userid': '99' }) }), 30027);
  check('no employee', () => ({ body: {}, headers: bearer(token, { 'x-fs-userid': '' }) }), 10010);
  check('a false token in the body', () => ({ body: { ...corp, corpAccessToken: 'NO' } }), 20016, wrongToken);
  check('a false corpId', () => ({ body: { ...corp, corpId: 'FSCID_no' } }), 20016);
  check('body style without a user', () => ({ body: corp }), 10010);
  check('body style with an unknown user', () => ({ body: { ...corp, currentOpenUserId: 'FSUID_no' } }), 20012);
  check('an empty body', () => ({ body: '', headers: bearer(token) }), 12004);
  check('a body with a trailing comma', () => ({ body: '{"data":{},}', headers: bearer(token) }), 32000);
  check('a body that is no map', () => ({ body: '[]', headers: bearer(token) }), 32000);
  check(
    'an unknown path',
    () => ({ path: '/cgi/x', body: {} }),
    10006,
    'the request uri=[/cgi/x],apiName=[null] is not exists',
  );

  it('shows employees as FSUID_… in body style, and acts as the FSUID_… that is sent', async () => {
    const data = { dataObjectApiName: 'AccountObj', search_query_info: { limit: 1, offset: 0 } };
    const numbers = (await sandbox.post(query, { data }, bearer(token))).data.dataList[0];
    assert.match(String(numbers.owner[0]), /^\d{4}$/);
    const asHeader = await sandbox.post(query, { data, convertUserId: true }, bearer(token));
    const openUserId: string = asHeader.data.dataList[0].owner[0];
    assert.match(openUserId, /^FSUID_[0-9A-F]{32}$/);
    const body = { ...corp, currentOpenUserId: openUserId, data };
    assert.equal((await sandbox.post(query, body)).data.dataList[0].owner[0], openUserId);
    const unconverted = await sandbox.post(query, { ...body, convertUserId: false });
    assert.deepEqual(unconverted.data.dataList[0].owner, numbers.owner);
  });

  it('gives trace ids in the documented form', async () => {
    const known = await sandbox.post(list, {}, bearer(token));
    assert.match(known.traceId, /^E-O\.sandbox\.1000-\d{14}-[0-9a-f]{6}$/);
    const unknown = await sandbox.post(list, {});
    assert.match(unknown.traceId, /^E-O\.null\.-1000-/);
  });

  it('listens on loopback only', () => {
    assert.match(sandbox.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('makes new secrets at each start unless they are given', async () => {
    const other = await startTestSandbox();
    assert.notEqual(other.appSecret, sandbox.appSecret);
    assert.notEqual(other.permanentCode, sandbox.permanentCode);
    await other.close();
    const same = await startTestSandbox({ appSecret: 'a', permanentCode: 'b' });
    assert.deepEqual([same.appSecret, same.permanentCode], ['a', 'b']);
    await same.close();
  });
});

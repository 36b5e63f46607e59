import assert from 'node:assert/strict';
import { startTestSandbox, type Answer, type TestSandbox } from './client';

const list = '/cgi/crm/v2/object/list';
const back = 'http://127.0.0.1:9/callback?window=2';

describe('signing in to the sandbox as a person', () => {
  const start = Date.UTC(2026, 0, 1);
  let now = start;
  let sandbox: TestSandbox;
  before(async () => (sandbox = await startTestSandbox({ clock: () => now })));
  after(() => sandbox.close());
  beforeEach(() => (now = start));

  const good = () => ({
    responseType: 'code',
    appId: sandbox.appId,
    redirectUrl: back,
    state: 'a b&c',
    thirdTraceId: 'x',
  });
  const authorize = async (change: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...good(), ...change });
    for (const [name, value] of Object.entries(change)) if (value === '') query.delete(name);
    return fetch(`${sandbox.url}/oauth2.0/authorize?${query.toString()}`, { redirect: 'manual' });
  };
  const newCode = async (change = {}): Promise<string> => {
    const location = (await authorize(change)).headers.get('location') ?? '';
    return new URL(location).searchParams.get('code') ?? '';
  };
  const app = () => ({ appId: sandbox.appId, appSecret: sandbox.appSecret });
  const grant = (fields: Record<string, unknown>) => sandbox.post('/oauth2.0/token', { ...app(), ...fields });
  const exchange = (code: string, redirectUrl = back) => grant({ grantType: 'authorization_code', code, redirectUrl });
  type Pair = Answer & { refreshToken: string };
  const refresh = (refreshToken: string) => grant({ grantType: 'refresh_token', refreshToken }) as Promise<Pair>;
  const listAs = ({ accessToken, corpId, openUserId }: Answer) =>
    sandbox.post(list, { corpAccessToken: accessToken, corpId, currentOpenUserId: openUserId });

  it('sends the browser back with a code and the state', async () => {
    const response = await authorize();
    assert.equal(response.status, 302);
    const location = new URL(response.headers.get('location') ?? '');
    assert.equal(location.origin + location.pathname, 'http://127.0.0.1:9/callback');
    assert.deepEqual([...location.searchParams.keys()], ['window', 'code', 'state']);
    assert.equal(location.searchParams.get('state'), 'a b&c');
  });

  const refuse = (title: string, change: Record<string, string>, errorCode: number) =>
    it(`refuses ${title} with ${errorCode}`, async () => {
      const response = await authorize(change);
      assert.equal(response.status, 200);
      assert.equal(((await response.json()) as Answer).errorCode, errorCode);
    });
  refuse('no responseType', { responseType: '' }, 10005);
  refuse('another responseType', { responseType: 'token' }, 11005);
  refuse('no app', { appId: '' }, 10001);
  refuse('another app', { appId: 'FSAID_other' }, 11001);
  refuse('no redirectUrl', { redirectUrl: '' }, 10004);
  refuse('a redirectUrl that is none', { redirectUrl: 'javascript:alert(1)' }, 11004);
  refuse('no state', { state: '' }, 10007);
  refuse('a person who is not there', { sandboxUser: '99' }, 30027);

  it('gives a person, a token and a refresh token for a code, once', async () => {
    const code = await newCode({ sandboxUser: '1003' });
    const answer = (await exchange(code)) as Pair;
    assert.equal(answer.errorCode, 0, answer.errorMessage);
    assert.match(answer.openUserId, /^FSUID_/);
    assert.equal(answer.expiresIn, 7200);
    assert.match(answer.refreshToken, /^[0-9A-F]{32}$/);
    assert.equal((await listAs(answer)).errorCode, 0);
    assert.match((await listAs(answer)).traceId, /^E-O\.sandbox\.1003-/);
    assert.equal((await exchange(code)).errorCode, 20010);
  });

  it('keeps a code good when it comes with another redirectUrl, and for ten minutes', async () => {
    const code = await newCode();
    assert.equal((await exchange(code, 'http://127.0.0.1:9/other')).errorCode, 20010);
    now += 599_999;
    assert.equal((await exchange(code)).errorCode, 0);
    const late = await newCode();
    now += 600_000;
    assert.equal((await exchange(late)).errorCode, 20010);
  });

  it('gives a new pair for a refresh token, once and for two months', async () => {
    const first = (await exchange(await newCode())) as Pair;
    now += 7_200_000;
    assert.equal((await listAs(first)).errorCode, 20016);
    const second = await refresh(first.refreshToken);
    assert.equal(second.errorCode, 0);
    assert.notEqual(second.accessToken, first.accessToken);
    assert.equal((await listAs({ ...second, corpId: first.corpId })).errorCode, 0);
    assert.equal((await refresh(first.refreshToken)).errorCode, 20010);
    now += 60 * 86_400_000;
    assert.equal((await refresh(second.refreshToken)).errorCode, 20010);
  });

  it('never gives a personal token to the app itself', async () => {
    const personal = await exchange(await newCode());
    assert.notEqual((await sandbox.signIn()).accessToken, personal.accessToken);
  });

  it('tells who a log-in code is of', async () => {
    const body = { ...app(), code: await newCode({ sandboxUser: '1002' }) };
    const answer = await sandbox.post('/oauth2.0/getUserInfoByCode', body);
    assert.match(String(answer.data), /^FSUID_/);
    assert.equal((await sandbox.post('/oauth2.0/getUserInfoByCode', body)).errorCode, 20010);
  });

  it('does the same in the old way', async () => {
    const ticket = (await sandbox.post('/cgi/appAccessToken/get', app())) as Answer & { appAccessToken: string };
    assert.equal(ticket.expiresIn, 2_592_000);
    const { appAccessToken } = ticket;
    const answer = await sandbox.post('/oauth2/openUserId/get', { appAccessToken, code: await newCode() });
    assert.match(answer.openUserId, /^FSUID_/);
    assert.equal(answer.corpId, sandbox.corpId);
    const check = async (body: Record<string, unknown>, errorCode: number) =>
      assert.equal((await sandbox.post('/oauth2/openUserId/get', body)).errorCode, errorCode);
    await check({ code: 'x' }, 10003);
    await check({ appAccessToken: 'x', code: 'x' }, 20005);
    await check({ appAccessToken, code: 'x' }, 20010);
    await check({ appAccessToken }, 10008);
    assert.equal((await sandbox.post('/cgi/appAccessToken/get', { appId: sandbox.appId })).errorCode, 10006);
  });
});

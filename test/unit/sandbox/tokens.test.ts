import assert from 'node:assert/strict';
import { startTestSandbox, type TestSandbox } from './client';

describe('tokens of the sandbox', () => {
  const start = Date.UTC(2026, 0, 1);
  let now = start;
  let sandbox: TestSandbox;
  before(async () => (sandbox = await startTestSandbox({ clock: () => now })));
  after(() => sandbox.close());

  const good = () => ({ appId: sandbox.appId, appSecret: sandbox.appSecret, permanentCode: sandbox.permanentCode });
  const listObjects = (accessToken: string) =>
    sandbox.post(
      '/cgi/crm/v2/object/list',
      {},
      { authorization: `Bearer ${accessToken}`, 'x-fs-ea': sandbox.ea, 'x-fs-userid': '1000' },
    );

  it('are 32 upper-case hex digits and come with ea, appId and the corp id', async () => {
    const answer = await sandbox.signIn();
    assert.match(answer.accessToken, /^[0-9A-F]{32}$/);
    assert.match(answer.openUserId, /^FSCID_/);
    assert.equal(answer.ea, sandbox.ea);
    assert.equal(answer.expiresIn, 7200);
    assert.equal(answer.errorMessage, 'success');
  });

  it('stay the same for 6600 s, overlap until 7200 s and are then gone', async () => {
    now = start;
    const first = (await sandbox.signIn()).accessToken;
    now = start + 6_599_000;
    const again = await sandbox.signIn();
    assert.equal(again.accessToken, first);
    assert.equal(again.expiresIn, 601);
    now = start + 6_600_000;
    const second = (await sandbox.signIn()).accessToken;
    assert.notEqual(second, first);
    now = start + 7_199_000;
    assert.equal((await listObjects(first)).errorCode, 0);
    now = start + 7_200_000;
    assert.equal((await listObjects(first)).errorCode, 20016);
    assert.equal((await listObjects(second)).errorCode, 0);
  });

  it('live as long as they are told to, eleven twelfths of it the same', async () => {
    const brief = await startTestSandbox({ clock: () => now, tokenLife: 60 });
    try {
      now = start;
      const first = await brief.signIn();
      assert.equal(first.expiresIn, 60);
      now = start + 54_999;
      assert.equal((await brief.signIn()).accessToken, first.accessToken);
      now = start + 55_000;
      const second = await brief.signIn();
      assert.notEqual(second.accessToken, first.accessToken);
      now = start + 60_000;
      assert.equal((await brief.call('/cgi/crm/v2/object/list', {})).errorCode, 0);
      const headers = { authorization: `Bearer ${first.accessToken}`, 'x-fs-ea': brief.ea, 'x-fs-userid': '1000' };
      assert.equal((await brief.post('/cgi/crm/v2/object/list', {}, headers)).errorCode, 20016);
    } finally {
      await brief.close();
    }
  });

  it('are given by the legacy endpoint too', async () => {
    const answer = await sandbox.post('/cgi/corpAccessToken/get/V2', good());
    assert.equal(answer.errorCode, 0);
    assert.match(answer.corpAccessToken, /^[0-9A-F]{32}$/);
    assert.match(answer.corpId, /^FSCID_/);
  });

  const appSecretText = 'the parameter appSecret is missing or illegal';
  const check = (title: string, path: string, change: Record<string, unknown>, errorCode: number, message?: string) =>
    it(`refuse ${title} with ${errorCode}`, async () => {
      const answer = await sandbox.post(path, { ...good(), grantType: 'app_secret', ...change });
      assert.equal(answer.errorCode, errorCode);
      if (message !== undefined) assert.equal(answer.errorMessage, message);
      assert.equal(answer.accessToken, undefined);
    });
  for (const path of ['/oauth2.0/token', '/cgi/corpAccessToken/get/V2']) {
    check('a wrong secret', path, { appSecret: 'no' }, 10006, appSecretText);
    check('a missing secret', path, { appSecret: undefined }, 10006, appSecretText);
    check('a made-up app', path, { appId: 'FSAID_other' }, 10006, appSecretText);
    check('a missing app', path, { appId: undefined }, 10001);
    check('a wrong permanent code', path, { permanentCode: 'no' }, 20015);
    check('a missing permanent code', path, { permanentCode: undefined }, 10012);
  }
  check('an unknown grant', '/oauth2.0/token', { grantType: 'password' }, 15002);
  check('a missing grant', '/oauth2.0/token', { grantType: undefined }, 15002);
  check('a code without redirectUrl', '/oauth2.0/token', { grantType: 'authorization_code', code: 'x' }, 10004);
  check('an unknown code', '/oauth2.0/token', { grantType: 'authorization_code', code: 'x', redirectUrl: 'y' }, 20010);
  check('an unknown refresh token', '/oauth2.0/token', { grantType: 'refresh_token', refreshToken: 'x' }, 20010);
});

describe('limits of the sandbox', () => {
  let now = Date.UTC(2026, 0, 1);
  let sandbox: TestSandbox;
  before(async () => (sandbox = await startTestSandbox({ clock: () => now, rateLimit: true, tokenLimit: true })));
  after(() => sandbox.close());

  it('refuse a token call that begins while another runs', async () => {
    const answers = await Promise.all([sandbox.signIn(), sandbox.signIn()]);
    assert.deepEqual(answers.map(answer => answer.errorCode).sort(), [0, 30004]);
  });

  it('refuse the 11th token call in a minute, and give tokens again after it', async () => {
    now += 120_000;
    for (let i = 0; i < 10; i++) assert.equal((await sandbox.signIn()).errorCode, 0);
    assert.equal((await sandbox.signIn()).errorCode, 14001);
    now += 60_000;
    assert.equal((await sandbox.signIn()).errorCode, 0);
  });

  it('refuse the 101st call of one interface in 20 s, and of that interface only', async () => {
    const list = () => sandbox.call('/cgi/crm/v2/object/list', {});
    for (let i = 0; i < 100; i++) assert.equal((await list()).errorCode, 0);
    assert.equal((await list()).errorCode, 14001);
    const describe = await sandbox.call('/cgi/crm/v2/object/describe', { data: { apiName: 'AccountObj' } });
    assert.equal(describe.errorCode, 0);
    now += 20_000;
    assert.equal((await list()).errorCode, 0);
  });
});

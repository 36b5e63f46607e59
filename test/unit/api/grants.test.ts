import assert from 'node:assert/strict';
import { exampleOf } from '../../../src/api/endpointExamples';
import { byCorpToken, byCredentials, byLogin, byRefresh, type Grant, type Granted } from '../../../src/api/grants';
import type { Token } from '../../../src/api/token';

const app = { appId: 'FSAID_1', appSecret: 'the-secret', permanentCode: 'the-code' };
const login = { code: 'CODE', redirectUrl: 'http://127.0.0.1:1/callback' };
const last: Token = {
  accessToken: 'OLD',
  ea: 'FSCID_1',
  openUserId: 'FSUID_1',
  refreshToken: 'REFRESH-1',
  expiresAt: 1,
  renewAt: 0,
};

/** Each call in the shape that is documented, and what its documented answer is read as. */
const check = (name: string, grant: Grant, read: (answer: Record<string, unknown>) => Granted) =>
  it(name, () => {
    const { request = {}, response = {} } = exampleOf(grant.endpoint.id);
    assert.deepEqual(Object.keys(grant.body).sort(), Object.keys(request).sort());
    assert.equal(grant.body['grantType'], request['grantType']);
    assert.deepEqual(grant.read(response), read(response));
    assert.ok(!Object.values(grant.read(response)).includes(''));
    assert.equal(grant.read({}).accessToken, '');
  });
const text = (value: unknown) => value as string;

describe('api/grants', () => {
  check('client credentials', byCredentials(app), answer => ({
    accessToken: text(answer['accessToken']),
    ea: text(answer['ea']),
  }));
  check('the legacy token', byCorpToken(app), answer => ({
    accessToken: text(answer['corpAccessToken']),
    ea: text(answer['corpId']),
  }));
  check('a login', byLogin(app, login), answer => ({
    accessToken: text(answer['accessToken']),
    ea: text(answer['corpId']),
    openUserId: text(answer['openUserId']),
    refreshToken: text(answer['refreshToken']),
  }));
  check('a refresh', byRefresh(app, last), answer => ({
    accessToken: text(answer['accessToken']),
    ea: 'FSCID_1',
    openUserId: 'FSUID_1',
    refreshToken: text(answer['refreshToken']),
  }));

  it('carries what is good once in calls that are not sent twice', () => {
    assert.equal(byLogin(app, login).endpoint.repeat, 'never');
    assert.equal(byRefresh(app, last).endpoint.repeat, 'ifRefused');
  });
});

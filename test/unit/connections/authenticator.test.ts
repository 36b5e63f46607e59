import assert from 'node:assert/strict';
import { endpoints } from '../../../src/api/endpoints';
import { ApiError, NotApiError, RefusedError, TransportError } from '../../../src/api/errors';
import type { JsonValue } from '../../../src/base/json';
import type { ConnectionsOptions } from '../../../src/connections/connections';
import { FakeTenant, input, signedIn, tokenPath, world, type Reply, type Sent } from '../fakes';

const corpTokenPath = endpoints.corpAccessToken.path;
const call = { path: endpoints.get.path, body: '{"data":{}}' };
const hour = 3_600_000;

const legacy = { ...input, auth: 'corpAccessToken', userId: 'FSUID_1' } as const;
const personal = { ...input, auth: 'authorizationCode', permanentCode: '', userId: '' } as const;

const employee = (openUserId: string) => ({ openUserId, name: '王小明', status: 1 });

/** A tenant that knows all three ways and numbers its tokens. */
function tenantWithWays(more: (sent: Sent) => Reply | undefined = () => undefined): FakeTenant {
  let count = 0;
  const pair = () => ({
    errorCode: 0,
    openUserId: 'FSUID_9',
    expiresIn: 7200,
    accessToken: `PERSONAL-TOKEN-${++count}`,
  });
  return new FakeTenant(sent => {
    const special = more(sent);
    if (special !== undefined) return special;
    const { pathname } = sent.url;
    const { grantType, refreshToken } = sent.body as { grantType?: string; refreshToken?: string };
    if (pathname === corpTokenPath) {
      return { errorCode: 0, corpAccessToken: `CORP-TOKEN-${++count}`, corpId: 'FSCID_1', expiresIn: 7200 };
    }
    if (pathname !== tokenPath) return { errorCode: 0, empList: [employee('FSUID_7')] };
    if (grantType === 'authorization_code') return { ...pair(), corpId: 'FSCID_1', refreshToken: `REFRESH-${count}` };
    if (grantType !== 'refresh_token') return signedIn(`APP-TOKEN-${++count}`);
    const isLast = refreshToken === `REFRESH-${count}`;
    return isLast
      ? { ...pair(), refreshToken: `REFRESH-${count}` }
      : { errorCode: 20010, errorMessage: 'no such code' };
  });
}

const login = () => Promise.resolve({ code: 'LOGIN-CODE-1', redirectUrl: 'http://127.0.0.1:1/callback' });
const setUp = (tenant = tenantWithWays()) => {
  const all = world(tenant, { login });
  return { ...all, ...all.openWindow() };
};
const callsTo = ({ sent }: FakeTenant, path: string) => sent.filter(({ url }) => url.pathname === path);

describe('connections/authenticator', () => {
  describe('the legacy way', () => {
    it('signs in as documented and puts the sign-in into the body of each call', async () => {
      const { tenant, connections, store } = setUp();
      const connection = await connections.add(legacy);
      const [{ body }] = callsTo(tenant, corpTokenPath) as [Sent];
      const { appId, appSecret, permanentCode } = input;
      assert.deepEqual(body, { appId, appSecret, permanentCode });
      assert.deepEqual([connection.auth, connection.userId, connection.ea], ['corpAccessToken', 'FSUID_1', 'FSCID_1']);
      assert.deepEqual(store.list(), [connection]);
      await connections.client(connection).exchange(call);
      const sent = callsTo(tenant, call.path)[0]!;
      assert.deepEqual(sent.headers, { 'content-type': 'application/json' });
      assert.deepEqual(sent.body, {
        data: {},
        corpAccessToken: 'CORP-TOKEN-1',
        corpId: 'FSCID_1',
        currentOpenUserId: 'FSUID_1',
      });
    });

    it('looks up by the mobile number whom to act as, and keeps that', async () => {
      const { tenant, connections } = setUp();
      const connection = await connections.add({ ...legacy, userId: '', mobile: '13800001000' });
      const [{ body }] = callsTo(tenant, endpoints.userByMobile.path) as [Sent];
      assert.deepEqual(body, { mobile: '13800001000', corpAccessToken: 'CORP-TOKEN-1', corpId: 'FSCID_1' });
      assert.equal(connection.userId, 'FSUID_7');
      assert.ok(!JSON.stringify(connection).includes('13800001000'));
    });

    it('saves nothing when nobody has that number', async () => {
      const tenant = tenantWithWays(({ url }) =>
        url.pathname === endpoints.userByMobile.path ? { errorCode: 0, empList: [] } : undefined,
      );
      const { connections, store, secrets } = setUp(tenant);
      await assert.rejects(
        connections.add({ ...legacy, mobile: '13900000000' }),
        (error: unknown) =>
          error instanceof RefusedError && error.code === 'mobileUnknown' && error.subject === '13900000000',
      );
      assert.deepEqual([store.list(), secrets.entries.size], [[], 0]);
    });

    it('acts as someone else when the number changes', async () => {
      const { connections } = setUp();
      const connection = await connections.add(legacy);
      assert.equal((await connections.edit(connection, { mobile: '13800001007' })).userId, 'FSUID_7');
    });

    it('fetches another token the same way', async () => {
      const { tenant, connections, clock } = setUp();
      const connection = await connections.add(legacy);
      clock.now = 2 * hour;
      await connections.client(connection).exchange(call);
      assert.equal(callsTo(tenant, corpTokenPath).length, 2);
      assert.equal(callsTo(tenant, call.path)[0]!.body.corpAccessToken, 'CORP-TOKEN-2');
    });

    it('keeps tokens out of everything but the secret storage', async () => {
      const { connections, shared, window, redactor } = setUp();
      const connection = await connections.add(legacy);
      const answer = await connections.client(connection).exchange(call);
      for (const state of [shared, window]) assert.ok(!state.text().includes('CORP-TOKEN-1'));
      assert.ok(!JSON.stringify(answer).includes('CORP-TOKEN-1'));
      assert.equal(redactor.redact('got CORP-TOKEN-1'), 'got ‹redacted›');
    });
  });

  describe('a login in the browser', () => {
    it('exchanges the code and acts as who logged in', async () => {
      const { tenant, connections } = setUp();
      const connection = await connections.add(personal);
      const [{ body }] = callsTo(tenant, tokenPath) as [Sent];
      assert.deepEqual(body, {
        appId: input.appId,
        appSecret: input.appSecret,
        redirectUrl: 'http://127.0.0.1:1/callback',
        code: 'LOGIN-CODE-1',
        grantType: 'authorization_code',
      });
      assert.deepEqual([connection.userId, connection.ea], ['FSUID_9', 'FSCID_1']);
      await connections.client(connection).exchange(call);
      assert.deepEqual(callsTo(tenant, call.path)[0]!.body, {
        data: {},
        corpAccessToken: 'PERSONAL-TOKEN-1',
        corpId: 'FSCID_1',
        currentOpenUserId: 'FSUID_9',
      });
    });

    it('is refreshed before the token expires, each time by the newest refresh token', async () => {
      const { tenant, connections, clock } = setUp();
      const client = connections.client(await connections.add(personal));
      for (const time of [1.9, 3.8, 5.7]) {
        clock.now = time * hour;
        await client.exchange(call);
      }
      assert.deepEqual(
        callsTo(tenant, tokenPath).map(({ body }) => body.refreshToken as unknown),
        [undefined, 'REFRESH-1', 'REFRESH-2', 'REFRESH-3'],
      );
      assert.deepEqual(
        callsTo(tenant, call.path).map(({ body }) => body.corpAccessToken as unknown),
        ['PERSONAL-TOKEN-2', 'PERSONAL-TOKEN-3', 'PERSONAL-TOKEN-4'],
      );
    });

    it('keeps the refresh token in the secret storage alone, and the code nowhere', async () => {
      const { connections, shared, window, redactor, secrets } = setUp();
      await connections.add(personal);
      const kept = [...secrets.entries.values()].join();
      assert.ok(kept.includes('REFRESH-1'));
      assert.ok(!kept.includes('LOGIN-CODE-1'));
      for (const state of [shared, window]) assert.doesNotMatch(state.text(), /REFRESH|PERSONAL|LOGIN-CODE/);
      const text = redactor.redact('REFRESH-1 PERSONAL-TOKEN-1 LOGIN-CODE-1');
      assert.equal(text, '‹redacted› ‹redacted› ‹redacted›');
    });

    it('tells who refuses to refresh, and that only another login helps', async () => {
      const { tenant, connections, clock } = setUp();
      const connection = await connections.add(personal);
      const { reply } = tenant;
      tenant.reply = sent => (sent.body.refreshToken ? { errorCode: 20010, errorMessage: 'expired' } : reply(sent));
      clock.now = 2 * hour;
      await assert.rejects(
        connections.client(connection).exchange(call),
        (error: unknown) =>
          error instanceof RefusedError &&
          error.code === 'loginEnded' &&
          error.cause instanceof ApiError &&
          error.cause.errorCode === 20010,
      );
      tenant.reply = reply;
      const again = await connections.edit(connection, { auth: 'authorizationCode' });
      await connections.client(again).exchange(call);
      assert.equal(callsTo(tenant, call.path).at(-1)!.body.corpAccessToken, 'PERSONAL-TOKEN-2');
    });

    const passes: [string, (sent: Sent) => Reply, new (...args: never[]) => Error][] = [
      ['the network is gone', ({ request }) => new TransportError('unreachable', request.context, 'X'), TransportError],
      ['the API is busy', () => ({ errorCode: -1, errorMessage: 'busy' }), ApiError],
      ['a page answers', () => '<html></html>', NotApiError],
    ];
    for (const [name, trouble, expected] of passes)
      it(`goes on by itself after ${name}`, async () => {
        const { tenant, connections, clock } = setUp();
        const connection = await connections.add(personal);
        const { reply } = tenant;
        tenant.reply = sent => (sent.body.refreshToken ? trouble(sent) : reply(sent));
        clock.now = 2 * hour;
        await assert.rejects(connections.client(connection).exchange(call), expected);
        tenant.reply = reply;
        await connections.client(connection).exchange(call);
        assert.equal(callsTo(tenant, call.path)[0]!.body.corpAccessToken, 'PERSONAL-TOKEN-2');
      });

    it('asks nobody to log in for a name or a role', async () => {
      const { tenant, connections } = setUp();
      const connection = await connections.add(personal);
      await connections.edit(connection, { name: 'New', role: 'readOnly' });
      assert.equal(callsTo(tenant, tokenPath).length, 1);
    });

    it('sends a code once, whatever the answer', async () => {
      const tenant = tenantWithWays(({ url }) => (url.pathname === tokenPath ? { errorCode: 14001 } : undefined));
      const { connections } = setUp(tenant);
      await assert.rejects(connections.add(personal), ApiError);
      assert.equal(tenant.sent.length, 1);
    });
  });

  it('never fetches two tokens of an app at a time, in however many windows', async () => {
    let running = 0;
    let most = 0;
    const tenant = tenantWithWays();
    const reply = (sent: Sent) => replyOf(sent) as JsonValue;
    const replyOf = tenant.reply;
    tenant.reply = async sent => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setImmediate(resolve));
      running--;
      return reply(sent);
    };
    const last = new Map<string, Promise<unknown>>();
    const exclusiveFor: ConnectionsOptions['exclusiveFor'] = app => work => {
      const next = (last.get(app) ?? Promise.resolve()).then(work);
      last.set(app, next);
      return next;
    };
    const { openWindow } = world(tenant, { login, exclusiveFor });
    const windows = [openWindow(), openWindow(), openWindow()] as const;
    const added = await Promise.all(windows.map(({ connections }) => connections.add(input)));
    await Promise.all(added.map((connection, i) => windows[i]!.connections.test(connection)));
    const edits = added.map((connection, i) =>
      windows[i]!.connections.edit(connection, { auth: 'authorizationCode', permanentCode: '' }),
    );
    await Promise.all(edits);
    assert.deepEqual([tenant.signIns.length, most], [9, 1]);
    assert.deepEqual([...last.keys()], [`https://${input.host} ${input.appId}`]);
  });

  it('takes no token of the old way when the way changes', async () => {
    const { tenant, connections, store } = setUp();
    const connection = await connections.add(input);
    await connections.client(connection).exchange(call);
    const edited = await connections.edit(connection, { auth: 'corpAccessToken', mobile: '13800001007' });
    await connections.client(edited).exchange(call);
    const sent = callsTo(tenant, call.path).at(-1)!;
    assert.equal(sent.headers['authorization'], undefined);
    assert.deepEqual([sent.body.corpAccessToken, sent.body.currentOpenUserId], ['CORP-TOKEN-2', 'FSUID_7']);
    assert.deepEqual(store.list(), [edited]);
  });

  it('takes a connection of before there were other ways as one with client credentials', async () => {
    const { tenant, connections, store, clock } = setUp();
    const connection = await connections.add({ ...input, auth: 'clientCredentials' });
    assert.ok(!('auth' in connection));
    clock.now = 2 * hour;
    await connections.client(store.list()[0]!).exchange(call);
    assert.equal(tenant.signIns.at(-1)!.body.grantType, 'app_secret');
    assert.equal(tenant.calls.at(-1)!.headers['authorization'], 'Bearer APP-TOKEN-2');
  });
});

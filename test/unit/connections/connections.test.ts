import assert from 'node:assert/strict';
import { ApiError, NotApiError, RefusedError, TransportError } from '../../../src/api/errors';
import { endpoints } from '../../../src/api/endpoints';
import { deferred, FakeTenant, input, signedIn, tokenPath, world, type Reply, type Sent } from '../fakes';

const wrongSecret = { errorCode: 10006, errorMessage: 'the parameter appSecret is missing or illegal' };

/** Answers calls for a token with one after the other, and everything else with success. */
function tenantWithTokens(): FakeTenant {
  let tokens = 0;
  return new FakeTenant(({ url }) => (url.pathname === tokenPath ? signedIn(`TOKEN-${++tokens}`) : { errorCode: 0 }));
}

describe('connections/connections', () => {
  describe('add', () => {
    it('signs in as documented, then saves and selects', async () => {
      const { tenant, openWindow } = world();
      const { connections, store } = openWindow();
      const connection = await connections.add(input);
      const [{ url, body, headers }] = tenant.sent as [Sent];
      assert.equal(`${url.origin}${url.pathname}`, 'https://open.fxiaoke.com/oauth2.0/token');
      assert.ok(url.searchParams.has('thirdTraceId'));
      assert.deepEqual(body, {
        appId: 'FSAID_1',
        appSecret: 'app-secret-1234',
        permanentCode: 'permanent-code-1234',
        grantType: 'app_secret',
      });
      assert.deepEqual(headers, { 'content-type': 'application/json' });
      const { id, ...rest } = connection;
      const plain = { name: 'Acme', host: 'open.fxiaoke.com', appId: 'FSAID_1', userId: '1000', role: 'development' };
      assert.deepEqual(rest, { ...plain, ea: '12345' });
      assert.deepEqual(store.list(), [connection]);
      assert.equal(store.active()?.id, id);
    });

    it('keeps no secret outside the secret store, neither before nor after calls', async () => {
      const { shared, openWindow } = world();
      const { connections, window } = openWindow();
      const connection = await connections.add(input);
      await connections.client(connection).exchange({ path: endpoints.get.path, body: '{}' });
      await connections.test(connection);
      for (const secret of [input.appSecret, input.permanentCode, 'TOKEN-1'])
        for (const state of [shared, window]) assert.ok(!state.text().includes(secret));
    });

    it('uses the token that it signed in with', async () => {
      const { tenant, openWindow } = world(tenantWithTokens());
      const { connections } = openWindow();
      const connection = await connections.add(input);
      await connections.client(connection).exchange({ path: endpoints.get.path, body: '{}' });
      assert.equal(tenant.signIns.length, 1);
      assert.equal(tenant.calls[0]!.headers['authorization'], 'Bearer TOKEN-1');
    });

    it('teaches the redactor the secrets and the token', async () => {
      const { openWindow } = world(new FakeTenant(() => signedIn('ACCESS-TOKEN-1')));
      const { connections, redactor } = openWindow();
      await connections.add(input);
      const text = redactor.redact(`${input.appSecret} ${input.permanentCode} ACCESS-TOKEN-1`);
      assert.equal(text, '‹redacted› ‹redacted› ‹redacted›');
    });

    it('numbers a name that is taken', async () => {
      const { openWindow } = world();
      const { connections } = openWindow();
      await connections.add(input);
      assert.equal((await connections.add(input)).name, 'Acme (2)');
    });

    const fails = (name: string, reply: (sent: Sent) => Reply, expected: new (...args: never[]) => Error) =>
      it(`saves nothing when ${name}`, async () => {
        const { shared, secrets, openWindow } = world(new FakeTenant(reply));
        const { connections, window } = openWindow();
        await assert.rejects(connections.add(input), expected);
        assert.deepEqual([shared.text(), window.text(), secrets.entries.size], ['[]', '[]', 0]);
      });
    fails('the secret is wrong', () => wrongSecret, ApiError);
    fails(
      'the host cannot be reached',
      ({ request }) => new TransportError('unreachable', request.context, 'X'),
      TransportError,
    );
    fails('the host answers a page', () => '<html></html>', NotApiError);
    fails('the answer is cut off', () => '{"errorCode":0,"acc', NotApiError);
  });

  describe('edit', () => {
    const withOne = async (tenant = tenantWithTokens()) => {
      const all = world(tenant);
      const window = all.openWindow();
      const connection = await window.connections.add(input);
      return { ...all, ...window, connection };
    };

    it('does not sign in for a name, a role or an employee', async () => {
      const { tenant, connections, connection, store, secrets } = await withOne();
      const before = new Map(secrets.entries);
      const edited = await connections.edit(connection, { name: 'New', role: 'production', userId: '1001' });
      assert.equal(tenant.signIns.length, 1);
      assert.deepEqual(edited, { ...connection, name: 'New', role: 'production', userId: '1001' });
      assert.deepEqual(store.list(), [edited]);
      assert.deepEqual(secrets.entries, before);
    });

    it('keeps a quota until another one or none is told, without signing in', async () => {
      const { tenant, connections, connection } = await withOne();
      const edited = await connections.edit(connection, { dailyQuota: 100_000 });
      assert.deepEqual(edited, { ...connection, dailyQuota: 100_000 });
      const renamed = await connections.edit(edited, { name: 'New' });
      assert.equal(renamed.dailyQuota, 100_000);
      assert.deepEqual(await connections.edit(renamed, { dailyQuota: 0 }), { ...connection, name: 'New' });
      assert.equal(tenant.signIns.length, 1);
    });

    it('keeps the token of one that was renamed and acts as the new employee', async () => {
      const { tenant, connections, connection } = await withOne();
      connections.client(connection);
      const edited = await connections.edit(connection, { userId: '1001' });
      await connections.client(edited).exchange({ path: endpoints.get.path, body: '{}' });
      assert.equal(tenant.signIns.length, 1);
      assert.equal(tenant.calls[0]!.headers['x-fs-userid'], '1001');
    });

    it('takes a name for one whose secrets are gone', async () => {
      const { tenant, secrets, connections, connection } = await withOne();
      secrets.entries.clear();
      assert.equal((await connections.edit(connection, { name: 'New' })).name, 'New');
      assert.equal(tenant.signIns.length, 1);
    });

    it('does not give itself a number', async () => {
      const { connections, connection } = await withOne();
      assert.equal((await connections.edit(connection, { name: 'Acme' })).name, 'Acme');
    });

    for (const change of [{ host: 'open-na.sharecrm.com' }, { appId: 'FSAID_2' }, { appSecret: 'another-secret' }]) {
      it(`signs in anew for ${Object.keys(change)[0]!}`, async () => {
        const { tenant, connections, connection, store } = await withOne();
        const { appSecret, ...plain } = { appSecret: input.appSecret, ...change };
        const edited = await connections.edit(connection, change);
        const { url, body } = tenant.signIns[1]!;
        assert.equal(url.host, edited.host);
        assert.deepEqual(
          [body.appId, body.appSecret, body.permanentCode],
          [edited.appId, appSecret, input.permanentCode],
        );
        assert.deepEqual(store.list(), [{ ...connection, ...plain }]);
        assert.deepEqual(await store.secrets(connection.id), { appSecret, permanentCode: input.permanentCode });
        await connections.client(edited).exchange({ path: endpoints.get.path, body: '{}' });
        assert.equal(tenant.calls[0]!.headers['authorization'], 'Bearer TOKEN-2');
        assert.equal(tenant.signIns.length, 2);
      });
    }

    describe('of the embedded sandbox', () => {
      const withSandbox = async () => {
        const all = world(tenantWithTokens());
        const window = all.openWindow();
        const connection = await window.connections.add(input, { id: 'sandbox', sandbox: true });
        return { ...all, ...window, connection };
      };

      it('takes name, employee and role', async () => {
        const { connections, connection, store, tenant } = await withSandbox();
        const changes = { name: 'Playground', userId: '1003', role: 'readOnly' } as const;
        await connections.edit(connection, changes);
        assert.deepEqual(store.list(), [{ ...connection, ...changes }]);
        assert.equal(tenant.signIns.length, 1);
      });

      for (const change of [{ host: 'open.evil.example' }, { appId: 'X' }, { appSecret: 'X' }, { permanentCode: 'X' }])
        it(`refuses another ${Object.keys(change)[0]!}, and with it all the rest`, async () => {
          const { connections, connection, store, tenant } = await withSandbox();
          await assert.rejects(
            connections.edit(connection, { name: 'New', ...change }),
            (error: unknown) => error instanceof RefusedError && error.code === 'sandboxFixed',
          );
          assert.deepEqual(store.list(), [connection]);
          assert.equal(tenant.signIns.length, 1);
        });
    });

    it('changes nothing when signing in fails', async () => {
      const { tenant, connections, connection, store, secrets, shared } = await withOne();
      const before = { secrets: new Map(secrets.entries), state: shared.text() };
      tenant.reply = () => wrongSecret;
      await assert.rejects(connections.edit(connection, { name: 'New', appSecret: 'wrong-secret' }), ApiError);
      assert.deepEqual({ secrets: secrets.entries, state: shared.text() }, before);
      assert.deepEqual(store.list(), [connection]);
    });
  });

  describe('remove', () => {
    it('takes secrets and tokens with it', async () => {
      const { secrets, openWindow } = world();
      const { connections, store } = openWindow();
      const connection = await connections.add(input);
      await connections.remove(connection);
      assert.deepEqual(store.list(), []);
      assert.equal(secrets.entries.size, 0);
    });

    it('leaves no token behind when one arrives afterwards', async () => {
      const { tenant, secrets, openWindow } = world();
      const { connections } = openWindow();
      const connection = await connections.add(input);
      const late = deferred<ReturnType<typeof signedIn>>();
      tenant.reply = () => late.promise;
      const testing = connections.test(connection);
      await new Promise(resolve => setImmediate(resolve));
      await connections.remove(connection);
      late.resolve(signedIn('TOKEN-2'));
      await testing.catch(() => undefined);
      assert.deepEqual([...secrets.entries], []);
    });
  });

  describe('test', () => {
    it('signs in anew and tells tenant, time left and time taken', async () => {
      const all = world();
      const { connections } = all.openWindow();
      const connection = await connections.add(input);
      all.tenant.reply = () => {
        all.clock.now += 250;
        return signedIn('TOKEN-2', '12345', 7084);
      };
      assert.deepEqual(await connections.test(connection), { ea: '12345', expiresIn: 7084, milliseconds: 250 });
      assert.equal(all.tenant.signIns.length, 2);
    });

    it('fails with the code of the API and keeps the connection', async () => {
      const { tenant, openWindow } = world();
      const { connections, store } = openWindow();
      const connection = await connections.add(input);
      tenant.reply = () => wrongSecret;
      await assert.rejects(
        connections.test(connection),
        (error: unknown) => error instanceof ApiError && error.errorCode === 10006,
      );
      assert.deepEqual(store.list(), [connection]);
    });

    it('refuses when the secrets are gone', async () => {
      const { tenant, secrets, openWindow } = world();
      const { connections } = openWindow();
      const connection = await connections.add(input);
      secrets.entries.clear();
      await assert.rejects(
        connections.test(connection),
        (error: unknown) => error instanceof RefusedError && error.code === 'signedOut',
      );
      assert.equal(tenant.signIns.length, 1);
    });
  });

  describe('in two windows', () => {
    it('shares connections and tokens', async () => {
      const { tenant, openWindow } = world(tenantWithTokens());
      const [first, second] = [openWindow(), openWindow()];
      const connection = await first.connections.add(input);
      assert.deepEqual(second.store.list(), [connection]);
      await second.connections.client(connection).exchange({ path: endpoints.get.path, body: '{}' });
      assert.equal(tenant.signIns.length, 1);
    });

    it('numbers a name that another window took while this one was signing in', async () => {
      const { tenant, openWindow } = world();
      const [first, second] = [openWindow(), openWindow()];
      const answer = deferred<ReturnType<typeof signedIn>>();
      tenant.reply = () => answer.promise;
      const [one, two] = [first.connections.add(input), second.connections.add(input)];
      answer.resolve(signedIn());
      assert.deepEqual([(await one).name, (await two).name].sort(), ['Acme', 'Acme (2)']);
      const [other] = [await first.connections.add({ ...input, name: 'Other' })];
      tenant.reply = async () => {
        await second.connections.edit(await two, { name: 'Mine' });
        return signedIn();
      };
      const edited = await first.connections.edit(other, { name: 'Mine', appSecret: 'another-secret' });
      assert.equal(edited.name, 'Mine (2)');
    });

    it('uses the token that another window renewed', async () => {
      const { tenant, clock, openWindow } = world(tenantWithTokens());
      const [first, second] = [openWindow(), openWindow()];
      const connection = await first.connections.add(input);
      const call = { path: endpoints.get.path, body: '{}' };
      for (const { connections } of [first, second]) await connections.client(connection).exchange(call);
      clock.now = 7_000_000;
      for (const { connections } of [first, second]) await connections.client(connection).exchange(call);
      assert.equal(tenant.signIns.length, 2);
      const tokens = tenant.calls.map(({ headers }) => headers['authorization']);
      assert.deepEqual(tokens, ['Bearer TOKEN-1', 'Bearer TOKEN-1', 'Bearer TOKEN-2', 'Bearer TOKEN-2']);
    });

    it('never takes a token to the host or app that another window changed the connection to', async () => {
      const { tenant, openWindow } = world(tenantWithTokens());
      const [first, second] = [openWindow(), openWindow()];
      const connection = await first.connections.add(input);
      const call = { path: endpoints.get.path, body: '{}' };
      await second.connections.client(connection).exchange(call);
      const edited = await first.connections.edit(connection, { host: 'open-na.sharecrm.com' });
      await second.connections.client(edited).exchange(call);
      const { url, headers } = tenant.calls[1]!;
      assert.equal(url.host, 'open-na.sharecrm.com');
      assert.equal(headers['authorization'], 'Bearer TOKEN-2');
    });

    it('signs in at the new host, never with the new secret at the old one', async () => {
      const { tenant, clock, openWindow } = world(tenantWithTokens());
      const [first, second] = [openWindow(), openWindow()];
      const connection = await first.connections.add(input);
      second.connections.client(connection);
      const edited = await first.connections.edit(connection, {
        host: 'open-na.sharecrm.com',
        appSecret: 'secret-of-the-new-host',
      });
      clock.now = 7_000_000;
      await second.connections.client(edited).exchange({ path: endpoints.get.path, body: '{}' });
      assert.deepEqual(
        tenant.signIns.map(({ url, body }) => [url.host, String(body.appSecret)]),
        [
          ['open.fxiaoke.com', input.appSecret],
          ['open-na.sharecrm.com', 'secret-of-the-new-host'],
          ['open-na.sharecrm.com', 'secret-of-the-new-host'],
        ],
      );
    });

    it('takes neither token nor secret to the old host for one who still holds the old connection', async () => {
      const { tenant, openWindow } = world(tenantWithTokens());
      const [first, second] = [openWindow(), openWindow()];
      const connection = await first.connections.add(input);
      const stale = second.connections.client(connection);
      await first.connections.edit(connection, { host: 'open-na.sharecrm.com', appSecret: 'another-secret' });
      await assert.rejects(
        stale.exchange({ path: endpoints.get.path, body: '{}' }),
        (error: unknown) => error instanceof RefusedError && error.code === 'signedOut',
      );
      assert.equal(tenant.calls.length, 0);
      assert.equal(tenant.signIns.length, 2);
    });

    it('takes up a secret that another window changed', async () => {
      const { tenant, clock, openWindow } = world(tenantWithTokens());
      const [first, second] = [openWindow(), openWindow()];
      const connection = await first.connections.add(input);
      const call = { path: endpoints.get.path, body: '{}' };
      await second.connections.client(connection).exchange(call);
      const edited = await first.connections.edit(connection, { appSecret: 'another-secret' });
      clock.now = 7_000_000;
      await second.connections.client(edited).exchange(call);
      assert.equal(tenant.signIns.at(-1)!.body.appSecret, 'another-secret');
    });
  });

  it('hands out one client for a connection and another when it has changed', async () => {
    const { openWindow } = world();
    const { connections } = openWindow();
    const connection = await connections.add(input);
    const client = connections.client(connection);
    assert.equal(connections.client(connection), client);
    // The editor reads the list anew when another window has written whatever.
    assert.equal(connections.client({ ...connection }), client);
    const edited = await connections.edit(connection, { role: 'readOnly' });
    assert.notEqual(connections.client(edited), client);
    assert.equal(connections.client(edited).tenant.readOnly, true);
    assert.equal(client.tenant.readOnly, false);
  });

  it('asks at each call where the sandbox listens', async () => {
    const { tenant, openWindow } = world();
    const { connections } = openWindow();
    const fixed = { id: 'sandbox', sandbox: true } as const;
    const connection = await connections.add({ ...input, host: 'http://127.0.0.1:1' }, fixed);
    assert.deepEqual([connection.id, connection.sandbox], ['sandbox', true]);
    await connections.client(connection).exchange({ path: endpoints.get.path, body: '{}' });
    assert.deepEqual(
      tenant.sent.map(({ url }) => url.port),
      ['1', '4711'],
    );
  });
});

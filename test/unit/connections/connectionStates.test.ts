import assert from 'node:assert/strict';
import { endpoints } from '../../../src/api/endpoints';
import { TransportError } from '../../../src/api/errors';
import { Emitter } from '../../../src/base/emitter';
import type { ConnectionState } from '../../../src/connections/connectionStates';
import { sandboxId } from '../../../src/connections/sandboxTenant';
import { FakeTenant, input, runningSandbox, signedIn, tokenPath, world, type Reply, type Sent } from '../fakes';

const code = (state: ConnectionState | undefined) =>
  state?.kind === 'failed' && 'errorCode' in state.error ? state.error.errorCode : state?.kind;

/** A tenant that answers calls as told, and the state of the connection after one call. */
async function afterCall(reply: (sent: Sent) => Reply) {
  const tenant = new FakeTenant(sent => (sent.url.pathname === tokenPath ? signedIn() : reply(sent)));
  const { connections } = world(tenant).openWindow();
  const connection = await connections.add(input);
  await connections
    .client(connection)
    .exchange({ path: endpoints.get.path, body: '{}' })
    .catch(() => undefined);
  return code(await connections.state(connection));
}

describe('connections/connectionStates', () => {
  it('is signed in after a call that was answered, refused or not', async () => {
    assert.equal(await afterCall(() => ({ errorCode: 0 })), 'signedIn');
    assert.equal(await afterCall(() => ({ errorCode: 32000, errorMessage: 'no such record' })), 'signedIn');
  });

  it('has failed when the quota is used up or every token is refused', async () => {
    assert.equal(await afterCall(() => ({ errorCode: 30002, errorMessage: 'quota' })), 30002);
    assert.equal(await afterCall(() => ({ errorCode: 20016, errorMessage: 'token' })), 20016);
  });

  it('has failed when no answer came, and no longer after the next one', async () => {
    let isThere = false;
    const tenant = new FakeTenant(({ url, request }) => {
      if (url.pathname === tokenPath) return signedIn();
      return isThere ? { errorCode: 0 } : new TransportError('unreachable', request.context, 'ECONNREFUSED');
    });
    const { connections } = world(tenant).openWindow();
    const connection = await connections.add(input);
    const seen: unknown[] = [];
    connections.onDidChangeState(() => seen.push(connections.knownState(connection)?.kind));
    const call = () => connections.client(connection).exchange({ path: endpoints.get.path, body: '{}' });
    await assert.rejects(call());
    isThere = true;
    await call();
    await call();
    assert.deepEqual(seen, ['failed', 'signedIn']);
  });

  it('has failed when signing in failed', async () => {
    let reply: Reply = signedIn();
    const { connections } = world(new FakeTenant(() => reply)).openWindow();
    const connection = await connections.add(input);
    reply = { errorCode: 20015, errorMessage: 'permanent code' };
    await assert.rejects(connections.test(connection));
    assert.equal(code(await connections.state(connection)), 20015);
  });

  it('stays as it was when a call is not sent', async () => {
    const { connections } = world().openWindow();
    const connection = await connections.add(input);
    await assert.rejects(connections.client(connection).exchange({ path: 'https://elsewhere.example/x', body: '{}' }));
    assert.equal(connections.knownState(connection)?.kind, 'signedIn');
  });

  it('is known from what this machine keeps before any call, without one', async () => {
    const { tenant, clock, secrets, openWindow } = world();
    const connection = await openWindow().connections.add(input);
    const sent = tenant.sent.length;
    const state = async () => (await openWindow().connections.state(connection))?.kind;
    assert.equal(await state(), 'signedIn');
    clock.now = 7_200_001;
    assert.equal(await state(), undefined, 'its token has expired');
    secrets.entries.clear();
    assert.equal(await state(), 'signedOut');
    assert.equal(tenant.sent.length, sent);
  });

  it('is not running for the sandbox until it runs, and forgets what the last one told', async () => {
    const ended = new Emitter();
    let isRunning = true;
    const sandbox = { ...runningSandbox, onDidChange: ended.event };
    Object.defineProperty(sandbox, 'isRunning', { get: () => isRunning });
    const { connections } = world(undefined, { sandbox }).openWindow();
    const connection = await connections.add(input, { id: sandboxId, sandbox: true });
    assert.equal(connections.knownState(connection)?.kind, 'signedIn');
    isRunning = false;
    ended.fire();
    assert.equal(connections.knownState(connection)?.kind, 'notRunning');
    isRunning = true;
    ended.fire();
    assert.equal(connections.knownState(connection), undefined);
  });
});

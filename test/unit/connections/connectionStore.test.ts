import assert from 'node:assert/strict';
import { ConnectionStore } from '../../../src/connections/connectionStore';
import { acme, goodToken, memorySecrets, memoryState } from '../fakes';

const secrets = { appSecret: 'app-secret-1234', permanentCode: 'permanent-code-1234' };

function setUp() {
  const stores = { shared: memoryState(), window: memoryState(), secrets: memorySecrets() };
  return { ...stores, store: new ConnectionStore(stores) };
}

describe('connections/connectionStore', () => {
  it('is empty at first', () => {
    const { store } = setUp();
    assert.deepEqual(store.list(), []);
    assert.equal(store.active(), undefined);
    assert.equal(store.find(''), undefined);
  });

  it('keeps secrets and tokens in the secret store and nowhere else', async () => {
    const { store, shared, window, secrets: secretStore } = setUp();
    await store.save(acme, secrets);
    await store.select(acme.id);
    await store.tokenStore(acme.id).write(goodToken);
    for (const state of [shared, window])
      for (const secret of [...Object.values(secrets), goodToken.accessToken])
        assert.ok(!state.text().includes(secret));
    assert.deepEqual([...secretStore.entries.keys()], ['connection.c1', 'token.c1']);
    assert.deepEqual(await store.secrets(acme.id), secrets);
    assert.deepEqual(await store.tokenStore(acme.id).read(), goodToken);
  });

  it('stores the secrets before the connection', async () => {
    const { store, secrets: secretStore } = setUp();
    secretStore.store = () => Promise.reject(new Error('locked'));
    await assert.rejects(store.save(acme, secrets), /locked/);
    assert.deepEqual(store.list(), []);
  });

  it('replaces a connection of the same id in its place and keeps its secrets', async () => {
    const { store } = setUp();
    await store.save(acme, secrets);
    await store.save({ ...acme, id: 'c2', name: 'Other' }, secrets);
    await store.save({ ...acme, name: 'Renamed' });
    assert.deepEqual(
      store.list().map(({ name }) => name),
      ['Renamed', 'Other'],
    );
    assert.deepEqual(await store.secrets('c1'), secrets);
  });

  it('finds by id first, then by name', async () => {
    const { store } = setUp();
    await store.save({ ...acme, id: 'c1', name: 'c2' });
    await store.save({ ...acme, id: 'c2', name: 'Other' });
    assert.equal(store.find('c2')?.id, 'c2');
    assert.equal(store.find('Other')?.id, 'c2');
    assert.equal(store.find('nobody'), undefined);
  });

  it('removes the secrets and the token with the connection', async () => {
    const { store, secrets: secretStore } = setUp();
    await store.save(acme, secrets);
    await store.tokenStore(acme.id).write(goodToken);
    await store.remove(acme.id);
    assert.deepEqual(store.list(), []);
    assert.equal(secretStore.entries.size, 0);
  });

  it('lets each window choose and follows the last choice where a window has none', async () => {
    const { store, shared, secrets: secretStore } = setUp();
    const other = new ConnectionStore({ shared, window: memoryState(), secrets: secretStore });
    await store.save(acme);
    await store.save({ ...acme, id: 'c2', name: 'Second' });
    assert.equal(store.active()?.id, 'c1');
    await store.select('c2');
    assert.equal(other.active()?.id, 'c2');
    await other.select('c1');
    assert.equal(store.active()?.id, 'c2');
    await store.remove('c2');
    assert.equal(store.active()?.id, 'c1');
  });

  it('tells who listens, until they stop', async () => {
    const { store } = setUp();
    let changes = 0;
    const listener = store.onDidChange(() => changes++);
    await store.save(acme);
    await store.select('c1');
    await store.remove('c1');
    assert.equal(changes, 3);
    listener.dispose();
    await store.save(acme);
    assert.equal(changes, 3);
  });

  it('keeps a token, and takes one that does not parse for none', async () => {
    const { store, secrets: secretStore } = setUp();
    const tokens = store.tokenStore('c1');
    assert.equal(await tokens.read(), undefined);
    await tokens.write(goodToken);
    assert.deepEqual(await tokens.read(), goodToken);
    await secretStore.store('token.c1', '{"accessTok');
    assert.equal(await tokens.read(), undefined);
  });
});

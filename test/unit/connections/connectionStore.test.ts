import assert from 'node:assert/strict';
import type { Connection } from '../../../src/connections/connection';
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

  describe('the active one', () => {
    const withThree = async () => {
      const all = setUp();
      const openWindow = () => new ConnectionStore({ ...all, window: memoryState() });
      for (const id of ['c1', 'c2', 'c3']) await all.store.save({ ...acme, id, name: id });
      return { ...all, openWindow };
    };

    it('is none of several until one is chosen', async () => {
      const { store } = await withThree();
      assert.equal(store.active(), undefined);
      await store.select('c2');
      assert.equal(store.active()?.id, 'c2');
    });

    it('is the only one there is', async () => {
      const { store } = setUp();
      await store.save(acme);
      assert.equal(store.active()?.id, 'c1');
    });

    it('is not replaced by another when it is removed, unless a single one is left', async () => {
      const { store } = await withThree();
      await store.select('c2');
      await store.remove('c2');
      assert.equal(store.active(), undefined);
      await store.remove('c1');
      assert.equal(store.active()?.id, 'c3');
    });

    it('is not replaced by the one last chosen in another window when it is removed', async () => {
      const { store, openWindow } = await withThree();
      await store.select('c2');
      await openWindow().select('c3');
      await store.remove('c2');
      assert.equal(store.active(), undefined);
    });

    it('is the one last chosen anywhere in a window that opens, and stays so', async () => {
      const { store, openWindow } = await withThree();
      await store.select('c2');
      const other = openWindow();
      assert.equal(other.active()?.id, 'c2');
      await store.select('c1');
      assert.equal(other.active()?.id, 'c2');
      await other.select('c3');
      assert.deepEqual([store.active()?.id, other.active()?.id], ['c1', 'c3']);
    });
  });

  it('tells in one window what another did, once', async () => {
    const { store, shared, secrets: secretStore } = setUp();
    const other = new ConnectionStore({ shared, window: memoryState(), secrets: secretStore });
    let changes = 0;
    other.onDidChange(() => changes++);
    const changesAfter = async (work: Promise<unknown>) => {
      await work;
      await other.refresh();
      await other.refresh();
      return changes;
    };
    assert.equal(await changesAfter(store.save(acme, secrets)), 1);
    assert.equal(await changesAfter(store.save({ ...acme, role: 'readOnly' })), 2);
    assert.equal(await changesAfter(store.tokenStore('c1').write(goodToken)), 2);
    assert.equal(await changesAfter(other.save({ ...acme, name: 'Mine' })), 3);
    assert.equal(await changesAfter(store.remove('c1')), 4);
  });

  describe('when another window, which had not heard of it yet, puts the list back', () => {
    const listKey = 'connections';
    /** Gives what the list becomes after `change`, after the other window wrote its older list, and a look. */
    const putBackAfter = async (
      change: (store: ConnectionStore, other: ConnectionStore) => Promise<unknown>,
      milliseconds = 1_000,
    ) => {
      const stores = { shared: memoryState(), window: memoryState(), secrets: memorySecrets() };
      let now = 0;
      const store = new ConnectionStore(stores, () => now);
      await store.save(acme, secrets);
      now = 60_000;
      const older = stores.shared.get(listKey);
      await change(store, new ConnectionStore({ ...stores, window: memoryState() }));
      await stores.shared.update(listKey, older);
      now += milliseconds;
      let told: readonly Connection[] = [];
      store.onDidChange(() => (told = store.list()));
      await store.refresh();
      assert.deepEqual(told, store.list());
      return told;
    };
    const second = { ...acme, id: 'c2', name: 'Second' };

    it('adds again what was added', async () => {
      assert.deepEqual(await putBackAfter(store => store.save(second, secrets)), [acme, second]);
    });

    it('changes again what was changed, and changed once more', async () => {
      const changed = { ...acme, role: 'readOnly', name: 'New' } as const;
      const twice = async (store: ConnectionStore) => {
        await store.save({ ...acme, role: 'readOnly' });
        await store.save(changed);
      };
      assert.deepEqual(await putBackAfter(twice), [changed]);
    });

    it('removes again what was removed', async () => {
      assert.deepEqual(await putBackAfter(store => store.remove(acme.id)), []);
    });

    it('adds nothing again that was removed on purpose', async () => {
      const change = async (store: ConnectionStore, other: ConnectionStore) => {
        await store.save(second, secrets);
        await other.remove(second.id);
      };
      assert.deepEqual(await putBackAfter(change), [acme]);
    });

    it('lets it be when that is long ago', async () => {
      assert.deepEqual(await putBackAfter(store => store.save({ ...acme, name: 'New' }), 20_000), [acme]);
    });
  });

  it('shows what it did a moment ago whatever echo of an earlier write comes', async () => {
    const stores = { shared: memoryState(), window: memoryState(), secrets: memorySecrets() };
    let now = 0;
    const store = new ConnectionStore(stores, () => now);
    await store.save(acme, secrets);
    const echo = stores.shared.get('connections');
    await store.save({ ...acme, id: 'c2', name: 'Second' }, secrets);
    await stores.shared.update('connections', echo);
    assert.equal(store.list().length, 2);
    // What is written meanwhile keeps both.
    await store.save({ ...acme, id: 'c3', name: 'Third' }, secrets);
    now = 60_000;
    assert.deepEqual(
      store.list().map(({ id }) => id),
      ['c1', 'c2', 'c3'],
    );
  });

  it('holds the role it was given, however late the echo of an earlier write comes', async () => {
    const stores = { shared: memoryState(), window: memoryState(), secrets: memorySecrets() };
    let now = 0;
    const store = new ConnectionStore(stores, () => now);
    await store.save(acme, secrets);
    const echo = stores.shared.get('connections');
    now = 20_000;
    await store.save({ ...acme, role: 'readOnly' });
    now = 25_000;
    await stores.shared.update('connections', echo);
    assert.equal(store.find(acme.id)?.role, 'readOnly');
  });

  it('brings nothing back that was removed while it looked', async () => {
    const stores = { shared: memoryState(), window: memoryState(), secrets: memorySecrets() };
    let now = 0;
    const store = new ConnectionStore(stores, () => now);
    await store.save(acme, secrets);
    await stores.shared.update('connections', []);
    now = 2_000;
    const looking = store.refresh();
    await store.save(acme, secrets);
    now = 2_001;
    const removing = store.remove(acme.id);
    await Promise.all([looking, removing]);
    now = 60_000;
    assert.deepEqual(store.list(), []);
  });

  it('leaves what another window made of a connection since', async () => {
    const { store, shared, secrets: secretStore } = setUp();
    const other = new ConnectionStore({ shared, window: memoryState(), secrets: secretStore });
    await store.save(acme, secrets);
    await other.save({ ...acme, role: 'production' });
    await store.refresh();
    assert.deepEqual(store.list(), [{ ...acme, role: 'production' }]);
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

  it('puts connections before another one, or at the end', async () => {
    const { store } = setUp();
    for (const id of ['a', 'b', 'c', 'd']) await store.save({ ...acme, id, name: id });
    const order = () =>
      store
        .list()
        .map(({ id }) => id)
        .join('');
    await store.move(['d', 'b'], 'a');
    assert.equal(order(), 'bdac');
    await store.move(['b'], undefined);
    assert.equal(order(), 'dacb');
    await store.move(['x'], 'd');
    assert.equal(order(), 'dacb');
    await store.step('c', -1);
    assert.equal(order(), 'dcab');
    await store.step('c', 1);
    await store.step('c', 1);
    assert.equal(order(), 'dabc');
    for (const [id, by] of [
      ['d', -1],
      ['c', 1],
      ['x', 1],
    ] as const)
      await store.step(id, by);
    assert.equal(order(), 'dabc');
  });
});

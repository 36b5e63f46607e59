import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import type { TreeNode } from '../../src/base/vscode/nodeTree';
import type { TestExports } from '../../src/extension';
import {
  closeEditors,
  connect,
  openRequests,
  removeConnections,
  run,
  setFaults,
  shown,
  startSandbox,
  testExports,
  until,
  type SandboxLogin,
} from './commands';
import { Witness } from './witness';

const [object, other] = ['WebImVisitorObj', 'LeaveMessageObj'];

describe('the tree of records', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;
  let witness: Witness;
  let connection: string;
  let tree: TestExports['objectsTree'];

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
    witness = await Witness.before(login.url);
    ({ id: connection } = await connect({ ...login, url: witness.url }));
    ({ objectsTree: tree } = await testExports());
  });
  afterEach(closeEditors);
  after(async () => {
    await removeConnections();
    witness.stop();
    sandbox.kill();
  });

  const create = async (name: string, of = object) =>
    (await run<{ id: string }>('fxiaoke.record.create', { object: of, data: { name }, open: false })).id;
  const childrenOf = (node: TreeNode | undefined) => tree.getChildren(node);
  /** The folders of an object: its records and its recycle bin. */
  const foldersOf = async (name: string): Promise<[records: TreeNode, bin: TreeNode]> => {
    for (const group of await childrenOf(undefined)) {
      const node = (await childrenOf(group)).find(({ item }) => item.description === name);
      const [records, bin] = node ? await childrenOf(node) : [];
      if (records && bin) return [records, bin];
    }
    return assert.fail(`${name} is not in the tree`);
  };
  /** The records below the object where it is pinned. */
  const pinnedRecords = async () => {
    const pinned = (await childrenOf(undefined)).find(({ argument }) => argument?.['object'] === object);
    return (await childrenOf(pinned))[0];
  };
  const nodeIn = async (folder: TreeNode, id: string) =>
    (await childrenOf(folder)).find(({ argument }) => argument?.['id'] === id);
  const labelIn = async (folder: TreeNode, id: string) => (await nodeIn(folder, id))?.item.label;
  const queries = () => witness.to('data/query').map(({ body }) => body.data.search_query_info.filters as object[]);
  /** Until what a command set going is shown. */
  const untilShown = async (what: string, holds: () => Promise<boolean>) => {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await holds()) return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    assert.fail(`Waited in vain for ${what}`);
  };

  it('shows a changed record in place, and reads that record alone', async () => {
    const id = await create('before');
    const [records] = await foldersOf(object);
    const before = await childrenOf(records);
    witness.forget();
    await run('fxiaoke.record.update', { object, id, data: { name: 'after' }, open: false });
    await untilShown('the new name', async () => (await labelIn(records, id)) === 'after');
    assert.deepEqual(queries(), [[{ field_name: '_id', operator: 'IN', field_values: [id] }]]);
    const after = await childrenOf(records);
    assert.deepEqual(after.map(idOf), before.map(idOf));
    assert.equal(after[1], before[1]);
  });

  it('moves records between those in force and the recycle bin, and reads no page again', async () => {
    const id = await create('mortal');
    const [records, bin] = await foldersOf(object);
    await childrenOf(records);
    await childrenOf(bin);
    witness.forget();
    const isIn = async (folder: TreeNode) => (await nodeIn(folder, id)) !== undefined;
    await run('fxiaoke.record.invalidate', { object, ids: [id], open: false });
    await untilShown('it in the bin', async () => !(await isIn(records)) && (await isIn(bin)));
    await run('fxiaoke.record.recover', { object, ids: [id], open: false });
    await untilShown('it in force', async () => (await isIn(records)) && !(await isIn(bin)));
    await run('fxiaoke.record.invalidate', { object, ids: [id], open: false });
    await untilShown('it in the bin again', () => isIn(bin));
    await run('fxiaoke.record.delete', { object, ids: [id], open: false });
    await untilShown('it nowhere', async () => !(await isIn(records)) && !(await isIn(bin)));
    for (const filters of queries())
      assert.ok(JSON.stringify(filters).includes(`"field_values":["${id}"]`), JSON.stringify(filters));
  });

  describe('after a write whose answer was lost', () => {
    afterEach(() => setFaults(login));

    it('shows what the tenant has, which carried it out', async () => {
      const id = await create('lost');
      const [records, bin] = await foldersOf(object);
      await childrenOf(records);
      await childrenOf(bin);
      await setFaults(login, 'data/invalid:drop!');
      const { failed } = await run<{ failed: { message: string }[] }>('fxiaoke.record.invalidate', {
        object,
        ids: [id],
        open: false,
      });
      assert.match(failed[0]?.message ?? '', /Whether it was carried out is not known/);
      await untilShown('it in the bin', async () => !(await nodeIn(records, id)) && !!(await nodeIn(bin, id)));
    });

    it('shows what the tenant has, which did not', async () => {
      const id = await create('kept');
      const [records, bin] = await foldersOf(object);
      await childrenOf(records);
      await childrenOf(bin);
      witness.forget();
      await setFaults(login, 'data/invalid:drop');
      await run('fxiaoke.record.invalidate', { object, ids: [id], open: false });
      const looks = () => queries().filter(filters => JSON.stringify(filters).includes(id));
      await untilShown('that it looked in both folders', () => Promise.resolve(looks().length >= 2));
      assert.ok((await nodeIn(records, id)) && !(await nodeIn(bin, id)));
    });
  });

  it('keeps the id of the row of a record that is renamed, and has another one for each folder', async () => {
    const id = await create('Old name');
    const [records] = await foldersOf(object);
    await untilShown('the new record', async () => (await nodeIn(records, id)) !== undefined);
    const before = (await nodeIn(records, id))?.item;
    await run('fxiaoke.record.update', { object, id, data: { name: 'New name' }, open: false });
    await untilShown('the new name', async () => (await labelIn(records, id)) === 'New name');
    assert.equal((await nodeIn(records, id))?.item.id, before?.id);
    await run('fxiaoke.object.pin', { object });
    const shown = await Promise.all([childrenOf(await pinnedRecords()), childrenOf(records)]);
    const ids = shown.flat().flatMap(({ item }) => item.id ?? []);
    await run('fxiaoke.object.unpin', { object });
    assert.ok(ids.length > 2 && new Set(ids).size === ids.length);
  });

  it('shows a new record at the top', async () => {
    const [records] = await foldersOf(object);
    await childrenOf(records);
    const id = await create('the newest');
    await untilShown('the new record', async () => idOf((await childrenOf(records))[0]) === id);
  });

  it('shows what a request file changed, and so does the open document', async () => {
    const id = await create('Before the request');
    const [records] = await foldersOf(object);
    await childrenOf(records);
    await run('fxiaoke.record.get', { object, id });
    const document = await shown('fxiaoke-record', `${id}.json`);
    const data = { object_data: { _id: id, dataObjectApiName: object, name: 'By a request' } };
    const { uri } = await openRequests(`POST /cgi/crm/v2/data/update\n\n${JSON.stringify({ data })}\n`);
    await run('fxiaoke.request.send', { uri, open: false });
    await untilShown('the new name', async () => (await labelIn(records, id)) === 'By a request');
    await until('the new text', () => document.getText().includes('By a request'));
  });

  it('takes the name of a record over when it is opened', async () => {
    const id = await create('old');
    const [records] = await foldersOf(object);
    await untilShown('the new record', async () => (await labelIn(records, id)) === 'old');
    // Through another connection: what is done through this one is shown anyway.
    const elsewhere = await connect({ ...login, url: witness.url }, { name: 'Elsewhere' });
    await run('fxiaoke.record.update', { connection: elsewhere.id, object, id, data: { name: 'new' }, open: false });
    await run('fxiaoke.connection.remove', { id: elsewhere.id });
    await run('fxiaoke.connection.select', { id: connection });
    assert.equal(await labelIn(records, id), 'old');
    await run('fxiaoke.record.get', { object, id });
    assert.equal(await labelIn(records, id), 'new');
  });

  it('tells the menus which records in force can be deleted: those of price books alone', async () => {
    const contextOf = async (name: string) => {
      const [records] = await foldersOf(name);
      return (await childrenOf(records))[0]?.item.contextValue ?? '';
    };
    assert.match(await contextOf('PriceBookProductObj'), /^fxiaoke\.record\.(locked\.)?deletable$/);
    assert.match(await contextOf('AccountObj'), /^fxiaoke\.record(\.locked)?$/);
  });

  it('opens a record as the editor opens its own files', async () => {
    const id = await create('clicked');
    const [records] = await foldersOf(object);
    await untilShown('the new record', async () => (await nodeIn(records, id)) !== undefined);
    const { command, arguments: args = [] } = (await nodeIn(records, id))?.item.command ?? assert.fail();
    // With what the editor adds for a click: a preview that leaves the focus in the tree.
    await vscode.commands.executeCommand(command, ...(args as unknown[]), {
      editorOptions: { preserveFocus: true, pinned: false },
      sideBySide: false,
    });
    await shown('fxiaoke-record', `${id}.json`);
    const tab = await until('its tab', () => vscode.window.tabGroups.activeTabGroup.activeTab);
    assert.equal(tab.isPreview, true);
  });

  it('reads again after a refresh, and drops what an older page answers late', async () => {
    const [records] = await foldersOf('AccountObj');
    const more = (await childrenOf(records)).at(-1)?.item.command ?? assert.fail();
    await run('fxiaoke.object.refresh', {});
    witness.forget();
    await vscode.commands.executeCommand(more.command, ...((more.arguments ?? []) as unknown[]));
    assert.deepEqual(queries(), []);
    const [fresh] = await foldersOf('AccountObj');
    assert.equal((await childrenOf(fresh)).length, 51);
    assert.equal(queries().length > 0, true);
  });

  describe('with several records selected', () => {
    const { showWarningMessage } = vscode.window;
    const asked: string[] = [];

    /** A person who agrees to everything, and remembers the questions. */
    before(() => {
      const agree = (question: string, ...[, verb]: unknown[]) => {
        asked.push(question);
        return Promise.resolve(verb);
      };
      Object.assign(vscode.window, { showWarningMessage: agree });
    });
    after(() => Object.assign(vscode.window, { showWarningMessage }));
    beforeEach(() => {
      asked.length = 0;
      witness.forget();
    });

    it('asks about as many as it sends, however often one is named, and waits for no name', async () => {
      const ids = [await create('one'), await create('two')];
      await run('fxiaoke.object.refresh', {});
      witness.forget();
      const selection = ids.map(id => nodeOf(object, id));
      await vscode.commands.executeCommand('fxiaoke.record.lock', selection[0], [...selection, selection[0]]);
      // The name is not known after the refresh, whenever the view asks for it.
      assert.deepEqual(asked, [`Lock 2 records of ${object} in Test (development)?`]);
      assert.deepEqual(
        witness.to('object/lock').map(({ body }) => body.data.dataIds as string[]),
        [ids],
      );
    });

    it('asks once for each object where they are of several', async () => {
      const [first, second, third] = [await create('a'), await create('b'), await create('c', other)];
      await run('fxiaoke.object.list');
      witness.forget();
      const selection = [nodeOf(object, first), nodeOf(other, third), nodeOf(object, second)];
      await vscode.commands.executeCommand('fxiaoke.record.invalidate', selection[0], selection);
      assert.equal(asked.length, 2);
      assert.match(asked[0] ?? '', /2 records of WebImVisitorObj/);
      assert.match(asked[1] ?? '', /1 record of LeaveMessageObj/);
      assert.deepEqual(
        witness.to('data/invalid').map(({ body }) => body.data.object_data_id as string),
        [first, second, third],
      );
    });

    it('takes those of all objects away', async () => {
      const [first, second] = [await create('a'), await create('b', other)];
      const selection = [nodeOf(object, first), nodeOf(other, second)];
      await vscode.commands.executeCommand('fxiaoke.record.copyId', selection[0], selection);
      assert.equal(await vscode.env.clipboard.readText(), [first, second].join('\n'));
      await vscode.commands.executeCommand('fxiaoke.record.copyAsJson', selection[0], selection);
      const copied = JSON.parse(await vscode.env.clipboard.readText()) as { _id: string }[];
      assert.deepEqual(
        copied.map(({ _id }) => _id),
        [first, second],
      );
    });

    it('opens those of all objects', async () => {
      const [first, second] = [await create('a'), await create('b', other)];
      const selection = [nodeOf(object, first), nodeOf(other, second)];
      await vscode.commands.executeCommand('fxiaoke.record.get', selection[0], selection);
      assert.deepEqual(asked, []);
      const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      for (const id of [first, second])
        assert.ok(
          labels.some(label => label.includes(id)),
          labels.join(),
        );
    });

    it('asks before it opens many', async () => {
      Object.assign(vscode.window, {
        showWarningMessage: (question: string) => {
          asked.push(question);
          return Promise.resolve(undefined);
        },
      });
      const selection = Array.from({ length: 11 }, (_, at) =>
        nodeOf(object, `64f0c0ffee0000000000000${at.toString(16)}`),
      );
      await vscode.commands.executeCommand('fxiaoke.record.get', selection[0], selection);
      assert.deepEqual(asked, ['Open 11 records, each in an editor of its own?']);
      assert.deepEqual(witness.to('data/get'), []);
    });

    const nodeOf = (of: string, id: string): TreeNode => ({
      item: new vscode.TreeItem(id),
      argument: { connection, object: of, id },
    });
  });

  it('does nothing, and says so, where the row of a click was taken away meanwhile', async () => {
    const { showErrorMessage } = vscode.window;
    const said: string[] = [];
    Object.assign(vscode.window, { showErrorMessage: (message: string) => Promise.resolve(void said.push(message)) });
    try {
      // What the editor gives then: no item, and no selection.
      await vscode.commands.executeCommand('fxiaoke.record.delete', undefined, null);
    } finally {
      Object.assign(vscode.window, { showErrorMessage });
    }
    assert.match(said.join(), /^Nothing was done: the row/);
  });
});

function idOf(node: TreeNode | undefined): unknown {
  return node?.argument?.['id'];
}

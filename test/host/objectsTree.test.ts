import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TreeNode } from '../../src/base/vscode/nodeTree';
import type { TestExports } from '../../src/extension';
import {
  connect,
  refusal,
  removeConnections,
  run,
  startSandbox,
  testExports,
  until,
  type SandboxLogin,
} from './commands';

const object = 'AccountObj';

describe('the tree of objects', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;
  let connection: string;
  let tree: TestExports['objectsTree'];

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
    ({ id: connection } = await connect(login));
    ({ objectsTree: tree } = await testExports());
    await run('fxiaoke.object.pin', { object });
  });
  after(async () => {
    await run('fxiaoke.object.unpin', { object });
    await removeConnections();
    sandbox.kill();
  });

  const childrenOf = (node?: TreeNode) => tree.getChildren(node);
  const kindOf = ({ item }: TreeNode) => item.contextValue;
  const labelOf = ({ item }: TreeNode) => item.label as string;
  /** The folders below the pinned object. */
  const folders = async () => childrenOf((await childrenOf())[0]);
  const folder = async (kind: string): Promise<TreeNode> =>
    (await folders()).find(node => kindOf(node) === kind) ?? assert.fail(`There is no ${kind}`);
  const recordsIn = async (node: TreeNode) => (await childrenOf(node)).filter(each => each.argument?.['id']);

  describe('filtered', () => {
    afterEach(() => run('fxiaoke.object.clearFilter'));

    for (const typed of ['kh', '客户', 'accountobj', 'Account'])
      it(`finds the account for “${typed}”`, async () => {
        await run('fxiaoke.object.filter', { text: typed });
        const names = (await childrenOf()).map(({ item }) => item.description);
        assert.ok(names.includes(object), names.join());
        assert.ok(!names.includes('LeaveMessageObj'));
      });

    it('shows all objects again', async () => {
      const before = (await childrenOf()).map(labelOf);
      await run('fxiaoke.object.filter', { text: 'no object is named like that' });
      assert.deepEqual(await childrenOf(), []);
      await run('fxiaoke.object.clearFilter');
      assert.deepEqual((await childrenOf()).map(labelOf), before);
    });

    it('shows an object that the filter hides when it is asked for', async () => {
      await run('fxiaoke.object.filter', { text: 'ContactObj' });
      await run('fxiaoke.object.reveal', { object: 'LeadsObj' });
      await run('fxiaoke.internal.copySelected');
      assert.equal(await vscode.env.clipboard.readText(), 'LeadsObj');
    });
  });

  describe('filtered as a person types', () => {
    const { createInputBox } = vscode.window;
    let box: { change: (typed: string) => void; accept: () => void; hide: () => void; ignoreFocusOut?: boolean };

    before(() => {
      const noted = (to: 'change' | 'accept' | 'hide') => (listener: (typed: string) => void) => {
        box[to] = listener as () => void;
      };
      const fake = () => {
        box = { change: () => undefined, accept: () => undefined, hide: () => undefined };
        const events = { onDidChangeValue: noted('change'), onDidAccept: noted('accept'), onDidHide: noted('hide') };
        return Object.assign(box, events, { show: () => undefined, dispose: () => undefined });
      };
      Object.assign(vscode.window, { createInputBox: fake });
    });
    after(() => Object.assign(vscode.window, { createInputBox }));
    afterEach(() => run('fxiaoke.object.clearFilter'));
    const typing = (typed: string) => {
      const done = run('fxiaoke.object.filter');
      return until('the box', () => box).then(() => {
        box.change(typed);
        return { done };
      });
    };

    it('goes back to what was shown on Escape', async () => {
      const { done } = await typing('ContactObj');
      assert.equal((await childrenOf()).length, 1);
      assert.equal(box.ignoreFocusOut, true);
      box.hide();
      await done;
      assert.ok((await childrenOf()).length > 1);
    });

    it('keeps what was found when something of it is picked', async () => {
      const { done } = await typing('ContactObj');
      await run('fxiaoke.object.reveal', { object: 'ContactObj' });
      await done;
      assert.equal((await childrenOf()).length, 1);
    });
  });

  it('marks names that nobody vouches for, and tells by word what icons tell', async () => {
    await run('fxiaoke.object.filter', { text: 'GoalRuleObj' });
    const nodes = await childrenOf();
    const inferred = nodes.find(({ argument }) => argument?.['object'] === 'GoalRuleObj');
    assert.equal(inferred?.item.description, 'GoalRuleObj · unverified');
    assert.match(inferred.item.accessibilityInformation?.label ?? '', /, unverified$/);
    await run('fxiaoke.object.clearFilter');
    const [pinned] = await childrenOf();
    assert.match(pinned?.item.accessibilityInformation?.label ?? '', /AccountObj, pinned$/);
  });

  it('has words for every node', async () => {
    const nodes: TreeNode[] = [];
    const below = async (node: TreeNode | undefined, depth: number): Promise<void> => {
      for (const child of await childrenOf(node)) {
        nodes.push(child);
        if (depth > 0) await below(child, depth - 1);
      }
    };
    await below((await childrenOf())[0], 2);
    await below((await childrenOf()).at(-1), 1);
    nodes.push(...(await childrenOf()), ...(await (await testExports()).connectionsTree.getChildren()));
    await refusal(run('fxiaoke.record.get', { object: 'NoSuchObj', id: 'x', open: false }));
    const { historyTree } = await testExports();
    const [failed] = await historyTree.getChildren();
    assert.match(failed?.item.accessibilityInformation?.label ?? '', /, failed, /);
    nodes.push(...(await historyTree.getChildren(failed)));
    assert.ok(nodes.length > 100);
    for (const { item } of nodes) {
      const label = item.accessibilityInformation?.label ?? '';
      const shown = typeof item.label === 'string' ? item.label : '';
      assert.ok(label.includes(shown) && !/undefined|, ,|, $/.test(label), `“${shown}” is read as “${label}”`);
    }
  });

  it('offers no writes where a process engine alone writes', async () => {
    await run('fxiaoke.object.filter', { text: 'ApprovalInstanceObj' });
    const [node] = await childrenOf();
    assert.equal(node && kindOf(node), 'fxiaoke.object.process');
    const [records] = await childrenOf(node);
    const [record] = records ? await recordsIn(records) : [];
    assert.equal(record && kindOf(record), 'fxiaoke.record.process');
    await run('fxiaoke.object.clearFilter');
  });

  it('says that the tenant does not list an object', async () => {
    assert.match(await refusal(run('fxiaoke.object.reveal', { object: 'NoSuchObj' })), /does not list .*NoSuchObj/);
  });

  it('has the fields of an object, with what they are and where they point to', async () => {
    const fields = await childrenOf(await folder('fxiaoke.fields'));
    const field = (name: string) => fields.find(each => labelOf(each) === name) ?? assert.fail(name);
    assert.match(String(field('name').item.description), /required/);
    const parent = field('parent_account_id');
    assert.equal(kindOf(parent), 'fxiaoke.field.lookup');
    assert.match(String(parent.item.description), /→ Account$/);
    assert.deepEqual(parent.item.command?.arguments, [{ connection, object, byPerson: true }]);
    const options = await childrenOf(field('account_level'));
    assert.ok(options.length > 1);
    await run('fxiaoke.field.copyApiName', { field: 'account_level' });
    assert.equal(await vscode.env.clipboard.readText(), 'account_level');
  });

  it('reveals the object that a look-up field points to, from the menu of the field', async () => {
    const fields = await childrenOf(await folder('fxiaoke.fields'));
    const elsewhere = fields.find(({ argument = {} }) => argument['target'] && argument['target'] !== object);
    assert.ok(elsewhere);
    await vscode.commands.executeCommand('fxiaoke.object.reveal', elsewhere);
    // The editor tells of what is selected a moment later.
    const selected = async () => {
      await run('fxiaoke.internal.copySelected');
      return vscode.env.clipboard.readText();
    };
    for (let n = 0; n < 50 && (await selected()) !== elsewhere.argument?.['target']; n++)
      await new Promise(resolve => setTimeout(resolve, 50));
    assert.equal(await selected(), elsewhere.argument?.['target']);
  });

  it('reveals nothing of a tenant that it does not show', async () => {
    const other = await connect(login, { name: 'Other' });
    await run('fxiaoke.connection.select', { id: connection });
    const revealing = run('fxiaoke.object.reveal', { object: 'ContactObj', connection: other.id });
    assert.match(await refusal(revealing), /Select Other/);
    await run('fxiaoke.connection.remove', { id: other.id });
    await run('fxiaoke.connection.select', { id: connection });
  });

  describe('refreshed in part', () => {
    const refreshed = async (kind: string) => {
      await vscode.commands.executeCommand('fxiaoke.object.refresh', await folder(kind));
    };

    it('reads the records of a folder anew, and no other', async () => {
      const [records, bin] = [await folder('fxiaoke.records'), await folder('fxiaoke.recycleBin')];
      const [before, inBin] = [await recordsIn(records), await recordsIn(bin)];
      await refreshed('fxiaoke.records');
      const after = await recordsIn(await folder('fxiaoke.records'));
      assert.notEqual(after[0], before[0]);
      assert.equal(after.length, 50);
      assert.equal((await recordsIn(await folder('fxiaoke.recycleBin')))[0], inBin[0]);
    });

    it('reads the fields anew and leaves the records', async () => {
      const [before] = await recordsIn(await folder('fxiaoke.records'));
      await refreshed('fxiaoke.fields');
      assert.equal((await recordsIn(await folder('fxiaoke.records')))[0], before);
    });
  });

  describe('with a filter on records', () => {
    const level = { field_name: 'account_level', operator: 'EQ', field_values: ['1'] };
    const filterNode = () => folder('fxiaoke.filter');

    it('shows those that match below a node of its own, until it is removed', async () => {
      const { id } = await run<{ id: string }>('fxiaoke.filter.add', { object, filters: [level] });
      const node = await filterNode();
      assert.match(labelOf(node), /^.+ = .+$/);
      const shown = await recordsIn(node);
      const { records } = await run<{ records: { _id: string }[] }>('fxiaoke.record.query', {
        object,
        filters: [level],
        orders: [{ fieldName: '_id', isAsc: false }],
        limit: 50,
        open: false,
      });
      assert.ok(shown.length > 0);
      assert.deepEqual(
        shown.map(({ argument }) => argument?.['id']),
        records.map(({ _id }) => _id),
      );
      await run('fxiaoke.filter.edit', {
        object,
        filter: id,
        filters: [{ field_name: 'name', operator: 'LIKE', field_values: ['no record is named like that'] }],
      });
      const [empty] = await childrenOf(await filterNode());
      assert.equal(empty?.item.label, 'No records that match');
      await run('fxiaoke.filter.remove', { object, filter: id });
      assert.deepEqual((await folders()).map(kindOf), ['fxiaoke.records', 'fxiaoke.recycleBin', 'fxiaoke.fields']);
    });

    it('refuses conditions that are none, and filters that are not there', async () => {
      assert.match(await refusal(run('fxiaoke.filter.add', { object, filters: ['x'] })), /filters/);
      assert.match(await refusal(run('fxiaoke.filter.add', { object })), /filters is missing/);
      const edit = run('fxiaoke.filter.edit', { object, filter: 'gone', filters: [level] });
      assert.match(await refusal(edit), /no such filter/);
      assert.match(await refusal(run('fxiaoke.record.count', { object, filter: 'gone' })), /no such filter/);
    });

    it('refuses a filter without conditions', async () => {
      assert.match(await refusal(run('fxiaoke.filter.add', { object, filters: [] })), /filters is missing/);
    });

    it('counts the records of a filter, whether it is named or given', async () => {
      const { id } = await run<{ id: string }>('fxiaoke.filter.add', { object, filters: [level] });
      const named = await run<number>('fxiaoke.record.count', { object, filter: id });
      assert.equal(await run('fxiaoke.record.count', { object, filters: [level] }), named);
      assert.ok(named < (await run<number>('fxiaoke.record.count', { object })));
      await run('fxiaoke.filter.remove', { object, filter: id });
    });
  });

  it('counts on demand, and tells it at the folder and below it', async () => {
    const records = await folder('fxiaoke.records');
    await childrenOf(records);
    assert.ok(!records.item.description);
    const count = await run<number>('fxiaoke.record.count', { object, connection, set: 'records' });
    assert.equal(await run('fxiaoke.record.count', { object }), count);
    assert.equal(records.item.description, new Intl.NumberFormat('en').format(count));
    const more = (await childrenOf(records)).at(-1);
    assert.equal(more?.item.description, `50 of ${records.item.description} shown`);
  });

  it('loads all that is left', async () => {
    const records = await folder('fxiaoke.records');
    const first = await childrenOf(records);
    assert.equal(first.at(-1)?.item.contextValue, 'fxiaoke.more');
    await run('fxiaoke.internal.loadAll', { object, connection, set: 'records' });
    const all = await childrenOf(records);
    assert.equal(all.length, await run<number>('fxiaoke.record.count', { object }));
    assert.deepEqual(all.slice(0, first.length - 1), first.slice(0, -1));
  });

  it('shows the fields that the person picked beside the records', async () => {
    const records = await folder('fxiaoke.records');
    const [first] = await recordsIn(records);
    const owner = first?.item.description;
    await run('fxiaoke.object.chooseColumns', { object, fields: ['account_no'] });
    const { account_no: number } = await run<{ account_no: string }>('fxiaoke.record.get', {
      object,
      id: first?.argument?.['id'],
      open: false,
    });
    assert.equal((await recordsIn(records))[0]?.item.description, number);
    await run('fxiaoke.object.chooseColumns', { object, fields: [] });
    assert.equal((await recordsIn(records))[0]?.item.description, owner);
  });

  it('gives records away: their ids, as JSON, as a file', async () => {
    const nodes = (await recordsIn(await folder('fxiaoke.records'))).slice(0, 2);
    const ids = nodes.map(({ argument }) => argument?.['id'] as string);
    // As the menu of the tree calls it for a selection.
    await vscode.commands.executeCommand('fxiaoke.record.copyId', nodes[0], nodes);
    assert.equal(await vscode.env.clipboard.readText(), ids.join('\n'));
    const one = JSON.parse(await run<string>('fxiaoke.record.copyAsJson', { object, ids: ids.slice(0, 1) })) as object;
    assert.equal((one as { _id: string })._id, ids[0]);
    const file = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'export.json');
    const { count } = await run<{ count: number }>('fxiaoke.record.exportJson', { object, ids, file });
    const exported = JSON.parse(fs.readFileSync(file, 'utf8')) as { _id: string }[];
    assert.deepEqual([count, exported.map(({ _id }) => _id)], [2, ids]);
    fs.rmSync(file);
  });

  it('writes no half of an export', async () => {
    const [node] = await recordsIn(await folder('fxiaoke.records'));
    const file = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'half.json');
    const ids = [node?.argument?.['id'], '64f0c0ffee00000000000001'];
    assert.match(await refusal(run('fxiaoke.record.exportJson', { object, ids, file })), /\b\d{2,5}\b/);
    assert.ok(!fs.existsSync(file));
  });

  it('copies a connection without its secrets', async () => {
    const text = await run<string>('fxiaoke.connection.copy', { id: connection });
    const { host, appId, userId } = JSON.parse(text) as Record<string, string>;
    assert.deepEqual([host, appId, userId], [login.url, login.appId, login.userId]);
    for (const secret of [login.appSecret, login.permanentCode]) assert.ok(!text.includes(secret));
  });
});

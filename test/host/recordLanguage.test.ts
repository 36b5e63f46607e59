import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { closeEditors, connect, removeConnections, run, shown, startSandbox, until } from './commands';
import { Witness } from './witness';

const object = 'AccountObj';
type CrmRecord = Record<string, unknown> & { _id: string };

describe('the text of a record', () => {
  let sandbox: ChildProcess;
  let witness: Witness;
  let connection: string;
  let document: vscode.TextDocument;
  let record: CrmRecord;

  before(async () => {
    const { login, process } = await startSandbox();
    sandbox = process;
    await removeConnections();
    witness = await Witness.before(login.url);
    ({ id: connection } = await connect({ ...login, url: witness.url }));
    const filters = [{ field_name: 'parent_account_id', operator: 'ISN', field_values: [''] }];
    const found = await run<{ records: CrmRecord[] }>('fxiaoke.record.query', { object, filters, open: false });
    const { _id: id } = found.records.find(one => typeof one['account_level'] === 'string') ?? assert.fail();
    record = await run<CrmRecord>('fxiaoke.record.get', { object, id });
    document = await shown('fxiaoke-record', `${id}.json`);
    witness.forget();
  });
  afterEach(async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
  after(async () => {
    await closeEditors();
    await removeConnections();
    witness.stop();
    sandbox.kill();
  });

  const all = () => new vscode.Range(0, 0, document.lineCount, 0);
  const lineOf = (field: string) => document.positionAt(document.getText().indexOf(`\n  "${field}"`) + 1).line;
  const hintAt = async (field: string) => {
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      all(),
    );
    const label = hints.find(({ position }) => position.line === lineOf(field))?.label;
    return typeof label === 'string' ? label : '';
  };
  const hoverAt = async (field: string) => {
    const position = new vscode.Position(lineOf(field), 4);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return hovers.flatMap(({ contents }) => contents.map(one => (one as vscode.MarkdownString).value)).join('\n');
  };
  const replace = async (from: string | RegExp, to: string) => {
    const [match = assert.fail(`${String(from)} in the text`)] = new RegExp(from).exec(document.getText()) ?? [];
    const at = document.getText().indexOf(match);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + match.length)), to);
    assert.ok(await vscode.workspace.applyEdit(edit));
  };
  /** Asks for the hint until it says so: names come later. */
  const hintComes = async (field: string, expected: string) => {
    for (let attempt = 0; attempt < 100; attempt++) {
      if ((await hintAt(field)).endsWith(expected)) return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    assert.equal(await hintAt(field), expected);
  };
  const labelsAt = async (position: vscode.Position) => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    return items.map(({ label }) => (typeof label === 'string' ? label : `${label.label} ${label.description ?? ''}`));
  };

  it('says what fields are called and what their values mean, and asks the tenant nothing', async () => {
    assert.match(await hintAt('account_level'), /^客户级别: \S/);
    assert.equal(await hintAt('owner'), `负责人: ${(record['owner__r'] as { name: string }).name}`);
    assert.match(await hintAt('create_time'), /: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    assert.equal(await hintAt('parent_account_id'), `上级客户: ${String(record['parent_account_id__r'])}`);
    assert.deepEqual(witness.calls, []);
  });

  it('names employees and departments beside their ids and where the person points at them', async () => {
    const names = (field: string) => (record[`${field}__l`] as { name?: string; deptName?: string }[])[0];
    const department = names('data_own_department')?.deptName ?? assert.fail();
    const creator = (record['created_by__r'] as { name: string }).name;
    assert.equal(await hintAt('data_own_department'), `归属部门: ${department}`);
    assert.equal(await hintAt('created_by'), `创建人: ${creator}`);
    assert.ok((await hoverAt('data_own_department')).includes(department));
    assert.ok((await hoverAt('created_by')).includes(creator));
    assert.deepEqual(witness.calls, []);
  });

  it('names an employee and a department that are typed, each asked for once', async () => {
    const nameOf = async (of: string, key: string, id: string) => {
      const filters = [{ field_name: key, operator: 'EQ', field_values: [id] }];
      const query = { object: of, filters, open: false };
      const { records } = await run<{ records: { name: string }[] }>('fxiaoke.record.query', query);
      return records[0]?.name ?? assert.fail(`${of} ${id}`);
    };
    const other = (field: string, ids: readonly string[]) =>
      ids.find(id => id !== (record[field] as string[])[0]) ?? assert.fail();
    const [person, department] = [other('owner', ['1001', '1002']), other('data_own_department', ['1000', '1001'])];
    const [personName, departmentName] = [
      await nameOf('PersonnelObj', 'user_id', person),
      await nameOf('DepartmentObj', 'dept_id', department),
    ];
    witness.forget();
    await replace(/"owner": \[[^\]]*\]/, `"owner": ["${person}"]`);
    await replace(/"data_own_department": \[[^\]]*\]/, `"data_own_department": ["${department}"]`);
    await hintComes('owner', `: ${personName}`);
    await hintComes('data_own_department', `: ${departmentName}`);
    const asked = witness.to('data/query').map(({ body }) => body.data.dataObjectApiName as string);
    assert.deepEqual(asked.sort(), ['DepartmentObj', 'PersonnelObj']);
  });

  it('tells more of a field where the person points at it', async () => {
    const text = await hoverAt('account_level');
    assert.match(text, /\*\*客户级别\*\* `account_level`/);
    assert.match(text, /`select_one`/);
    assert.match(text, /- `1` /);
  });

  it('leads from a look-up to the record it points to', async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const link = links.find(({ range }) => range.start.line === lineOf('parent_account_id'));
    const id = String(record['parent_account_id']);
    assert.equal(link?.target?.toString(), `fxiaoke-record://${connection}/${object}/${id}.json`);
    assert.equal(document.getText(link.range), id);
    const target = await vscode.workspace.openTextDocument(link.target);
    assert.equal((JSON.parse(target.getText()) as CrmRecord)._id, id);
  });

  it('offers options and fields while it is edited', async () => {
    await replace(/"account_level": "[^"]*"/, '"account_level": ""');
    const line = document.lineAt(lineOf('account_level')).text;
    const options = await labelsAt(new vscode.Position(lineOf('account_level'), line.indexOf('""') + 1));
    assert.ok(
      options.some(label => /^1 \S/.test(label)),
      options.join(),
    );
    await replace(/"account_level": ""/, '""');
    const names = await labelsAt(new vscode.Position(document.positionAt(document.getText().indexOf('""')).line, 3));
    assert.ok(names.includes('account_level 客户级别'), names.join());
    assert.equal(
      names.some(label => label.startsWith('version ')),
      false,
    );
  });

  it('is marked where the tenant would mind a change, and no more once that is undone', async () => {
    await until('no marks of what was typed before', () => vscode.languages.getDiagnostics(document.uri).length === 0);
    await replace(/"account_level": "[^"]*"/, '"account_level": "no such level", "no_such_field": 1');
    await replace(/"version": "[^"]*"/, '"version": "0"');
    const marked = await until('three marks', () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Fxiaoke');
      return found.length === 3 && found;
    });
    assert.deepEqual(
      marked.map(({ message, severity }) => [message, severity]),
      [
        ['account_level has no option no such level.', vscode.DiagnosticSeverity.Warning],
        ['The object has no field no_such_field.', vscode.DiagnosticSeverity.Warning],
        ['version cannot be changed by an update.', vscode.DiagnosticSeverity.Error],
      ],
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('no marks', () => vscode.languages.getDiagnostics(document.uri).length === 0);
  });

  it('names what is typed for a look-up, asked for once', async () => {
    const query = { object, limit: 2, open: false };
    const { records } = await run<{ records: CrmRecord[] }>('fxiaoke.record.query', query);
    const other = records.find(({ _id }) => _id !== record['parent_account_id']) ?? assert.fail();
    witness.forget();
    await replace(/(?<="parent_account_id": )"[^"]*"/, `"${other._id}"`);
    await hintComes('parent_account_id', `: ${String(other['name'])}`);
    await hintAt('parent_account_id');
    const asked = witness
      .to('data/query')
      .map(({ body }) => body.data.search_query_info.filters[0].field_values as string[]);
    assert.deepEqual(asked, [[other._id]]);
  });

  describe('that names another owner', () => {
    const fixes = (field: string) =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        document.lineAt(lineOf(field)).range,
        vscode.CodeActionKind.QuickFix.value,
      );
    const currentOwner = async () => {
      const { _id: id } = record;
      return (await run<CrmRecord>('fxiaoke.record.get', { object, id, open: false }))['owner'];
    };
    const ownerIn = (text: string) => (JSON.parse(text) as { owner: string[] }).owner[0];
    const ownerLine = /"owner": \[[^\]]*\]/;
    let former: string;
    let other: string;

    before(() => {
      [former = ''] = record['owner'] as string[];
      other = former === '1003' ? '1004' : '1003';
    });

    it('offers to change the owner there, and nowhere else', async () => {
      assert.deepEqual(await fixes('owner'), []);
      await replace(ownerLine, `"owner": ["${other}"]`);
      assert.deepEqual(
        (await fixes('owner')).map(({ title }) => title),
        [`Change the owner to ${other} now`],
      );
      assert.deepEqual(await fixes('account_level'), []);
      await replace(ownerLine, '"owner": []');
      assert.deepEqual(await fixes('owner'), []);
    });

    it('changes the owner and shows the record as it is then', async () => {
      await replace(ownerLine, `"owner": ["${other}"]`);
      const [{ command } = assert.fail('no fix')] = await fixes('owner');
      await vscode.commands.executeCommand(command?.command ?? '', ...((command?.arguments ?? []) as unknown[]));
      assert.deepEqual(await currentOwner(), [other]);
      await until('the new owner in the text', () => ownerIn(document.getText()) === other);
      assert.equal(document.isDirty, false);
    });

    it('keeps other changes of the text unsaved', async () => {
      await replace(/"name": "/, '"name": "X ');
      await replace(ownerLine, `"owner": ["${former}"]`);
      const [{ command } = assert.fail('no fix')] = await fixes('owner');
      await vscode.commands.executeCommand(command?.command ?? '', ...((command?.arguments ?? []) as unknown[]));
      assert.deepEqual(await currentOwner(), [former]);
      assert.ok(document.isDirty && document.getText().includes('"name": "X '));
      assert.ok(await document.save(), 'the rest is saved afterwards');
      await until('the owner of now', () => ownerIn(document.getText()) === former);
    });
  });
});

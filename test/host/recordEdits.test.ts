import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import {
  closeEditors,
  connect,
  removeConnections,
  run,
  setFaults,
  shown,
  startSandbox,
  until,
  type SandboxLogin,
} from './commands';
import { Witness } from './witness';

type CrmRecord = Record<string, unknown> & { _id: string };

const object = 'WebImVisitorObj';

describe('the text of a record', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;
  let witness: Witness;
  let connection: string;

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
    witness = await Witness.before(login.url);
    ({ id: connection } = await connect({ ...login, url: witness.url }));
  });
  afterEach(async () => {
    await setFaults(login);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeEditors();
  });
  after(async () => {
    await removeConnections();
    witness.stop();
    sandbox.kill();
  });

  const openRecord = async (name: string) => {
    const { id } = await run<{ id: string }>('fxiaoke.record.create', { object, data: { name }, open: false });
    await run('fxiaoke.record.get', { object, id });
    return { id, document: await shown('fxiaoke-record', `${id}.json`) };
  };
  const edited = async () => {
    const opened = await openRecord('before');
    await replace(opened.document, '"before"', '"after"');
    return opened;
  };
  const sentBy = () => witness.to('data/update').map(({ body }) => body.data.object_data as CrmRecord);
  const sayings = ({ uri }: vscode.TextDocument) => vscode.languages.getDiagnostics(uri);
  const said = (document: vscode.TextDocument, words: string) =>
    until(words, () => sayings(document).find(({ message }) => message.includes(words)));

  describe('whose connection was edited', () => {
    const actAs = (userId: string) => run('fxiaoke.connection.edit', { id: connection, userId });
    afterEach(() => actAs('1000'));

    it('is read anew where nothing was changed in it', async () => {
      const { document } = await openRecord('before');
      witness.forget();
      await actAs('1001');
      await until('the record to be read', () => witness.to('data/get').length > 0);
      assert.equal(document.isDirty, false);
    });

    it('is compared with what the connection leads to now before any of it is sent', async () => {
      const { id, document } = await edited();
      witness.forget();
      await actAs('1001');
      assert.equal(await isSaved(document), false);
      assert.deepEqual([sentBy(), document.isDirty], [[], true]);
      await said(document, 'the connection was edited');
      assert.match(document.getText(), /"after"/);
      assert.equal(await document.save(), true);
      assert.deepEqual(sentBy(), [{ name: 'after', _id: id, dataObjectApiName: object }]);
    });
  });

  it('says that the record was invalidated while it is edited, and is not sent until it is recovered', async () => {
    const { id, document } = await edited();
    await run('fxiaoke.record.invalidate', { object, ids: [id], open: false });
    await said(document, 'is invalidated');
    witness.forget();
    assert.equal(await isSaved(document), false);
    assert.deepEqual([sentBy(), document.isDirty, document.getText().includes('"after"')], [[], true, true]);
    await run('fxiaoke.record.recover', { object, ids: [id], open: false });
    await until('no more word of it', () => sayings(document).length === 0);
    assert.equal(await document.save(), true);
  });

  it('keeps what is typed while a save finds a conflict out', async () => {
    const { id, document } = await edited();
    await run('fxiaoke.record.update', { object, id, data: { name: 'theirs', ip_address: '10.0.0.9' }, open: false });
    await setFaults(login, 'data/get:delay=1000*');
    witness.forget();
    const saved = isSaved(document);
    await until('the look at the record', () => witness.to('data/get').length > 0);
    await replace(document, '"after"', '"after all"');
    assert.equal(await saved, false);
    await until('what the others changed', () => document.getText().includes('"10.0.0.9"'));
    assert.match(document.getText(), /"after all"/);
  });

  it('keeps what is typed while it is saved, which can be saved next', async () => {
    const { id, document } = await edited();
    await setFaults(login, 'data/update:delay=1000');
    witness.forget();
    const saved = isSaved(document);
    await until('the call', () => sentBy().length > 0);
    await replace(document, '"after"', '"after all"');
    // It is not clean, as the person has typed on.
    assert.equal(await saved, false);
    // As long as it would take to read the record anew.
    await run('fxiaoke.record.get', { object, id, open: false });
    assert.equal(await isSaved(document), true);
    assert.deepEqual(
      sentBy().map(({ name }) => name),
      ['after', 'after all'],
    );
  });

  it('stays unsaved where the answer to its save was lost, and saving it again finds it saved', async () => {
    const { id, document } = await edited();
    await setFaults(login, 'data/update:drop!');
    assert.equal(await isSaved(document), false);
    assert.deepEqual([document.isDirty, document.getText().includes('"after"')], [true, true]);
    assert.equal((await run<CrmRecord>('fxiaoke.record.get', { object, id, open: false }))['name'], 'after');
    witness.forget();
    assert.equal(await document.save(), true);
    assert.deepEqual(sentBy(), []);
  });

  describe('with companions', () => {
    const show = (value: boolean | undefined) =>
      vscode.workspace
        .getConfiguration('fxiaoke')
        .update('record.showCompanions', value, vscode.ConfigurationTarget.Global);
    afterEach(() => show(undefined));

    it('has them as soon as they are wanted, and no longer', async () => {
      const { document } = await openRecord('before');
      assert.doesNotMatch(document.getText(), /__[rl]"/);
      await show(true);
      await until('companions', () => /__[rl]"/.test(document.getText()));
      await show(undefined);
      await until('no companions', () => !/__[rl]"/.test(document.getText()));
      assert.equal(document.isDirty, false);
    });

    it('is not saved where one of them was changed, and says so at its line', async () => {
      await show(true);
      const { document } = await openRecord('before');
      const [, companion = ''] = /"(\w+__[rl])": [^\n]*\n/.exec(document.getText()) ?? [];
      await replace(document, `"${companion}": `, `"${companion}": [], "x__r": `);
      witness.forget();
      assert.equal(await isSaved(document), false);
      assert.deepEqual([sentBy(), document.isDirty], [[], true]);
      const { range } = await said(document, `${companion} cannot be changed`);
      assert.match(document.lineAt(range.start.line).text, new RegExp(companion));
    });
  });

  it('has an outline, folds, and says at its line where a save found it to be no JSON', async () => {
    const { document } = await openRecord('before');
    const { uri } = document;
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    assert.ok(symbols.some(({ name }) => name === 'name') && symbols.some(({ name }) => name === 'owner'));
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    assert.ok(folds.some(({ start, end }) => start === 0 && end >= document.lineCount - 3));
    await replace(document, '"before",', '"before"');
    assert.equal(await isSaved(document), false);
    const line = document.positionAt(document.getText().indexOf('"before"')).line + 1;
    const { range, source } = await said(document, 'is not JSON');
    assert.deepEqual([range.start.line, source], [line, 'Fxiaoke']);
    await replace(document, '"before"', '"before",');
    await until('no more word of it', () => !sayings(document).some(({ message }) => message.includes('not JSON')));
  });
});

async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  // The editor refuses an edit of a version that another change has overtaken.
  for (let n = 0; n < 20; n++) {
    const at = document.getText().indexOf(from);
    assert.ok(at >= 0, `${from} in ${document.getText()}`);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
    if (await vscode.workspace.applyEdit(edit)) return;
  }
  assert.fail(`The editor never took ${to}`);
}

function isSaved(document: vscode.TextDocument): Promise<boolean> {
  return Promise.resolve(document.save()).catch(() => false);
}

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeEditors, connect, refusal, removeConnections, run, shown, startSandbox, until } from './commands';
import { Witness } from './witness';

type CrmRecord = Record<string, unknown> & { _id: string };

const object = 'WebImVisitorObj';

describe('record documents', () => {
  let sandbox: ChildProcess;
  let witness: Witness;
  let connection: string;
  let readOnly: string;

  before(async () => {
    const { login, process } = await startSandbox();
    sandbox = process;
    await removeConnections();
    witness = await Witness.before(login.url);
    ({ id: readOnly } = await connect({ ...login, url: witness.url }, { name: 'Guarded', role: 'readOnly' }));
    ({ id: connection } = await connect({ ...login, url: witness.url }));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeEditors();
  });
  after(async () => {
    await removeConnections();
    witness.stop();
    sandbox.kill();
  });

  const create = async (name: string) =>
    (await run<{ id: string }>('fxiaoke.record.create', { object, data: { name }, open: false })).id;
  const get = (id: string) => run<CrmRecord>('fxiaoke.record.get', { object, id, open: false });
  const uriOf = (id: string, tenant = connection) =>
    vscode.Uri.parse(`fxiaoke-record://${tenant}/${object}/${id}.json`);
  const openRecord = async (id: string) => {
    await run('fxiaoke.record.get', { object, id });
    return shown('fxiaoke-record', `${id}.json`);
  };
  const sentBy = () => witness.to('data/update').map(({ body }) => body.data.object_data as CrmRecord);

  describe('while they are edited', () => {
    const change = async (document: vscode.TextDocument) => replace(document, '"before"', '"after"');

    it('are saved after the owner was changed, and only what the person changed is sent', async () => {
      const id = await create('before');
      const document = await openRecord(id);
      await change(document);
      await run('fxiaoke.record.changeOwner', { object, ids: [id], owner: '1001', open: false });
      witness.forget();
      assert.equal(await document.save(), true);
      assert.deepEqual(sentBy(), [{ name: 'after', _id: id, dataObjectApiName: object }]);
      const saved = await get(id);
      assert.deepEqual([saved['name'], saved['owner']], ['after', ['1001']]);
      await until('the new owner in the text', () => document.getText().includes('"1001"'));
    });

    it('are saved after another field was changed elsewhere', async () => {
      const id = await create('before');
      const document = await openRecord(id);
      await change(document);
      await run('fxiaoke.record.update', { object, id, data: { ip_address: '10.0.0.9' }, open: false });
      witness.forget();
      assert.equal(await document.save(), true);
      assert.deepEqual(sentBy(), [{ name: 'after', _id: id, dataObjectApiName: object }]);
      assert.equal((await get(id))['ip_address'], '10.0.0.9');
    });

    it('keep their text while the record is locked, and are saved once it is unlocked', async () => {
      const id = await create('before');
      const document = await openRecord(id);
      await change(document);
      await run('fxiaoke.record.lock', { object, ids: [id], open: false });
      assert.equal(await isSaved(document), false);
      assert.equal(document.isDirty, true);
      await run('fxiaoke.record.unlock', { object, ids: [id], open: false });
      witness.forget();
      assert.equal(await document.save(), true);
      assert.deepEqual(sentBy(), [{ name: 'after', _id: id, dataObjectApiName: object }]);
    });

    describe('where someone changed the same field', () => {
      const inConflict = async () => {
        const id = await create('before');
        const document = await openRecord(id);
        await change(document);
        const data = { name: 'theirs', ip_address: '10.0.0.9' };
        await run('fxiaoke.record.update', { object, id, data, open: false });
        witness.forget();
        assert.equal(await isSaved(document), false);
        const diff = await until('the comparison', () => diffOf(document.uri));
        await until('what only others changed in the text', () => document.getText().includes('"10.0.0.9"'));
        return { id, document, diff };
      };

      it('are refused, with the text kept and nothing sent, and compared with what the tenant has now', async () => {
        const { id, document, diff } = await inConflict();
        assert.match(document.getText(), /"after"/);
        assert.deepEqual([document.isDirty, sentBy()], [true, []]);
        assert.equal((await get(id))['name'], 'theirs');
        assert.match((await vscode.workspace.openTextDocument(diff.original)).getText(), /"theirs"/);
        const why = await until('the reason at its line', () =>
          vscode.languages.getDiagnostics(document.uri).find(({ message }) => message.includes('has changed since')),
        );
        assert.match(why.message, /name was "before" and is now "theirs"; yours is "after"/);
        assert.match(document.lineAt(why.range.start.line).text, /"name": "after"/);
      });

      it('are saved once the person has decided, with what others changed besides', async () => {
        const { id, document } = await inConflict();
        await replace(document, '"after"', '"both"');
        assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
        assert.equal(await document.save(), true);
        assert.deepEqual(sentBy(), [{ name: 'both', _id: id, dataObjectApiName: object }]);
        const { name, ip_address } = await get(id);
        assert.deepEqual([name, ip_address], ['both', '10.0.0.9']);
      });

      it('are refused once more where the record changes again meanwhile', async () => {
        const { id, document } = await inConflict();
        await run('fxiaoke.record.update', { object, id, data: { name: 'third' }, open: false });
        witness.forget();
        assert.equal(await isSaved(document), false);
        assert.deepEqual(sentBy(), []);
        const diff = await until('the comparison', () => diffOf(document.uri));
        const shownNow = await vscode.workspace.openTextDocument(diff.original);
        await until('the newest value', () => shownNow.getText().includes('"third"'));
      });

      it('are as the tenant has them when the person gives up what they changed', async () => {
        const { document } = await inConflict();
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
        assert.match(document.getText(), /"theirs"/);
        assert.equal(document.isDirty, false);
      });
    });

    it('say at its line why the tenant refused a field', async () => {
      const id = await create('before');
      const document = await openRecord(id);
      await change(document);
      await run('fxiaoke.record.lock', { object, ids: [id], open: false });
      assert.equal(await isSaved(document), false);
      const why = await until('the reason', () => vscode.languages.getDiagnostics(document.uri)[0]);
      assert.match(document.lineAt(why.range.start.line).text, /"name": "after"/);
      await run('fxiaoke.record.unlock', { object, ids: [id], open: false });
    });

    it('keep what they were made from when their language is changed', async () => {
      const id = await create('before');
      const document = await openRecord(id);
      await change(document);
      await run('fxiaoke.record.changeOwner', { object, ids: [id], owner: '1001', open: false });
      await vscode.languages.setTextDocumentLanguage(document, 'jsonc');
      witness.forget();
      assert.equal(await document.save(), true);
      assert.deepEqual(sentBy(), [{ name: 'after', _id: id, dataObjectApiName: object }]);
    });
  });

  describe('with automatic saving', () => {
    const files = vscode.workspace.getConfiguration('files');
    const control = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'control.json');
    const set = (key: string, value: unknown) => files.update(key, value, vscode.ConfigurationTarget.Global);

    beforeEach(async () => {
      fs.writeFileSync(control, '"before"');
      await set('autoSave', 'afterDelay');
      await set('autoSaveDelay', 50);
    });
    afterEach(async () => {
      await set('autoSave', undefined);
      await set('autoSaveDelay', undefined);
      await vscode.workspace
        .getConfiguration('files', { languageId: 'json' })
        .update('autoSaveWorkspaceFilesOnly', undefined, vscode.ConfigurationTarget.Global, true);
      fs.rmSync(control);
    });

    it('are left alone where other files are saved, until the person saves them', async () => {
      const id = await create('before');
      const document = await openRecord(id);
      await replace(document, '"before"', '"aft');
      witness.forget();
      const tried: string[] = [];
      const listening = vscode.workspace.onWillSaveTextDocument(event => tried.push(event.document.uri.scheme));
      const other = await vscode.workspace.openTextDocument(control);
      await replace(other, '"before"', '"after"');
      await until('the other file to be saved', () => tried.length > 0 && !other.isDirty);
      listening.dispose();
      assert.deepEqual([...new Set(tried)], ['file']);
      assert.deepEqual([document.isDirty, witness.calls], [true, []]);
      await replace(document, '"aft', '"after"');
      assert.equal(await document.save(), true);
      assert.equal((await get(id))['name'], 'after');
    });

    it('are held where the person has the editor save everything: unsaved and unsent', async () => {
      await vscode.workspace
        .getConfiguration('files', { languageId: 'json' })
        .update('autoSaveWorkspaceFilesOnly', false, vscode.ConfigurationTarget.Global, true);
      const id = await create('before');
      const document = await openRecord(id);
      const tried: vscode.TextDocumentSaveReason[] = [];
      const listening = vscode.workspace.onWillSaveTextDocument(event => {
        if (event.document === document) tried.push(event.reason);
      });
      witness.forget();
      await replace(document, '"before"', '"aft');
      await until('the editor to try', () => tried.length > 0);
      const other = await vscode.workspace.openTextDocument(control);
      await replace(document, '"aft', '"after"');
      await replace(other, '"before"', '"after"');
      await until('the other file to be saved', () => !other.isDirty);
      assert.ok(tried.every(reason => reason === vscode.TextDocumentSaveReason.AfterDelay));
      assert.deepEqual([document.isDirty, witness.calls], [true, []]);
      assert.equal(await document.save(), true);
      listening.dispose();
      assert.equal((await get(id))['name'], 'after');
    });
  });

  describe('as files', () => {
    const { fs: files } = vscode.workspace;

    it('stand in folders that list what is open, and ask the tenant nothing', async () => {
      const id = await create('listed');
      await openRecord(id);
      witness.forget();
      const root = vscode.Uri.parse(`fxiaoke-record://${connection}/`);
      const folder = vscode.Uri.joinPath(root, object);
      for (const uri of [root, folder, vscode.Uri.joinPath(root, 'AccountObj')])
        assert.equal((await files.stat(uri)).type, vscode.FileType.Directory);
      assert.deepEqual(await files.readDirectory(root), [[object, vscode.FileType.Directory]]);
      const inFolder = await files.readDirectory(folder);
      assert.ok(inFolder.some(([name, type]) => name === `${id}.json` && type === vscode.FileType.File));
      assert.deepEqual(await files.readDirectory(vscode.Uri.joinPath(root, 'AccountObj')), []);
      assert.deepEqual(witness.calls, []);
    });

    it('are not asked for of the tenant when editors look for their own files', async () => {
      witness.forget();
      const probes = [
        'package.json',
        'tsconfig.json',
        '.editorconfig',
        '.git',
        'node_modules',
        '.vscode/settings.json',
      ];
      for (const probe of probes.flatMap(name => [`/${name}`, `/${object}/${name}`])) {
        const uri = vscode.Uri.parse(`fxiaoke-record://${connection}${probe}`);
        assert.equal(await codeOf(files.stat(uri)), 'FileNotFound', probe);
      }
      assert.deepEqual(witness.calls, []);
    });

    it('are read once when they are opened, with their description, however often the editor looks', async () => {
      const id = await create('looked at');
      witness.forget();
      await vscode.commands.executeCommand('vscode.open', uriOf(id));
      const document = await shown('fxiaoke-record', `${id}.json`);
      for (let i = 0; i < 3; i++) await files.stat(uriOf(id));
      await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
      assert.equal(witness.to('data/get').length, 1);
      assert.ok(witness.to('object/describe').length <= 1);
      assert.ok(witness.calls.length <= 2);
    });

    it('are not found where the tenant has no such record', async () => {
      assert.equal(await codeOf(files.stat(uriOf('64f0c0ffee00000000000001'))), 'FileNotFound');
    });

    it('are read-only in a read-only tenant and once invalidated, and can be edited again when recovered', async () => {
      const id = await create('mortal');
      const isReadOnly = async (uri: vscode.Uri) =>
        (await files.stat(uri)).permissions === vscode.FilePermission.Readonly;
      assert.equal(await isReadOnly(uriOf(id, readOnly)), true);
      await openRecord(id);
      assert.equal(await isReadOnly(uriOf(id)), false);
      await run('fxiaoke.record.invalidate', { object, ids: [id], open: false });
      await untilIt('is read-only', () => isReadOnly(uriOf(id)));
      await run('fxiaoke.record.recover', { object, ids: [id], open: false });
      await untilIt('can be edited', async () => !(await isReadOnly(uriOf(id))));
      await run('fxiaoke.connection.edit', { id: connection, role: 'readOnly' });
      assert.equal(await isReadOnly(uriOf(id)), true);
      await run('fxiaoke.connection.edit', { id: connection, role: 'development' });
    });

    it('say so when the record is invalidated and when it is deleted, and keep their last text, read-only', async () => {
      const id = await create('remembered');
      const document = await openRecord(id);
      const said = (words: string) =>
        until(words, () =>
          vscode.languages.getDiagnostics(document.uri).some(({ message }) => message.includes(words)),
        );
      await run('fxiaoke.record.invalidate', { object, ids: [id], open: false });
      await said('is invalidated');
      await run('fxiaoke.record.delete', { object, ids: [id], open: false });
      await said('was deleted');
      assert.match(document.getText(), /"remembered"/);
      assert.deepEqual([document.isClosed, document.isDirty], [false, false]);
      assert.equal((await files.stat(uriOf(id))).permissions, vscode.FilePermission.Readonly);
    });

    it('say so when a save finds the record deleted, and keep what was typed', async () => {
      const id = await create('before');
      const document = await openRecord(id);
      await replace(document, '"before"', '"after"');
      await run('fxiaoke.record.invalidate', { object, ids: [id], open: false });
      await run('fxiaoke.record.delete', { object, ids: [id], open: false });
      assert.equal(await isSaved(document), false);
      await until('the reason', () =>
        vscode.languages.getDiagnostics(document.uri).some(({ message }) => message.includes('was deleted')),
      );
      assert.deepEqual([document.isDirty, /"after"/.exec(document.getText())?.length], [true, 1]);
    });

    it('are written by nobody but the person who saves them', async () => {
      const id = await create('mine');
      const text = Buffer.from(await files.readFile(uriOf(id))).toString('utf8');
      witness.forget();
      const refused = await refusal(files.writeFile(uriOf(id), Buffer.from(text.replace('"mine"', '"theirs"'))));
      assert.match(refused, /only when you save it yourself/);
      assert.deepEqual(sentBy(), []);
    });
  });

  describe('before the person', () => {
    const palette = (id: string) => vscode.commands.executeCommand(id);

    it('are what the commands of the palette are about', async () => {
      const id = await create('in front');
      await openRecord(id);
      await palette('fxiaoke.record.lock');
      assert.equal((await get(id))['lock_status'], '1');
      await shown('fxiaoke-record', `${id}.json`);
      await vscode.commands.executeCommand('vscode.open', uriOf(id));
      await palette('fxiaoke.record.unlock');
      assert.equal((await get(id))['lock_status'], '0');
    });

    it('are what the buttons of their editor are about, and are read anew by one of them', async () => {
      const id = await create('first');
      const document = await openRecord(id);
      await run('fxiaoke.record.get', { object, id: await create('another') });
      witness.forget();
      await vscode.commands.executeCommand('fxiaoke.internal.refreshRecord', document.uri, { groupId: 0 });
      assert.deepEqual(
        witness.to('data/get').map(({ body }) => body.data.objectDataId as string),
        [id],
      );
      await shown('fxiaoke-record', `${id}.json`);
    });
  });
});

/** The comparison that is open whose right side is the document. */
function diffOf(uri: vscode.Uri): vscode.TabInputTextDiff | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs.map(({ input }) => input))
    .find(
      (input): input is vscode.TabInputTextDiff =>
        input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString(),
    );
}

async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const at = document.getText().indexOf(from);
  assert.ok(at >= 0, `${from} in ${document.getText()}`);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + from.length));
  edit.replace(document.uri, range, to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** The code of the failure, if it fails. */
async function codeOf(work: Thenable<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof vscode.FileSystemError ? error.code : String(error);
  }
}

function isSaved(document: vscode.TextDocument): Promise<boolean> {
  return Promise.resolve(document.save()).catch(() => false);
}

async function untilIt(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await holds()) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.fail(`Waited in vain until it ${what}`);
}

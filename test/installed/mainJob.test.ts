import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { openRequests, run, shown } from '../host/commands';

const object = 'AccountObj';

interface Account {
  readonly _id: string;
  readonly name: string;
}

describe('the packaged extension', () => {
  let account: Account;

  after(() => run('fxiaoke.sandbox.stop'));

  it('is the installed one, in a VS Code as old or new as was asked for', () => {
    const oldest = process.env['VSCODE_HOST_VERSION'] === 'oldest';
    assert.match(vscode.version, oldest ? /^1\.100\./ : /^1\.\d{3}\./);
    const extension = vscode.extensions.getExtension('crm-devkit.fxiaoke-crm');
    const installed = fs.realpathSync(process.env['FXIAOKE_TEST_EXTENSIONS'] ?? '');
    assert.equal(path.dirname(fs.realpathSync(extension?.extensionPath ?? '')), installed);
  });

  it('starts its sandbox and lists the objects', async () => {
    const { url } = await run<{ url: string }>('fxiaoke.sandbox.start', {});
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const objects = await run<{ apiName: string }[]>('fxiaoke.object.list');
    assert.ok(objects.some(({ apiName }) => apiName === object));
  });

  it('finds a record', async () => {
    const { records } = await run<{ records: Account[] }>('fxiaoke.record.query', { object, limit: 1, open: false });
    assert.ok(records[0]);
    account = records[0];
  });

  it('opens the record, and a save by hand changes it in the tenant', async () => {
    await run('fxiaoke.record.get', { object, id: account._id });
    const document = await shown('fxiaoke-record', `${account._id}.json`);
    const name = `"name": ${JSON.stringify(account.name)}`;
    const at = document.getText().indexOf(name);
    assert.ok(at >= 0, document.getText());
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + name.length));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, '"name": "Renamed"');
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    assert.equal(await document.save(), true);
    const { name: saved } = await run<Account>('fxiaoke.record.get', { object, id: account._id, open: false });
    assert.equal(saved, 'Renamed');
  });

  it('sends a request and shows its answer', async () => {
    const body = { data: { dataObjectApiName: object, objectDataId: account._id } };
    const document = await openRequests(`POST /cgi/crm/v2/data/get\n\n${JSON.stringify(body)}\n`);
    await vscode.window.showTextDocument(document);
    const { errorCode } = await run<{ errorCode: number }>('fxiaoke.request.send', { uri: document.uri, line: 1 });
    assert.equal(errorCode, 0);
    assert.match((await shown('fxiaoke-response', '')).getText(), /"Renamed"/);
  });
});

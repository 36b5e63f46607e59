import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

describe('the real VS Code', () => {
  it('is as old or new as was asked for', () => {
    const oldest = process.env['VSCODE_HOST_VERSION'] === 'oldest';
    assert.match(vscode.version, oldest ? /^1\.100\./ : /^1\.\d{3}\./);
  });

  it('has the extension under development, and activates it', async () => {
    const extension = vscode.extensions.getExtension('crm-devkit.fxiaoke-crm');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('has a workspace of its own open, and trusts it', () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    assert.equal(fs.existsSync(path.join(folder.uri.fsPath, 'README.md')), true);
    assert.equal(vscode.workspace.isTrusted, true);
  });
});

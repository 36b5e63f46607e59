import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeEditors, connect, removeConnections, run, startSandbox, testExports, until } from './commands';
import { MemoryFiles } from './memoryFiles';

interface SendResult {
  errorCode: number;
  body: { data?: { dataList?: { object_describe_api_name: string }[] } };
}

const query = (object: string) =>
  `POST /cgi/crm/v2/data/query\n\n{ "data": { "dataObjectApiName": "${object}", "search_query_info": { "limit": 1, "offset": 0, "filters": [] } } }\n`;

describe('request files wherever and however they are kept', () => {
  let sandbox: ChildProcess;
  let elsewhere = '';

  before(async () => {
    elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'fxiaoke-elsewhere-'));
    const started = await startSandbox();
    sandbox = started.process;
    await removeConnections();
    await connect(started.login);
  });
  afterEach(closeEditors);
  after(async () => {
    await removeConnections();
    sandbox.kill();
    fs.rmSync(elsewhere, { recursive: true, force: true });
  });

  const onDisk = (folder: string, name: string, content: string | Uint8Array) => {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const written = (...file: Parameters<typeof onDisk>) => vscode.workspace.openTextDocument(onDisk(...file));
  const root = () => vscode.workspace.workspaceFolders![0]!.uri.fsPath;
  const environment = (object: string) => JSON.stringify({ $shared: { object } });
  const send = (document: vscode.TextDocument, argument: object = {}) =>
    run<SendResult>('fxiaoke.request.send', { uri: document.uri, open: false, ...argument });
  const objectIn = async (document: vscode.TextDocument, argument: object = {}) => {
    const { errorCode, body } = await send(document, argument);
    assert.equal(errorCode, 0, JSON.stringify(body));
    return body.data?.dataList?.[0]?.object_describe_api_name;
  };
  const problems = (document: vscode.TextDocument, count: number) =>
    until(`${count} problems`, () => {
      const list = vscode.languages.getDiagnostics(document.uri);
      return list.length === count && list;
    });

  describe('where', () => {
    it('in a file system of another extension: with the environment and the body beside them', async () => {
      const files = new MemoryFiles({
        '/a.fxhttp': `${query('{{object}}')}\n### second\nPOST /cgi/crm/v2/data/query\n\n< ./body.json\n`,
        '/body.json': query('LeadsObj').replace(/^POST .*/, ''),
        '/fxiaoke.env.json': environment('ContactObj'),
      });
      const registered = vscode.workspace.registerFileSystemProvider('memory', files, { isReadonly: true });
      try {
        const uri = vscode.Uri.from({ scheme: 'memory', path: '/a.fxhttp' });
        const document = await vscode.workspace.openTextDocument(uri);
        assert.equal(document.languageId, 'fxiaoke-request');
        assert.deepEqual([await objectIn(document), await objectIn(document, { line: 5 })], ['ContactObj', 'LeadsObj']);
      } finally {
        registered.dispose();
      }
    });

    it('outside of the workspace: with the environment beside them', async () => {
      onDisk(elsewhere, 'fxiaoke.env.json', environment('ContactObj'));
      assert.equal(await objectIn(await written(elsewhere, 'a.fxhttp', query('{{object}}'))), 'ContactObj');
    });

    it('not saved yet: with the environment of the workspace', async () => {
      onDisk(root(), 'fxiaoke.env.json', environment('LeadsObj'));
      const untitled = await vscode.workspace.openTextDocument({
        language: 'fxiaoke-request',
        content: query('{{object}}'),
      });
      assert.ok(untitled.isUntitled);
      assert.equal(await objectIn(untitled), 'LeadsObj');
      fs.rmSync(path.join(root(), 'fxiaoke.env.json'));
    });

    it('in one of several folders: with the environment of that folder', async () => {
      const second = path.join(elsewhere, 'second');
      onDisk(root(), 'fxiaoke.env.json', environment('AccountObj'));
      onDisk(second, 'fxiaoke.env.json', environment('OpportunityObj'));
      const inFirst = await written(path.join(root(), 'deep'), 'a.fxhttp', query('{{object}}'));
      const inSecond = await written(path.join(second, 'deep', 'down'), 'a.fxhttp', query('{{object}}'));
      const changed = new Promise(resolve => vscode.workspace.onDidChangeWorkspaceFolders(resolve));
      assert.ok(vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.file(second) }));
      await changed;
      assert.equal(vscode.workspace.workspaceFolders?.length, 2);
      assert.equal(await objectIn(inFirst), 'AccountObj');
      assert.equal(await objectIn(inSecond), 'OpportunityObj');
      // The tests of both are told apart by the names of the folders.
      const requestTests = await (await testExports()).requestTests();
      const label = ({ uri }: vscode.TextDocument) =>
        requestTests.suites.find(({ id }) => id === uri.toString())?.label;
      await vscode.commands.executeCommand('testing.refreshTests');
      await until('both suites', () => label(inFirst) !== undefined && label(inSecond) !== undefined);
      const gone = new Promise(resolve => vscode.workspace.onDidChangeWorkspaceFolders(resolve));
      vscode.workspace.updateWorkspaceFolders(1, 1);
      await gone;
      fs.rmSync(path.join(root(), 'fxiaoke.env.json'));
      fs.rmSync(path.join(root(), 'deep'), { recursive: true });
    });
  });

  describe('how', () => {
    it('with CRLF: problems, fixes and answers stand where they should', async () => {
      const text = `### one\n${query('AccountObj')}\n?? errorCode == 0\n### two\n${query('AccountObj').replace('"limit": 1', '"limit": 500')}`;
      const document = await written(elsewhere, 'crlf.fxhttp', text.replaceAll('\n', '\r\n'));
      assert.equal(document.eol, vscode.EndOfLine.CRLF);
      const [problem] = await problems(document, 1);
      assert.equal(document.getText(problem?.range), '500');
      assert.equal(problem?.range.start.line, 9);
      const sent = await send(document, { line: 7 });
      assert.notEqual(sent.errorCode, 0);
      const failed = vscode.languages.getDiagnostics(document.uri).find(({ code }) => code === sent.errorCode);
      assert.equal(failed?.range.start.line, 7);
      assert.equal(document.getText(failed.range), 'POST /cgi/crm/v2/data/query');
      assert.equal((await send(document)).errorCode, 0);
    });

    it('with a byte order mark', async () => {
      const document = await written(elsewhere, 'bom.fxhttp', `\uFEFF# @name first\n${query('AccountObj')}`);
      const results = await run<SendResult[]>('fxiaoke.request.sendAll', { uri: document.uri, open: false });
      assert.deepEqual(
        results.map(({ errorCode }) => errorCode),
        [0],
      );
      assert.equal((await send(document, { name: 'first' })).errorCode, 0);
      await problems(document, 0);
    });

    it('with both: sent and laid out, each line break and the mark as they were', async () => {
      const text = `### one\n# @name both\n${query('AccountObj')}\n?? data.total > 0\n### two\n${query('ContactObj')}`;
      const crlf = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
      const document = await written(elsewhere, 'both.fxhttp', crlf);
      await problems(document, 0);
      const { uri } = document;
      const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
        'vscode.executeFormatDocumentProvider',
        uri,
        { tabSize: 4, insertSpaces: true },
      );
      const edit = new vscode.WorkspaceEdit();
      edit.set(uri, edits);
      await vscode.workspace.applyEdit(edit);
      await document.save();
      const saved = fs.readFileSync(uri.fsPath, 'utf8');
      assert.ok(saved.startsWith('\uFEFF### one\r\n# @name both\r\nPOST'));
      assert.match(saved, /\r\n {4}"data": \{\r\n {8}"dataObjectApiName": "AccountObj",\r\n/);
      assert.doesNotMatch(saved, /[^\r]\n/);
      const sent = await run<SendResult[]>('fxiaoke.request.sendAll', { uri, open: false });
      assert.deepEqual(
        sent.map(({ errorCode }) => errorCode),
        [0, 0],
      );
      await problems(document, 0);
      const again = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
        'vscode.executeFormatDocumentProvider',
        uri,
        { tabSize: 4, insertSpaces: true },
      );
      assert.deepEqual(again ?? [], []);
    });

    it('with very long lines', async () => {
      const ids = Array.from({ length: 20_000 }, (_, n) => `"${n.toString(16).padStart(24, '0')}"`).join(', ');
      const filter = `{ "field_name": "_id", "operator": "NIN", "field_values": [${ids}] }`;
      const text = query('AccountObj').replace('"filters": []', `"filters": [${filter}]`);
      assert.ok(text.split('\n').some(line => line.length > 500_000));
      const document = await written(elsewhere, 'long.fxhttp', text.replace('"limit": 1,', '"limit": 101,'));
      const [problem] = await problems(document, 1);
      assert.equal(document.getText(problem?.range), '101');
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, problem!.range, '1');
      await vscode.workspace.applyEdit(edit);
      await problems(document, 0);
      const end = document.positionAt(document.getText().lastIndexOf('"') - 3);
      await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, end);
      assert.equal((await send(document)).errorCode, 0);
    });

    it('with full-width punctuation typed by mistake: mended by one quick fix for each request', async () => {
      const right = query('AccountObj').replace('POST', '# @name full\nPOST');
      const wrong = right
        .replace('"dataObjectApiName": "AccountObj",', '“dataObjectApiName”： "AccountObj"，')
        .replace('# @name', '＃ ＠name');
      const text = `### one\n${wrong}### two\n${query('AccountObj').replace(':', '：')}`;
      const document = await written(elsewhere, 'wide.fxhttp', text);
      const [first] = await problems(document, 7);
      assert.equal(document.getText(first?.range), '＃');
      const [action, ...others] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        first?.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      assert.ok(action?.edit && others.length === 0);
      await vscode.workspace.applyEdit(action.edit);
      assert.ok(document.getText().startsWith(`### one\n${right}### two\n`));
      await problems(document, 1);
      assert.equal((await send(document, { name: 'full' })).errorCode, 0);
    });
  });
});

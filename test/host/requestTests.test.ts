import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import {
  closeEditors,
  connect,
  openRequests,
  removeConnections,
  run,
  startSandbox,
  testExports,
  until,
} from './commands';

const body = (object: string, limit = 2) =>
  `{ "data": { "dataObjectApiName": "${object}", "search_query_info": { "limit": ${limit}, "offset": 0, "filters": [] } } }`;
const query = (title: string, text: string, assertions = '') =>
  `### ${title}\nPOST /cgi/crm/v2/data/query\n\n${text}\n\n${assertions}\n`;

describe('requests as tests, and help where one fails', () => {
  let sandbox: ChildProcess;

  before(async () => {
    const started = await startSandbox();
    sandbox = started.process;
    await removeConnections();
    await connect(started.login);
  });
  afterEach(closeEditors);
  after(async () => {
    await removeConnections();
    sandbox.kill();
  });

  const suiteOf = async (document: vscode.TextDocument) => {
    const { requestTests } = await testExports();
    const suite = await until('a suite', () => requestTests.suites.find(({ id }) => id === document.uri.toString()));
    return { requestTests, suite };
  };

  it('list each file as a suite and each request as a test, and follow edits', async () => {
    const document = await openRequests(query('one', body('AccountObj')) + query('one', body('ContactObj')));
    const { suite } = await suiteOf(document);
    const labels = () => [...suiteNow().children].map(([id]) => id);
    const { requestTests } = await testExports();
    const suiteNow = () => requestTests.suites.find(({ id }) => id === suite.id)!;
    assert.deepEqual(labels(), ['one', 'one (2)']);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), query('first', '{}'));
    await vscode.workspace.applyEdit(edit);
    await until('the new test', () => labels().join() === 'first,one,one (2)');
  });

  it('find the files of the workspace when somebody looks, and read each when it is run', async () => {
    const { requestTests } = await testExports();
    // The view of the tests is there once one is known.
    await suiteOf(await openRequests(query('known', body('AccountObj'))));
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const uri = vscode.Uri.joinPath(folder, 'below', 'found.fxhttp');
    await vscode.workspace.fs.writeFile(uri, Buffer.from(query('of a file', body('AccountObj'), '?? data.total > 0')));
    await vscode.commands.executeCommand('testing.refreshTests');
    const found = await until('the file', () => requestTests.suites.find(({ id }) => id === uri.toString()));
    assert.equal(found.children.size, 0);
    const request = new vscode.TestRunRequest([found]);
    const outcomes = await requestTests.run(request, new vscode.CancellationTokenSource().token);
    assert.deepEqual([...outcomes], [['of a file', 'passed']]);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, 'below'), { recursive: true });
    await closeEditors();
    await vscode.commands.executeCommand('testing.refreshTests');
    await until('its end', () => !requestTests.suites.some(({ id }) => id === uri.toString()));
  });

  it('run through the same sender: passed, failed, not sent', async () => {
    const document = await openRequests(
      query('passes', body('AccountObj'), '?? data.total > 0') +
        query('fails', body('AccountObj'), '?? data.total < 0') +
        query('is refused', body('NoSuchObj')) +
        query('expects a refusal', body('NoSuchObj'), '?? errorCode != 0') +
        query('cannot be sent', '{ "a": "{{nobody}}" }'),
    );
    const { requestTests, suite } = await suiteOf(document);
    const token = new vscode.CancellationTokenSource().token;
    const outcomes = await requestTests.run(new vscode.TestRunRequest([suite]), token);
    assert.deepEqual(Object.fromEntries(outcomes), {
      passes: 'passed',
      fails: 'failed',
      'is refused': 'failed',
      'expects a refusal': 'passed',
      'cannot be sent': 'errored',
    });
  });

  it('send nothing once the run is cancelled', async () => {
    const document = await openRequests(query('one', body('AccountObj')));
    const { requestTests, suite } = await suiteOf(document);
    await run('fxiaoke.history.clear', {});
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const outcomes = await requestTests.run(new vscode.TestRunRequest([suite]), source.token);
    assert.deepEqual([...outcomes.values()], ['skipped']);
    assert.deepEqual(await run('fxiaoke.history.list'), []);
  });

  it('offer on the line of a failure what is certain: the fix, the explanation, the trace ids', async () => {
    const document = await openRequests(query('too many', body('AccountObj', 500)));
    await vscode.window.showTextDocument(document);
    const { errorCode } = await run<{ errorCode: number }>('fxiaoke.request.send', { uri: document.uri, open: false });
    assert.notEqual(errorCode, 0);
    const line = document.lineAt(1).range;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      line,
    );
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes(`Explain ${errorCode}`) && titles.includes('Copy the trace ids'), titles.join());
    const fix = actions.find(({ title }) => title === 'Change 500 to 100');
    assert.ok(fix?.edit, titles.join());
    await vscode.workspace.applyEdit(fix.edit);
    const again = await run<{ errorCode: number }>('fxiaoke.request.send', { uri: document.uri, open: false });
    assert.equal(again.errorCode, 0);
  });
});

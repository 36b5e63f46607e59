import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import type { SentRequest } from '../../src/requests/sendRequest';
import { parsed } from '../../src/requests/vscode/requestFiles';
import { failures } from '../../src/requests/vscode/testFailures';
import {
  closeEditors,
  connect,
  openRequests,
  refusal,
  removeConnections,
  run,
  startSandbox,
  testExports,
  until,
  type SandboxLogin,
} from './commands';

const body = (object: string, limit = 2) =>
  `{ "data": { "dataObjectApiName": "${object}", "search_query_info": { "limit": ${limit}, "offset": 0, "filters": [] } } }`;
const query = (title: string, text: string, assertions = '') =>
  `### ${title}\nPOST /cgi/crm/v2/data/query\n\n${text}\n\n${assertions}\n`;

describe('requests as tests, and help where one fails', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;

  before(async () => {
    const started = await startSandbox();
    sandbox = started.process;
    login = started.login;
    await removeConnections();
    await connect(login);
  });
  afterEach(closeEditors);
  after(async () => {
    await removeConnections();
    sandbox.kill();
  });

  const suiteOf = async (document: vscode.TextDocument) => {
    const requestTests = await (await testExports()).requestTests();
    const suite = await until('a suite', () => requestTests.suites.find(({ id }) => id === document.uri.toString()));
    return { requestTests, suite };
  };

  it('list each file as a suite and each request as a test, and follow edits', async () => {
    const document = await openRequests(query('one', body('AccountObj')) + query('one', body('ContactObj')));
    const { suite } = await suiteOf(document);
    const labels = () => [...suiteNow().children].map(([id]) => id);
    const requestTests = await (await testExports()).requestTests();
    const suiteNow = () => requestTests.suites.find(({ id }) => id === suite.id)!;
    assert.deepEqual(labels(), ['one', 'one (2)']);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), query('first', '{}'));
    await vscode.workspace.applyEdit(edit);
    await until('the new test', () => labels().join() === 'first,one,one (2)');
  });

  it('find the files of the workspace when somebody looks, and read each when it is run', async () => {
    const requestTests = await (await testExports()).requestTests();
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

  it('are not sent where their suite is hidden', async () => {
    const document = await openRequests(query('hidden', body('AccountObj')));
    const other = await openRequests(query('shown', body('AccountObj')));
    const { requestTests, suite } = await suiteOf(document);
    const { suite: shown } = await suiteOf(other);
    const token = new vscode.CancellationTokenSource().token;
    const hidden = requestTests.suites.filter(each => each !== shown);
    const all = await requestTests.run(new vscode.TestRunRequest(undefined, hidden), token);
    assert.deepEqual([...all.keys()], ['shown']);
    const [inside] = [...suite.children].map(([, item]) => item);
    assert.ok(inside);
    assert.equal((await requestTests.run(new vscode.TestRunRequest([inside], [suite]), token)).size, 0);
  });

  it('go on where a file is gone, and are listed no longer', async () => {
    const requestTests = await (await testExports()).requestTests();
    await suiteOf(await openRequests(query('known', body('AccountObj'))));
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const uri = vscode.Uri.joinPath(folder, 'gone', 'soon.fxhttp');
    await vscode.workspace.fs.writeFile(uri, Buffer.from(query('never sent', body('AccountObj'))));
    await vscode.commands.executeCommand('testing.refreshTests');
    const listed = () => requestTests.suites.find(({ id }) => id === uri.toString());
    const suite = await until('the file', listed);
    const token = new vscode.CancellationTokenSource().token;
    await vscode.workspace.fs.delete(uri);
    const outcomes = await requestTests.run(new vscode.TestRunRequest([suite]), token);
    assert.deepEqual([...outcomes.values()], ['errored']);
    await until('the end of the suite', () => !listed());
    await vscode.workspace.fs.writeFile(uri, Buffer.from(query('back', body('AccountObj'))));
    await until('the file again', listed);
    const away = new vscode.WorkspaceEdit();
    away.renameFile(vscode.Uri.joinPath(uri, '..'), vscode.Uri.joinPath(folder, 'elsewhere'));
    await vscode.workspace.applyEdit(away);
    await until('the end of what was renamed', () => !listed());
  });

  it('say what was expected and what came, laid out alike, where it stands by then', async () => {
    const document = await openRequests(query('one', body('AccountObj'), '?? data == {"a":[1]}'));
    const file = parsed(document);
    const node = file.requests[0]!;
    const data = { a: [2] };
    const assertion = { ...node.assertions[0]!, text: 'data == {"a":[1]}', path: ['data'], operator: '==' as const };
    const request = { assertions: [{ ...assertion, expected: { a: [1] } }] };
    const sent = {
      request,
      shown: request,
      answer: { errorCode: 0 },
      assertions: [{ ...assertion, passed: false, actual: data }],
    };
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# above\n');
    await vscode.workspace.applyEdit(edit);
    const [message] = failures({ document, file, node }, sent as unknown as SentRequest, text => text);
    assert.equal(message?.expectedOutput, '{\n  "a": [\n    1\n  ]\n}');
    assert.equal(message.actualOutput, '{\n  "a": [\n    2\n  ]\n}');
    assert.equal(message.location?.range.start.line, 6);
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
    const messages = vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
    assert.ok(
      messages.some(message => message.includes(`${errorCode}`) && /Likely: .*at most 100/.test(message)),
      messages.join('\n'),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      line,
    );
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes(`Explain ${errorCode}`) && titles.includes('Copy the trace IDs'), titles.join());
    const fix = actions.find(({ title }) => title === 'Change 500 to 100');
    assert.ok(fix?.edit, titles.join());
    await vscode.workspace.applyEdit(fix.edit);
    const again = await run<{ errorCode: number }>('fxiaoke.request.send', { uri: document.uri, open: false });
    assert.equal(again.errorCode, 0);
  });

  describe('offer to choose the tenant', () => {
    const actionsAt = (document: vscode.TextDocument, line: number) =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        document.lineAt(line).range,
      );
    /** Takes the action of that title, and sends again. */
    const choose = async (document: vscode.TextDocument, line: number, title: string) => {
      const actions = await actionsAt(document, line);
      const action = actions.find(each => each.title === title);
      assert.ok(action?.edit, actions.map(each => each.title).join());
      await vscode.workspace.applyEdit(action.edit);
      return run<{ errorCode: number }>('fxiaoke.request.send', { uri: document.uri, open: false });
    };
    const failing = async (document: vscode.TextDocument) => {
      await vscode.window.showTextDocument(document);
      const message = await refusal(run('fxiaoke.request.send', { uri: document.uri, open: false }));
      const marked = vscode.languages
        .getDiagnostics(document.uri)
        .find(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
      assert.ok(marked && message.includes(marked.message), `${message} ${marked?.message}`);
      return { marked, message };
    };

    it('where a file names one that is not there', async () => {
      const document = await openRequests(`# @connection Tset\n${query('one', body('AccountObj'))}`);
      const { marked } = await failing(document);
      assert.equal(marked.range.start.line, 2);
      assert.match(marked.message, /There is no connection “Tset”/);
      assert.equal((await choose(document, 0, 'Change to Test')).errorCode, 0);
      assert.match(document.getText(), /^# @connection Test\n/);
    });

    it('where the app may not do this', async () => {
      await fetch(`${login.url}/sandbox/admin/faults`, {
        method: 'POST',
        headers: { 'x-sandbox-secret': login.appSecret },
        body: JSON.stringify({ fault: '/cgi/crm/v2/data/query:20014@1' }),
      });
      const other = await connect(login, { name: 'Other' });
      const document = await openRequests(query('one', body('AccountObj')));
      const { errorCode } = await run<{ errorCode: number }>('fxiaoke.request.send', {
        uri: document.uri,
        open: false,
      });
      assert.equal(errorCode, 20014);
      // Not the one that has just failed.
      const titles = (await actionsAt(document, 1)).map(({ title }) => title);
      assert.ok(!titles.includes('Choose the tenant Other'), titles.join());
      assert.equal((await choose(document, 1, 'Choose the tenant Test')).errorCode, 0);
      assert.match(document.getText(), /^### one\n# @connection Test\nPOST/);
      await run('fxiaoke.connection.remove', { id: other.id });
    });

    it('where nobody can be signed in', async () => {
      const other = await connect(login, { name: 'Other' });
      const { secrets } = await testExports();
      // Another machine, to which the connection came without its secrets.
      for (const kind of ['connection', 'token']) await secrets.delete(`${kind}.${other.id}`);
      const document = await openRequests(query('one', body('AccountObj')));
      const { marked } = await failing(document);
      assert.match(marked.message, /secrets of Other are not on this machine/);
      assert.equal((await choose(document, 1, 'Choose the tenant Test')).errorCode, 0);
      await run('fxiaoke.connection.remove', { id: other.id });
    });

    it('where none is active', async () => {
      // Of three the active one goes: none takes its place.
      const third = await connect(login, { name: 'Third' });
      const second = await connect(login, { name: 'Second' });
      await run('fxiaoke.connection.select', { id: second.id });
      await run('fxiaoke.connection.remove', { id: second.id });
      const document = await openRequests(query('one', body('AccountObj')));
      await failing(document);
      const titles = (await actionsAt(document, 1)).map(({ title }) => title);
      assert.ok(titles.includes('Select a tenant'), titles.join());
      assert.equal((await choose(document, 1, 'Choose the tenant Third')).errorCode, 0);
      await run('fxiaoke.connection.remove', { id: third.id });
    });
  });
});

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import {
  closeEditors,
  connect,
  openRequests,
  refusal,
  removeConnections,
  run,
  shown,
  startSandbox,
  until,
} from './commands';

interface SendResult {
  errorCode: number;
  body: { data?: { total?: number; dataList?: unknown[] } };
  traceId: string;
  thirdTraceId: string;
  milliseconds: number;
  assertions: { text: string; passed: boolean }[];
}

describe('request files', () => {
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

  const open = openRequests;
  const query = (object: string) =>
    `POST /cgi/crm/v2/data/query\n\n{ "data": { "dataObjectApiName": "${object}", "search_query_info": { "limit": 2, "offset": 0, "filters": [], }, }, } // as published\n`;

  it('are opened with a ready body and send as they are', async () => {
    await run('fxiaoke.request.new', { object: 'AccountObj', operation: 'query' });
    const { document } = await until('a request file', () => vscode.window.activeTextEditor);
    assert.equal(document.languageId, 'fxiaoke-request');
    const result = await run<SendResult>('fxiaoke.request.send', { uri: document.uri });
    assert.equal(result.errorCode, 0);
    assert.equal(result.body.data?.dataList?.length, 20);
    assert.match(result.traceId, /^E-O\./);
    assert.match(result.thirdTraceId, /^[0-9a-f-]{36}$/);
    assert.ok(result.milliseconds >= 0);
    await shown('fxiaoke-response', 'query AccountObj.json');
  });

  it('are made without being shown where the caller says so', async () => {
    const { text } = await run<{ text: string }>('fxiaoke.request.new', { operation: 'list', open: false });
    assert.match(text, /^### list\nPOST \/cgi\/crm\/v2\/object\/list\n/);
    const inSight = vscode.window.visibleTextEditors.map(({ document }) => document.getText());
    assert.ok(!inSight.includes(text));
    assert.match(await refusal(run('fxiaoke.request.new', { operation: 'explode' })), /no operation “explode”/);
    assert.match(await refusal(run('fxiaoke.request.send', { uri: 7 })), /uri is not a URI/);
  });

  it('create a record of an object from its required fields', async () => {
    await run('fxiaoke.request.new', { object: 'AccountObj', operation: 'create' });
    const { document } = await until('a request file', () => vscode.window.activeTextEditor);
    const result = await run<SendResult>('fxiaoke.request.send', { uri: document.uri, open: false });
    assert.equal(result.errorCode, 0, JSON.stringify(result.body));
  });

  it('create records of custom objects as they are, their look-ups pointing to a record that is there', async () => {
    const objects = await run<{ apiName: string; kind: string }[]>('fxiaoke.object.list');
    const customs = objects.filter(({ kind }) => kind === 'custom').map(({ apiName }) => apiName);
    assert.ok(customs.includes('object_store_check__c'));
    for (const object of customs) {
      const { uri } = await run<{ uri: string }>('fxiaoke.request.new', { object, operation: 'create' });
      const { errorCode, body } = await run<SendResult>('fxiaoke.request.send', { uri, open: false });
      assert.equal(errorCode, 0, `${object} ${JSON.stringify(body)}`);
    }
  });

  it('ask for the record of a look-up where records are real', async () => {
    const object = 'object_store_check__c';
    const [active] = await run<{ id: string }[]>('fxiaoke.connection.list');
    const id = active?.id ?? assert.fail();
    await run('fxiaoke.connection.edit', { id, role: 'production' });
    const made = run<{ text: string }>('fxiaoke.request.new', { object, operation: 'create', open: false });
    const { text } = await made.finally(() => run('fxiaoke.connection.edit', { id, role: 'development' }));
    assert.match(text, /\{\{\$prompt /);
  });

  it('send the request at a line, by name, or the first one', async () => {
    const document = await open(`### one\n${query('AccountObj')}\n### two\n# @name second\n${query('ContactObj')}`);
    const sent = async (argument: object) =>
      (await run<SendResult>('fxiaoke.request.send', { uri: document.uri, open: false, ...argument })).body.data
        ?.dataList?.[0] as {
        object_describe_api_name: string;
      };
    assert.equal((await sent({})).object_describe_api_name, 'AccountObj');
    assert.equal((await sent({ line: 6 })).object_describe_api_name, 'ContactObj');
    assert.equal((await sent({ name: 'second' })).object_describe_api_name, 'ContactObj');
  });

  it('send the one under the cursor by the button of their editor', async () => {
    const document = await open(`### one\n${query('AccountObj')}\n### two\n${query('ContactObj')}`);
    const editor = await vscode.window.showTextDocument(document);
    const line = document.positionAt(document.getText().indexOf('ContactObj')).line;
    editor.selection = new vscode.Selection(line, 3, line, 3);
    // What the editor passes to a command of its title.
    await vscode.commands.executeCommand('fxiaoke.request.send', document.uri, { groupId: 0 });
    const answer = await shown('fxiaoke-response', 'two.json');
    const { data } = JSON.parse(answer.getText()) as SendResult['body'];
    const [first] = data?.dataList as { object_describe_api_name: string }[];
    assert.equal(first?.object_describe_api_name, 'ContactObj');
  });

  it('evaluate their assertions', async () => {
    const document = await open(`${query('AccountObj')}\n?? errorCode == 0\n?? data.total < 0\n`);
    const { assertions } = await run<SendResult>('fxiaoke.request.send', { uri: document.uri, open: false });
    assert.deepEqual(assertions, [
      { text: 'errorCode == 0', passed: true },
      { text: 'data.total < 0', passed: false },
    ]);
  });

  it('explain a failing errorCode on the request’s own line', async () => {
    const document = await open(query('NoSuchObj'));
    const { errorCode } = await run<SendResult>('fxiaoke.request.send', { uri: document.uri, open: false });
    assert.notEqual(errorCode, 0);
    const [diagnostic] = await until('a diagnostic', () => {
      const list = vscode.languages.getDiagnostics(document.uri);
      return list.length > 0 && list;
    });
    assert.equal(diagnostic?.range.start.line, 0);
    assert.equal(diagnostic.code, errorCode);
  });

  it('send nothing when a variable is unknown, JSON is broken or the host is foreign', async () => {
    const send = async (text: string) => refusal(run('fxiaoke.request.send', { uri: (await open(text)).uri }));
    assert.match(await send('POST /cgi/crm/v2/data/get\n\n{ "data": "{{nobody}}" }'), /Line 3.*nobody/);
    assert.match(await send('POST /cgi/crm/v2/data/get\n\n{ "data": '), /Nothing was sent/);
    assert.match(await send('POST https://example.com/cgi/crm/v2/data/get\n\n{}'), /example\.com is not the host/);
  });

  it('are known by their ending, and show what can be done with each request above it', async () => {
    const write = 'POST /cgi/crm/v2/data/delete\n\n{}';
    const document = await open(`### one\n${query('AccountObj')}\n### two\n${write}`);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    assert.deepEqual(
      lenses.map(({ range, command }) => `${range.start.line} ${command?.title ?? ''}`),
      [
        ...['$(play) Send', 'Send in …', 'Compare tenants', 'Copy'].map(title => `0 ${title}`),
        // A write sent to two tenants would be refused.
        ...['$(play) Send', 'Send in …', 'Copy'].map(title => `5 ${title}`),
      ],
    );
    const languages = await vscode.languages.getLanguages();
    assert.ok(languages.includes('fxiaoke-request'));
  });
});

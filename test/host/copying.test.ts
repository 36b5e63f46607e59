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
  startSandbox,
  until,
  type SandboxLogin,
} from './commands';

describe('copying and pasting requests', () => {
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

  const get = `### one\nPOST /cgi/crm/v2/data/get\n\n{ "data": { "dataObjectApiName": "AccountObj", "objectDataId": "{{$secret key}}", }, }\n`;

  it('gives a cURL command without any secret, and asks for none', async () => {
    const { uri } = await openRequests(get);
    const text = await run<string>('fxiaoke.request.copyAsCurl', { uri, line: 1 });
    assert.match(text, /^curl 'http:\/\/127\.0\.0\.1:\d+\/cgi\/crm\/v2\/data\/get\?thirdTraceId=[0-9a-f-]{36}' \\\n/);
    assert.match(text, /'authorization: Bearer '"\$FXIAOKE_ACCESS_TOKEN"/);
    assert.match(text, /"objectDataId": "'"\$FXIAOKE_SECRET_KEY"'"/);
    assert.ok(text.includes(`x-fs-userid: ${login.userId}`) && text.includes(`x-fs-ea: ${login.ea}`));
    assert.doesNotMatch(text, new RegExp(`${login.appSecret}|${login.permanentCode}`));
  });

  it('speaks the language that it is asked for', async () => {
    const { uri } = await openRequests(get);
    const copied = (language: string) => run<string>('fxiaoke.request.copyAs', { uri, language });
    assert.match(await copied('python'), /os\.environ\['FXIAOKE_ACCESS_TOKEN'\]/);
    assert.match(await copied('java'), /System\.getenv\("FXIAOKE_ACCESS_TOKEN"\)/);
    assert.match(await refusal(copied('cobol')), /curl, javascript, python, java, csharp, php/);
  });

  it('makes a request of a cURL command, after the one at the cursor', async () => {
    const document = await openRequests(`${get}\n### two\nPOST /cgi/crm/v2/object/list\n\n{}\n`);
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const text = `curl ${login.url}/cgi/crm/v2/data/query -H 'Authorization: Bearer X' -d '{"corpId":"x","data":{"dataObjectApiName":"AccountObj"}}'`;
    const inserted = await run<string>('fxiaoke.request.pasteCurl', { text });
    assert.equal(
      inserted,
      '### Query records\nPOST /cgi/crm/v2/data/query\n\n{\n  "data": {\n    "dataObjectApiName": "AccountObj"\n  }\n}\n',
    );
    const order = [...document.getText().matchAll(/^### (.*)$/gm)].map(([, title]) => title);
    assert.deepEqual(order, ['one', 'Query records', 'two']);
    assert.match(document.lineAt(editor.selection.active.line).text, /^POST \/cgi\/crm\/v2\/data\/query/);
  });

  it('opens a new file where there is none, with what the clipboard has', async () => {
    await vscode.env.clipboard.writeText('{"data":{"dataObjectApiName":"AccountObj","objectDataId":"1",},}');
    const text = await run<string>('fxiaoke.request.pasteCurl', {});
    const editor = await until('a request file', () => vscode.window.activeTextEditor);
    assert.equal(editor.document.languageId, 'fxiaoke-request');
    assert.match(text, /^### Get one record\nPOST \/cgi\/crm\/v2\/data\/get\n/);
    assert.match(await refusal(run('fxiaoke.request.pasteCurl', { text: 'hello' })), /no cURL command/);
  });
});

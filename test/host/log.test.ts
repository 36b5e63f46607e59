import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { connect, removeConnections, run, startSandbox, until, type SandboxLogin } from './commands';

const userData = process.env['FXIAOKE_TEST_USER_DATA'] ?? '';

/** What the log channel has written so far. */
function logged(): string {
  return fs
    .readdirSync(userData, { recursive: true, encoding: 'utf8' })
    .filter(name => path.basename(name) === 'Fxiaoke CRM.log')
    .map(name => fs.readFileSync(path.join(userData, name), 'utf8'))
    .join('');
}

const query = (name: string) =>
  run('fxiaoke.record.query', {
    object: 'AccountObj',
    open: false,
    filters: [{ field_name: 'name', operator: 'EQ', field_values: [name] }],
  });

describe('the log', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;
  const setLevel = (level: string) => vscode.commands.executeCommand('_extensionTests.setLogLevel', level);

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
    await connect(login, { auth: 'corpAccessToken', mobile: '13800001002' });
  });
  after(async () => {
    await setLevel('info');
    await removeConnections();
    sandbox.kill();
  });

  it('tells of each call in a line, without its body', async () => {
    await query('No one of that name, at info');
    const line = await until('the line of the query', () => /.*data\/query \[Test\].*/.exec(logged())?.[0]);
    assert.match(line, /\[Test\] \d+ ms, \d+ characters, errorCode 0, traceId E-O\.\S+, thirdTraceId [\da-f-]{36}$/);
    assert.ok(!logged().includes('No one of that name'));
  });

  it('tells the bodies too at trace level, without a secret', async () => {
    await setLevel('trace');
    await query('No one of that name, at trace');
    await connect(login, { name: 'Another', auth: 'corpAccessToken', mobile: '13800001002' });
    await until('the body of the query', () => logged().includes('No one of that name, at trace'));
    const text = await until(
      'the answer to the sign-in',
      () => /received .*corpAccessToken/.test(logged()) && logged(),
    );
    assert.match(text, /sent .*"corpAccessToken":"‹redacted›","corpId":"FSCID_\w+","currentOpenUserId":"FSUID_\w+"/);
    assert.match(text, /received .*"dataList"/);
    for (const secret of [login.appSecret, login.permanentCode]) assert.ok(!text.includes(secret));
    assert.doesNotMatch(text, /"corpAccessToken":"[^‹]/);
  });
});

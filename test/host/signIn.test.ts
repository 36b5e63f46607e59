import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import http from 'node:http';
import * as vscode from 'vscode';
import { connect, refusal, removeConnections, run, startSandbox, type SandboxLogin } from './commands';

/** VS Code lets tests replace what opens the browser: it does not freeze `env` for them. */
const env = vscode.env as { openExternal: (target: vscode.Uri) => Thenable<boolean> };

/**
 * A browser without a window: goes where it is sent, and gives the last page. A code-server serves the ports of its
 * machine under /proxy/; the editor of the tests names such addresses too, with nobody there to serve them.
 */
function browse(address: string): Promise<string> {
  const served = address.replace(/^http:\/\/[^/]+\/proxy\/(\d+)\//, 'http://127.0.0.1:$1/');
  return new Promise((resolve, reject) => {
    http
      .get(served, { agent: false }, response => {
        const { location } = response.headers;
        if (location !== undefined) {
          response.resume();
          browse(location).then(resolve, reject);
          return;
        }
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
      })
      .on('error', reject);
  });
}

describe('signing in', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;
  const { openExternal } = vscode.env;
  let page: Promise<string> | undefined;

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
  });
  beforeEach(() => {
    env.openExternal = uri => {
      // As the editor passes it on to the system.
      page = browse(encodeURI(uri.toString(true)));
      return Promise.resolve(true);
    };
  });
  afterEach(async () => {
    env.openExternal = openExternal;
    await removeConnections();
  });
  after(() => sandbox.kill());

  const users = async () =>
    (await run<{ userId: string }[]>('fxiaoke.connection.list')).map(({ userId }) => userId.slice(0, 6));
  const owner = async () => {
    const { id } = await run<{ id: string }>('fxiaoke.record.create', {
      object: 'WebImVisitorObj',
      data: { name: 'Whose' },
      open: false,
    });
    const record = await run<{ owner: string[] }>('fxiaoke.record.get', { object: 'WebImVisitorObj', id, open: false });
    return record.owner.map(id => id.slice(0, 6));
  };

  it('by corpAccessToken takes a mobile number for the employee', async () => {
    await connect(login, { auth: 'corpAccessToken', userId: undefined, mobile: '13800001003' });
    assert.deepEqual(await users(), ['FSUID_']);
    assert.deepEqual(await owner(), ['FSUID_']);
  });

  it('says so when nobody has the mobile number', async () => {
    const message = await refusal(connect(login, { auth: 'corpAccessToken', mobile: '13900000000' }));
    assert.match(message, /13900000000: nothing was saved/);
    assert.deepEqual(await run('fxiaoke.connection.list'), []);
  });

  it('by a login goes through the browser and comes back', async () => {
    await connect(login, { auth: 'authorizationCode', userId: undefined, permanentCode: undefined });
    assert.match((await page) ?? '', /You are logged in/);
    assert.deepEqual(await users(), ['FSUID_']);
    assert.deepEqual(await owner(), ['FSUID_']);
  });

  it('refuses a browser that comes back from another login', async () => {
    env.openExternal = uri => {
      const back = new URL(new URLSearchParams(uri.query).get('redirectUrl') ?? '');
      back.search = '?code=STOLEN&state=other';
      page = browse(back.href);
      return Promise.resolve(true);
    };
    assert.match(await refusal(connect(login, { auth: 'authorizationCode' })), /another login.*nothing was changed/);
    assert.match((await page) ?? '', /not accepted/);
    assert.deepEqual(await run('fxiaoke.connection.list'), []);
  });

  it('is cancelled when the browser is not opened', async () => {
    env.openExternal = () => Promise.resolve(false);
    assert.match(await refusal(connect(login, { auth: 'authorizationCode' })), /Cancelled/);
  });

  it('refuses a way that there is not', async () => {
    assert.match(await refusal(connect(login, { auth: 'password' })), /clientCredentials.*“password”/);
  });
});

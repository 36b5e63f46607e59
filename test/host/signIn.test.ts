import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import http from 'node:http';
import * as vscode from 'vscode';
import { connect, refusal, removeConnections, run, startSandbox, testExports, type SandboxLogin } from './commands';

/** VS Code lets tests replace what opens the browser: it does not freeze `env` for them. */
const env = vscode.env as { openExternal: (target: vscode.Uri) => Thenable<boolean> };

/** A person who answers each question by its beginning; what nobody foresaw stays unanswered. */
function person(answers: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const { window } = vscode as unknown as { window: Record<'showQuickPick' | 'showInputBox', unknown> };
  const { showQuickPick, showInputBox } = window;
  const answerTo = (question: string) => {
    asked.push(question);
    return Object.entries(answers).find(([start]) => question.startsWith(start))?.[1];
  };
  window.showQuickPick = async (items: Promise<vscode.QuickPickItem[]>, { placeHolder }: vscode.QuickPickOptions) => {
    const answer = answerTo(placeHolder ?? '');
    return (await items).find(({ label }) => label === answer);
  };
  window.showInputBox = (options: vscode.InputBoxOptions) => {
    const answer = answerTo(options.prompt ?? '');
    return Promise.resolve(answer !== undefined && options.validateInput?.(answer) ? undefined : answer);
  };
  return { asked, leave: () => Object.assign(window, { showQuickPick, showInputBox }) };
}

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
  let sandbox: ChildProcess | undefined;
  let login: SandboxLogin;
  const { openExternal } = vscode.env;
  let page: Promise<string> | undefined;

  /** Our client fetches ten tokens a minute at most for the app at one address. */
  const begin = async () => {
    sandbox?.kill();
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
  };
  before(begin);
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
  after(() => sandbox?.kill());

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

  it('says that a login of long ago has ended, and why', async () => {
    await connect(login, { auth: 'authorizationCode' });
    const headers = { 'x-sandbox-secret': login.appSecret };
    const body = JSON.stringify({ advance: 61 * 86_400_000 });
    await fetch(`${login.url}/sandbox/admin/clock`, { method: 'POST', headers, body });
    const message = await refusal(run('fxiaoke.object.list', { refresh: true }));
    assert.match(message, /Your login to Test has ended\. Edit the connection to log in again\. 20010 .*traceId E-O\./);
    await run('fxiaoke.connection.edit', { id: 'Test', auth: 'authorizationCode' });
    assert.ok((await run<unknown[]>('fxiaoke.object.list', { refresh: true })).length > 200);
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

  describe('asks a person for what the way needs', () => {
    before(begin);
    const app = () => ({
      'Which cloud': 'Another host…',
      'Host of': login.url,
      'A name for': 'Test',
      'App ID': login.appId,
      'App secret': login.appSecret,
      'Permanent code': login.permanentCode,
      'What is this tenant used for': 'development',
    });
    const add = async (answers: Record<string, string>) => {
      const { asked, leave } = person({ ...app(), ...answers });
      await Promise.resolve(run('fxiaoke.connection.add')).finally(leave);
      return asked.map(question => question.split(/ \(|[,:?]/)[0]);
    };
    const first = ['Which cloud', 'Host of the OpenAPI', 'A name for this tenant'];
    const way = 'How does your app sign in';
    const appQuestions = ['App ID of the self-built app', 'App secret'];
    const last = 'What is this tenant used for';

    it('by client credentials', async () => {
      const asked = await add({ [way]: 'Client credentials', 'Employee ID': '1000' });
      assert.deepEqual(asked, [...first, way, ...appQuestions, 'Permanent code', 'Employee ID to act as', last]);
      assert.deepEqual(await users(), ['1000']);
    });

    it('by corpAccessToken', async () => {
      const asked = await add({ [way]: 'corpAccessToken (legacy)', 'Mobile number': '13800001003' });
      const mobile = 'Mobile number of the employee to act as';
      assert.deepEqual(asked, [...first, way, ...appQuestions, 'Permanent code', mobile, last]);
      assert.deepEqual(await users(), ['FSUID_']);
    });

    it('by a login, and to log in again', async () => {
      const asked = await add({ [way]: 'Login in the browser (authorization code)' });
      assert.deepEqual(asked, [...first, way, ...appQuestions, last]);
      assert.deepEqual(await users(), ['FSUID_']);
      const before = page;
      const { leave } = person({ 'What do you want to change': 'Log in again', 'Which tenant': 'Test' });
      await run('fxiaoke.connection.edit').finally(leave);
      assert.notEqual(page, before);
      assert.match((await page) ?? '', /You are logged in/);
    });

    it('by its secrets alone where the connection came from another machine', async () => {
      const { id } = await connect(login);
      const { secrets } = await testExports();
      for (const kept of ['connection', 'token']) await secrets.delete(`${kept}.${id}`);
      const { asked, leave } = person({ ...app(), 'Which tenant': 'Test' });
      await run('fxiaoke.connection.edit').finally(leave);
      assert.deepEqual(
        asked.map(question => question.split(' (')[0]),
        ['Which tenant?', 'App secret', 'Permanent code'],
      );
      assert.deepEqual(await owner(), ['1000']);
    });

    it('to go over to another way', async () => {
      await connect(login);
      const { asked, leave } = person({
        'Which tenant': 'Test',
        'What do you want to change': 'Way of signing in',
        [way]: 'corpAccessToken (legacy)',
        'Mobile number': '13800001004',
      });
      await run('fxiaoke.connection.edit').finally(leave);
      assert.equal(asked.length, 4);
      assert.deepEqual(await users(), ['FSUID_']);
      assert.deepEqual(await owner(), ['FSUID_']);
    });
  });
});

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import {
  connect,
  filesWith,
  refusal,
  removeConnections,
  run,
  setFaults,
  startSandbox,
  testExports,
  until,
  type SandboxLogin,
} from './commands';

describe('connections', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
  });
  afterEach(removeConnections);
  after(() => sandbox.kill());

  it('signs in, saves and becomes the active one', async () => {
    const { id, name, ea } = await connect(login);
    assert.equal(name, 'Test');
    assert.equal(ea, login.ea);
    const list = await run('fxiaoke.connection.list');
    assert.deepEqual(list, [
      { id, name: 'Test', host: login.url, userId: login.userId, role: 'development', active: true },
    ]);
  });

  it('tells how a test went', async () => {
    const { id } = await connect(login);
    const result = await run<{ ea: string; expiresIn: number; milliseconds: number }>('fxiaoke.connection.test', {
      id,
    });
    assert.equal(result.ea, login.ea);
    assert.ok(result.expiresIn > 0 && result.expiresIn <= 7200);
    assert.equal(typeof result.milliseconds, 'number');
  });

  it('shows how many calls the tenant had today, in the status bar', async () => {
    await connect(login);
    const { statusBar } = await testExports();
    const shown = () => {
      const { tooltip } = statusBar;
      assert.ok(typeof tooltip === 'string');
      const [, calls] = /^Calls from this editor today: ([\d,]+)$/m.exec(tooltip) ?? [];
      return calls === undefined ? undefined : Number(calls.replaceAll(',', ''));
    };
    const before = shown();
    assert.ok(before !== undefined);
    for (let call = 0; call < 3; call++) await run('fxiaoke.object.list', { refresh: true });
    await until('the calls of now', () => shown() === before + 3);
  });

  describe('in the status bar', () => {
    let own: ChildProcess;
    let login: SandboxLogin;
    before(async () => ({ login, process: own } = await startSandbox()));
    after(() => own.kill());

    const item = async () => {
      const { statusBar } = await testExports();
      const { text, tooltip, backgroundColor, command } = statusBar;
      assert.ok(typeof tooltip === 'string' && typeof command === 'string');
      return { text, tooltip, command, colour: (backgroundColor as { id?: string } | undefined)?.id };
    };

    it('say their role in words where it is not development', async () => {
      const { id } = await connect(login, { name: 'Acme' });
      assert.deepEqual([(await item()).text, (await item()).colour], ['$(circle-filled) Acme', undefined]);
      await run('fxiaoke.connection.edit', { id, role: 'production' });
      const production = await item();
      assert.equal(production.text, '$(flame) Acme · production');
      assert.equal(production.colour, 'statusBarItem.warningBackground');
      await run('fxiaoke.connection.edit', { id, role: 'readOnly' });
      assert.equal((await item()).text, '$(lock) Acme · read-only');
    });

    it('say that none is selected', async () => {
      await connect(login, { name: 'One' });
      await connect(login, { name: 'Two' });
      const { id } = await connect(login, { name: 'Three' });
      await run('fxiaoke.connection.remove', { id });
      const { text, command, colour } = await item();
      assert.deepEqual([text, command, colour], ['$(plug) Select a tenant', 'fxiaoke.connection.select', undefined]);
    });

    it('say that the sandbox is stopped, and start it on a click', async () => {
      await run('fxiaoke.sandbox.start', {});
      await run('fxiaoke.sandbox.stop');
      const stopped = await item();
      assert.match(stopped.text, / · not running$/);
      assert.match(stopped.tooltip, /Click to start it$/);
      await vscode.commands.executeCommand(stopped.command);
      const started = await item();
      assert.doesNotMatch(started.text, /not running/);
      assert.equal(started.command, 'fxiaoke.connection.select');
      await run('fxiaoke.sandbox.stop');
    });

    it('say how many calls are left of a quota, warn of its end and tell when it came', async () => {
      const { id } = await connect(login, { name: 'Acme', dailyQuota: 10_000 });
      await run('fxiaoke.object.list', { refresh: true });
      const [, left = ''] = /^([\d,]+) calls left of 10,000 a day, /m.exec((await item()).tooltip) ?? [];
      assert.ok(Number(left.replace(',', '')) > 9_900);
      const { connectionsTree } = await testExports();
      const [node] = await connectionsTree.getChildren();
      assert.match(String(node?.item.description), / · [\d,]+ calls left$/);
      assert.equal((await item()).colour, undefined);
      await run('fxiaoke.connection.edit', { id, dailyQuota: 1 });
      assert.equal((await item()).colour, 'statusBarItem.warningBackground');
      await run('fxiaoke.connection.edit', { id, role: 'production' });
      assert.equal((await item()).colour, 'statusBarItem.errorBackground');
      await setFaults(login, '*:30002*');
      await refusal(run('fxiaoke.object.list', { refresh: true }));
      assert.equal((await item()).text, '$(flame) Acme · production · no calls left today $(warning)');
      await setFaults(login);
    });

    it('take no quota that is none', async () => {
      const { id } = await connect(login);
      const edit = (dailyQuota: unknown) => refusal(run('fxiaoke.connection.edit', { id, dailyQuota }));
      assert.match(await edit(-1), /whole number/);
      assert.match(await edit(1.5), /whole number/);
      assert.match(await edit('many'), /must be a number/);
    });
  });

  describe('in their view', () => {
    // A tenant takes 10 sign-ins a minute: those of the others would have to be waited for.
    let own: ChildProcess;
    let login: SandboxLogin;
    before(async () => ({ login, process: own } = await startSandbox()));
    after(() => own.kill());

    const only = async () => {
      const { connectionsTree } = await testExports();
      const [node] = await connectionsTree.getChildren();
      assert.ok(node);
      const { description, tooltip, contextValue, accessibilityInformation } = node.item;
      assert.ok(typeof tooltip === 'string');
      return { description, tooltip, contextValue, spoken: accessibilityInformation?.label };
    };

    it('say that they are signed in, as whom, and what they called', async () => {
      await connect(login);
      const { description, contextValue, spoken } = await only();
      const host = login.url.replace('http://', '');
      assert.match(
        String(description),
        new RegExp(`^✓ ${host} · 1000 · development · signed in( · [\\d,]+ calls? today)?$`),
      );
      assert.match(String(spoken), /^Test, active, .*employee 1000, .*signed in/);
      assert.equal(contextValue, 'fxiaoke.connection.active');
    });

    it('say what the last sign-in was refused for, and forget it when one succeeds', async () => {
      const { id } = await connect(login);
      const { secrets } = await testExports();
      const right = await secrets.get(`connection.${id}`);
      await secrets.store(`connection.${id}`, JSON.stringify({ appSecret: login.appSecret, permanentCode: 'wrong' }));
      await refusal(run('fxiaoke.connection.test', { id }));
      const { description, tooltip, contextValue } = await only();
      assert.match(String(description), /^20015 .+ · 1000 · development · active$/);
      assert.match(tooltip, /20015 [^]+traceId/);
      assert.equal(contextValue, 'fxiaoke.connection.active.failed');
      await secrets.store(`connection.${id}`, right ?? '');
      await run('fxiaoke.connection.test', { id });
      assert.match(String((await only()).description), /signed in/);
    });

    it('say that nobody answers, in the status bar too', async () => {
      const other = await startSandbox();
      await connect(other.login);
      const ended = new Promise(resolve => other.process.once('exit', resolve));
      other.process.kill();
      await ended;
      await refusal(run('fxiaoke.object.list', { refresh: true }));
      assert.match(String((await only()).description), /^not reachable · .+ · active$/);
      const { statusBar } = await testExports();
      assert.match(statusBar.text, /Test \$\(warning\)$/);
      assert.ok(typeof statusBar.tooltip === 'string');
      assert.match(statusBar.tooltip, /could not be reached/);
    });

    it('say that they are signed out where their secrets are not on this machine', async () => {
      const { id } = await connect(login);
      const { secrets } = await testExports();
      await secrets.delete(`connection.${id}`);
      await refusal(run('fxiaoke.connection.test', { id }));
      assert.match(String((await only()).description), /^signed out · .+ · active$/);
    });
  });

  it('saves an edit of the name without asking for anything', async () => {
    const { id } = await connect(login);
    assert.deepEqual(await run('fxiaoke.connection.edit', { id, name: 'Renamed', role: 'production' }), { id });
    const [only] = await run<{ name: string; role: string }[]>('fxiaoke.connection.list');
    assert.deepEqual([only?.name, only?.role], ['Renamed', 'production']);
  });

  it('holds the secrets in the secret storage and nowhere else', async () => {
    const { id } = await connect(login);
    await run('fxiaoke.object.list');
    await refusal(connect(login, { permanentCode: `${login.permanentCode}-wrong` }));
    const { appSecret, permanentCode } = login;
    const { secrets } = await testExports();
    assert.deepEqual(JSON.parse((await secrets.get(`connection.${id}`)) ?? ''), { appSecret, permanentCode });
    const { accessToken } = JSON.parse((await secrets.get(`token.${id}`)) ?? '') as { accessToken: string };
    assert.ok(accessToken.length > 8);
    const kept = [appSecret, permanentCode, accessToken];
    // Settings, states and logs are written with a delay.
    await new Promise(resolve => setTimeout(resolve, 2000));
    const folders = [
      process.env['FXIAOKE_TEST_USER_DATA'] ?? '',
      vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '',
    ];
    for (const folder of folders) {
      assert.notEqual(folder, '');
      assert.deepEqual(filesWith(folder, kept), []);
    }
    const settings = JSON.stringify(vscode.workspace.getConfiguration());
    assert.deepEqual(
      kept.filter(secret => settings.includes(secret)),
      [],
    );
    await run('fxiaoke.connection.remove', { id });
    assert.deepEqual([await secrets.get(`connection.${id}`), await secrets.get(`token.${id}`)], [undefined, undefined]);
  });

  const wrong = [
    { what: 'a wrong app secret', change: { appSecret: 'no-such-secret' }, says: /10006/ },
    { what: 'a wrong permanent code', change: { permanentCode: 'no-such-code' }, says: /20015/ },
    {
      what: 'a host that cannot be reached',
      change: { host: 'http://127.0.0.1:9' },
      says: /127\.0\.0\.1:9.*ECONNREFUSED/,
    },
    {
      what: 'a host name that does not exist',
      change: { host: 'no-such-host.invalid' },
      says: /no-such-host\.invalid/,
    },
    { what: 'http to another machine', change: { host: 'http://open.example.com' }, says: /https/ },
    { what: 'the web page as host', change: { host: 'www.fxiaoke.com' }, says: /open\.fxiaoke\.com/ },
    { what: 'an unknown role', change: { role: 'admin' }, says: /admin/ },
  ];
  for (const { what, change, says } of wrong) {
    it(`says what is wrong with ${what} and saves nothing`, async () => {
      assert.match(await refusal(connect(login, change)), says);
      assert.deepEqual(await run('fxiaoke.connection.list'), []);
    });
  }

  const strange = [
    { what: 'a web page', body: '<!DOCTYPE html><html></html>', says: /web page/ },
    { what: 'half an answer', body: '{"errorCode":0,"accessTo', says: /is incomplete/ },
    { what: 'no JSON', body: 'hello', says: /not JSON/ },
    { what: 'JSON of someone else', body: '{"status":"ok"}', says: /errorCode/ },
  ];
  for (const { what, body, says } of strange) {
    it(`says so when the host answers with ${what}`, async () => {
      const server = http.createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
      await new Promise(resolve => server.once('listening', resolve));
      try {
        const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        assert.match(await refusal(connect(login, { host })), says);
      } finally {
        server.close();
      }
    });
  }

  it('goes on working after all of that', async function () {
    // More sign-ins than the ten a minute that an app has: the next one waits for its turn.
    this.timeout(90_000);
    await testExports();
    await connect(login);
    assert.ok((await run<unknown[]>('fxiaoke.object.list')).length > 200);
  });
});

describe('several connections', () => {
  // Of their own: an app may sign in ten times a minute.
  let sandbox: ChildProcess;
  let login: SandboxLogin;

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
  });
  afterEach(removeConnections);
  after(() => sandbox.kill());

  it('are kept, one of them active', async () => {
    const first = await connect(login, { name: 'One' });
    const second = await connect(login, { name: 'Two', role: 'readOnly' });
    await run('fxiaoke.connection.select', { id: first.id });
    const list = await run<{ id: string; active: boolean }[]>('fxiaoke.connection.list');
    assert.deepEqual(
      list.map(({ id, active }) => [id, active]),
      [
        [first.id, true],
        [second.id, false],
      ],
    );
  });

  it('leave none active when the active one goes, and then nothing is sent to any', async () => {
    const one = await connect(login, { name: 'One' });
    const two = await connect(login, { name: 'Two' });
    const three = await connect(login, { name: 'Three' });
    const active = async () =>
      (await run<{ name: string; active: boolean }[]>('fxiaoke.connection.list')).find(each => each.active)?.name;
    assert.equal(await active(), 'Three');
    await run('fxiaoke.connection.remove', { id: three.id });
    assert.equal(await active(), undefined);
    const { objectsTree } = await testExports();
    assert.deepEqual(await objectsTree.getChildren(), []);
    assert.match(await refusal(run('fxiaoke.object.list', {})), /^No tenant is selected: nothing was sent/);
    const write = { object: 'AccountObj', data: { name: 'x' }, open: false };
    assert.match(await refusal(run('fxiaoke.record.create', write)), /^No tenant is selected/);
    const content = 'POST /cgi/crm/v2/object/list\n\n{}\n';
    const { uri } = await vscode.workspace.openTextDocument({ language: 'fxiaoke-request', content });
    assert.match(await refusal(run('fxiaoke.request.send', { uri, open: false })), /^No tenant is selected/);
    assert.ok((await run<unknown[]>('fxiaoke.object.list', { connection: one.id })).length > 200);
    await run('fxiaoke.connection.remove', { id: two.id });
    assert.equal(await active(), 'One');
  });

  it('need one to be there', async () => {
    assert.match(await refusal(run('fxiaoke.object.list', {})), /^There is no connection yet/);
  });
});

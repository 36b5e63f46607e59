import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import * as vscode from 'vscode';
import { connect, refusal, removeConnections, run, startSandbox, type SandboxLogin } from './commands';

const certificates = path.resolve(__dirname, '../../../test/host/certificates');
const pem = (name: string) => fs.readFileSync(path.join(certificates, name));

/** A name that nothing resolves: only a proxy can know where it leads. */
const host = 'crm.test.invalid';

const opened: (http.Server | net.Server)[] = [];

async function listen(server: http.Server | net.Server): Promise<number> {
  opened.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** The tenant: the sandbox behind https. */
function secureTenant(sandbox: string, certificate: string): Promise<number> {
  const server = https.createServer({ key: pem('server.key'), cert: pem(certificate) }, (request, response) => {
    const { method, url, headers } = request;
    const onward = http.request(`${sandbox}${url}`, { method, headers }, answer => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  return listen(server);
}

type Behave = (socket: Duplex) => void;

/** A proxy that writes down where callers want to go. */
async function proxyThat(behaves: Behave): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = http.createServer().on('connect', ({ url = '' }: http.IncomingMessage, socket: Duplex) => {
    asked.push(url);
    socket.on('error', () => undefined);
    behaves(socket);
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, asked };
}

const leadsTo =
  (port: number): Behave =>
  socket => {
    const onward = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
  };

const settings = () => vscode.workspace.getConfiguration();
const set = (name: string, value: unknown) => settings().update(name, value, vscode.ConfigurationTarget.Global);

describe('proxies and certificates', () => {
  let sandbox: ChildProcess;
  let login: SandboxLogin;

  before(async () => {
    ({ login, process: sandbox } = await startSandbox());
    await removeConnections();
  });
  afterEach(async () => {
    for (const name of ['http.proxy', 'http.proxySupport', 'fxiaoke.request.timeoutSeconds'])
      await set(name, undefined);
    await removeConnections();
    for (const server of opened.splice(0)) server.close();
  });
  after(() => sandbox.kill());

  const through = async (behaves: Behave) => {
    const proxy = await proxyThat(behaves);
    await set('http.proxy', proxy.url);
    return proxy;
  };

  for (const support of ['override', 'on', 'fallback'])
    it(`calls go through http.proxy when http.proxySupport is ${support}`, async () => {
      await set('http.proxySupport', support);
      const { asked } = await through(leadsTo(await secureTenant(login.url, 'trusted.pem')));
      const { ea } = await connect(login, { host });
      assert.equal(ea, login.ea);
      assert.ok((await run<unknown[]>('fxiaoke.object.list')).length > 200);
      assert.deepEqual([...new Set(asked)], [`${host}:443`]);
    });

  it('calls go around it when http.proxySupport is off', async () => {
    await set('http.proxySupport', 'off');
    const { asked } = await through(leadsTo(await secureTenant(login.url, 'trusted.pem')));
    assert.match(await refusal(connect(login, { host })), /crm\.test\.invalid could not be reached/);
    assert.deepEqual(asked, []);
  });

  it('a certificate that nobody vouches for is named', async () => {
    const { asked } = await through(leadsTo(await secureTenant(login.url, 'selfSigned.pem')));
    const message = await refusal(connect(login, { host }));
    assert.match(message, /No secure connection to crm\.test\.invalid \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    assert.deepEqual(asked, [`${host}:443`]);
    assert.deepEqual(await run('fxiaoke.connection.list'), []);
  });

  it('a proxy that wants a log-in is named', async () => {
    await through(socket =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 6\r\n\r\n<html>'),
    );
    const message = await refusal(connect(login, { host }));
    assert.match(message, /The proxy did not let the call through to crm\.test\.invalid \(HTTP 407\).*http\.proxy/);
  });

  it('a proxy that is not there is named, without the password that it is set up with', async () => {
    await set('http.proxy', 'http://someone:the-password@127.0.0.1:1');
    const message = await refusal(connect(login, { host }));
    assert.match(message, /The proxy did not let the call through/);
    assert.doesNotMatch(message, /the-password/);
  });

  it('a proxy that says nothing is not waited for forever', async () => {
    await set('fxiaoke.request.timeoutSeconds', 1);
    await through(() => undefined);
    assert.match(await refusal(connect(login, { host })), /crm\.test\.invalid did not respond in time/);
  });

  it('this machine is reached without a proxy', async () => {
    const { asked } = await through(socket => socket.destroy());
    assert.equal((await connect(login)).ea, login.ea);
    assert.deepEqual(asked, []);
  });
});

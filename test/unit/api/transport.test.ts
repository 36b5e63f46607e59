import assert from 'node:assert/strict';
import http from 'node:http';
import { inspect } from 'node:util';
import net, { type AddressInfo, type Server } from 'node:net';
import { TransportError, type TransportFailure } from '../../../src/api/errors';
import { axiosTransport, type HttpRequest } from '../../../src/api/transport';
import { CancelledError } from '../../../src/base/cancelled';

const opened: (() => Promise<unknown>)[] = [];

/** Listens on a free port of the loopback and gives it; all is closed after the test. */
async function listen(server: Server, sockets = new Set<net.Socket>()): Promise<number> {
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise(resolve => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const listenHttp = (handler: http.RequestListener) => listen(http.createServer(handler));
const listenTcp = (talk: (socket: net.Socket) => void) => listen(net.createServer(talk));

const post = (port: number, rest: Partial<HttpRequest> & { scheme?: string } = {}) =>
  axiosTransport({
    url: `${rest.scheme ?? 'http'}://127.0.0.1:${port}/cgi/x?thirdTraceId=1`,
    headers: { 'content-type': 'application/json', authorization: 'Bearer secret-of-the-header' },
    body: '{"a":1.10,"名":"称"}',
    timeoutMs: 5000,
    context: { method: 'POST', url: `http://127.0.0.1:${port}/cgi/x`, thirdTraceId: '1' },
    ...rest,
  });

async function received(request: http.IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

describe('api/transport', () => {
  afterEach(() => Promise.all(opened.splice(0).map(close => close())));

  it('posts the body and the headers as they are', async () => {
    const got: { method?: string; url?: string; headers?: http.IncomingHttpHeaders; text?: string } = {};
    const port = await listenHttp((request, response) => {
      const { method = '', url = '', headers } = request;
      void received(request).then(text => {
        Object.assign(got, { method, url, headers, text });
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.end('{"errorCode":0,"n":1.10,"名":"称"}');
      });
    });
    const answer = await post(port, { headers: { 'content-type': 'application/json', 'x-fs-ea': '12345' } });
    assert.deepEqual(answer, {
      status: 200,
      contentType: 'application/json; charset=utf-8',
      location: undefined,
      text: '{"errorCode":0,"n":1.10,"名":"称"}',
    });
    assert.equal(got.method, 'POST');
    assert.equal(got.url, '/cgi/x?thirdTraceId=1');
    assert.equal(got.text, '{"a":1.10,"名":"称"}');
    assert.equal(got.headers?.['content-type'], 'application/json');
    assert.equal(got.headers['x-fs-ea'], '12345');
  });

  it('sends one authorization, the last one, however it is spelled', async () => {
    let raw: string[] = [];
    const port = await listenHttp((request, response) => {
      raw = request.rawHeaders;
      response.end('{}');
    });
    await post(port, { headers: { Authorization: 'Bearer OTHER', authorization: 'Bearer MINE' } });
    const values = raw.filter((_, i) => i % 2 === 1 && raw[i - 1]!.toLowerCase() === 'authorization');
    assert.deepEqual(values, ['Bearer MINE']);
  });

  it('gives an answer of any status', async () => {
    const port = await listenHttp((_, response) => {
      response.statusCode = 502;
      response.end('<html>');
    });
    const { status, text } = await post(port);
    assert.deepEqual([status, text], [502, '<html>']);
  });

  it('does not follow a redirect', async () => {
    let calls = 0;
    const port = await listenHttp((_, response) => {
      calls++;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const { status, location } = await post(port);
    assert.deepEqual([status, location, calls], [302, '/elsewhere', 1]);
  });

  it('asks no proxy of the environment', async () => {
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];
    const before = names.map(name => process.env[name]);
    const port = await listenHttp((_, response) => response.end('{}'));
    try {
      for (const name of names) process.env[name] = 'http://127.0.0.1:1';
      assert.equal((await post(port)).text, '{}');
    } finally {
      names.forEach((name, i) => {
        if (before[i] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[i];
      });
    }
  });

  it('reads an answer of some megabytes', async () => {
    const text = JSON.stringify({ errorCode: 0, data: '纷'.repeat(2_000_000) });
    const port = await listenHttp((_, response) => response.end(text));
    assert.equal((await post(port)).text.length, text.length);
  });

  describe('says why no answer came', () => {
    const check = (name: string, code: TransportFailure, send: () => Promise<unknown>) =>
      it(`${name}: ${code}`, async () => {
        const error = await send().then(
          () => undefined,
          (reason: unknown) => reason,
        );
        assert.ok(error instanceof TransportError, String(error));
        assert.equal(`${error.code} ${error.reason}`, `${code} ${error.reason}`);
        assert.notEqual(error.reason, '');
        assert.doesNotMatch(inspect(error, { depth: 10 }), /名|secret-of-the-header/);
        assert.equal(error.context.thirdTraceId, '1');
      });

    check('nothing listens', 'unreachable', async () => {
      const server = net.createServer();
      const port = await listen(server);
      await Promise.all(opened.splice(0).map(close => close()));
      return post(port);
    });
    check('no such host', 'unreachable', () => post(0, { url: 'http://no-such-host.invalid/' }));
    check('closed at once', 'dropped', async () => post(await listenTcp(socket => socket.end())));
    check('reset', 'dropped', async () =>
      post(await listenTcp(socket => socket.once('data', () => socket.resetAndDestroy()))),
    );
    check('not HTTP', 'dropped', async () =>
      post(await listenTcp(socket => socket.once('data', () => socket.end('SSH-2.0-x\r\n')))),
    );
    check('cut off in the body', 'dropped', async () =>
      post(
        await listenTcp(socket =>
          socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"errorCode":0')),
        ),
      ),
    );
    check('cut off in a chunk', 'dropped', async () =>
      post(
        await listenTcp(socket =>
          socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n50\r\n{"err')),
        ),
      ),
    );
    check('silent', 'timeout', async () => post(await listenTcp(() => undefined), { timeoutMs: 50 }));
    check('silent after the headers', 'timeout', async () =>
      post(
        await listenHttp((_, response) => {
          response.writeHead(200, { 'content-length': '100' });
          response.write('{"err');
        }),
        { timeoutMs: 50 },
      ),
    );
    check('a proxy that wants a log-in', 'proxy', async () =>
      post(await listenHttp((_, response) => response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end('<html>'))),
    );
    check('TLS to a plain port', 'tls', async () =>
      post(await listenHttp((_, response) => response.end('{}')), { scheme: 'https' }),
    );
  });

  it('stops when the caller gives up', async () => {
    const giveUp = new AbortController();
    const port = await listenTcp(() => giveUp.abort());
    await assert.rejects(post(port, { signal: giveUp.signal }), CancelledError);
  });

  it('sends nothing when the caller gave up before', async () => {
    let connections = 0;
    const port = await listenTcp(() => connections++);
    await assert.rejects(post(port, { signal: AbortSignal.abort() }), CancelledError);
    assert.equal(connections, 0);
  });
});

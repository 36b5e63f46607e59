import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface Proxy {
  url: string;
  close(): void;
}
interface Answer {
  status: number | undefined;
  headers: http.IncomingHttpHeaders;
  text: string;
}

const file = path.resolve(__dirname, '../../../../scripts/lib/token-proxy.mjs');

describe('the token proxy of npm start', () => {
  let folder: string;
  let upstream: http.Server;
  let proxy: Proxy;
  let origin: string;
  let cookie: string;

  const get = (target: string, headers: http.OutgoingHttpHeaders = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const request = http.get(target, { headers }, response => {
        let text = '';
        response.on('data', data => (text += String(data)));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
      });
      request.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve({ status: response.statusCode, headers: response.headers, text: '' });
      });
      request.on('error', reject);
    });

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fx-'));
    const socket = path.join(folder, 'editor.sock');
    upstream = http.createServer((request, response) => {
      response.setHeader('Content-Type', 'text/html').end(`<p>${request.url} ${request.headers.cookie}</p>`);
    });
    upstream.on('upgrade', (_request, client) =>
      client.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    );
    await new Promise<void>(resolve => upstream.listen(socket, resolve));
    const { startTokenProxy } = (await import(pathToFileURL(file).href)) as {
      startTokenProxy: (options: Record<string, unknown>) => Promise<Proxy>;
    };
    const changePage = (html: string) => html.replace('<p>', '<p>changed ');
    proxy = await startTokenProxy({ socket, port: 0, firstPage: '/?folder=%2Fx', changePage });
    origin = new URL(proxy.url).origin;
    cookie = (await get(proxy.url)).headers['set-cookie']![0]!.split(';')[0]!;
  });

  after(() => {
    proxy.close();
    upstream.close();
    fs.rmSync(folder, { recursive: true });
  });

  it('refuses who has no token', async () => {
    const { status, text } = await get(`${origin}/`);
    assert.equal(status, 403);
    assert.match(text, /npm start/);
  });

  it('refuses a wrong token, in the address or in the cookie', async () => {
    assert.equal((await get(`${origin}/?tkn=wrong`)).status, 403);
    assert.equal((await get(`${origin}/`, { cookie: `${cookie}x` })).status, 403);
  });

  it('takes the token once and keeps it in a strict cookie that scripts cannot read', async () => {
    const { status, headers, text } = await get(proxy.url);
    assert.equal(status, 200);
    assert.match(headers['set-cookie']![0]!, /; HttpOnly; SameSite=Strict; Path=\/$/);
    assert.match(text, /location\.replace\("\/\?folder=%2Fx"\)/);
    assert.equal(text.includes(new URL(proxy.url).searchParams.get('tkn')!), false);
  });

  it('forwards with the cookie, which it keeps to itself', async () => {
    const { status, text } = await get(`${origin}/a?b=c`, { cookie: `one=1; ${cookie}; two=2` });
    assert.equal(status, 200);
    assert.equal(text, '<p>/a?b=c one=1; two=2</p>');
  });

  it('changes the page that a browser opens, and nothing else', async () => {
    const { text } = await get(`${origin}/`, { cookie, 'sec-fetch-dest': 'document' });
    assert.equal(text, '<p>changed / undefined</p>');
  });

  it('refuses other names for this machine and the pages of others, even with the token', async () => {
    assert.equal((await get(proxy.url, { host: 'evil.example' })).status, 403);
    assert.equal((await get(`${origin}/`, { cookie, host: 'evil.example' })).status, 403);
    assert.equal((await get(`${origin}/`, { cookie, origin: 'http://evil.example' })).status, 403);
  });

  it('lets a web socket through with the cookie only', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'x' };
    assert.equal((await get(`${origin}/`, { ...upgrade, cookie })).status, 101);
    assert.equal((await get(`${origin}/`, upgrade)).status, 403);
  });
});

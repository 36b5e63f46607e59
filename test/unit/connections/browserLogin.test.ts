import assert from 'node:assert/strict';
import http from 'node:http';
import { RefusedError, type Refusal } from '../../../src/api/errors';
import { CancelledError } from '../../../src/base/cancelled';
import { browserLogin, type Browser } from '../../../src/connections/browserLogin';
import { VirtualClock } from '../virtualClock';

const request = { connection: 'Acme', origin: 'https://open.fxiaoke.com', appId: 'FSAID_1' };
const refusedWith = (code: Refusal) => (error: unknown) => error instanceof RefusedError && error.code === code;

interface Page {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** What a browser does with an address, without keeping the connection. */
const visit = (address: string) =>
  new Promise<Page>((resolve, reject) => {
    http
      .get(address, { agent: false }, response => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      })
      .on('error', reject);
  });

/** A login whose browser does what a test wants once it is open. */
function setUp(whenOpen: (address: URL) => unknown = () => undefined, more: Partial<Browser> = {}) {
  const clock = new VirtualClock();
  const opened: URL[] = [];
  const browser: Browser = {
    reach: address => Promise.resolve(address),
    open: address => {
      opened.push(new URL(address));
      void whenOpen(new URL(address));
      return Promise.resolve(true);
    },
    ...more,
  };
  const options = {
    browser,
    clock,
    farewell: (welcome: boolean) => (welcome ? 'Welcome <you> & yours' : 'Go away'),
    newTraceId: () => 'trace-1',
  };
  const start = (signal?: AbortSignal) => browserLogin(request, options, signal);
  return { clock, opened, start };
}

/** The address to which the browser is sent back, with other parameters. */
function back(address: URL, change: Record<string, string> = {}): string {
  const url = new URL(address.searchParams.get('redirectUrl') ?? '');
  const parameters = { code: 'CODE-1', state: address.searchParams.get('state') ?? '', ...change };
  for (const [name, value] of Object.entries(parameters)) if (value !== '') url.searchParams.set(name, value);
  return url.href;
}

describe('connections/browserLogin', () => {
  it('asks for a code as documented and gives it with the address that it was asked for', async () => {
    let page: Promise<Page> | undefined;
    const { opened, start } = setUp(address => (page = visit(back(address))));
    const { code, redirectUrl } = await start();
    const [address] = opened as [URL];
    assert.equal(`${address.origin}${address.pathname}`, 'https://open.fxiaoke.com/oauth2.0/authorize');
    const { state, ...rest } = Object.fromEntries(address.searchParams);
    assert.deepEqual(rest, { responseType: 'code', appId: 'FSAID_1', redirectUrl, thirdTraceId: 'trace-1' });
    assert.match(state ?? '', /^[0-9a-f]{32}$/);
    assert.match(redirectUrl, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    assert.equal(code, 'CODE-1');
    const { status, text, headers } = await page!;
    assert.equal(status, 200);
    assert.ok(text.includes('Welcome &#60;you&#62; &#38; yours'), text);
    assert.equal(headers['cache-control'], 'no-store');
  });

  it('uses another state each time', async () => {
    const { opened, start } = setUp(address => visit(back(address)));
    await start();
    await start();
    assert.notEqual(opened[0]!.searchParams.get('state'), opened[1]!.searchParams.get('state'));
  });

  it('names the address that the browser reaches where it runs elsewhere', async () => {
    let here = '';
    const reach = (address: string) => {
      here = address;
      return Promise.resolve('https://tunnel.example/');
    };
    const { start } = setUp(address => visit(`${here}?code=CODE-1&state=${address.searchParams.get('state')}`), {
      reach,
    });
    assert.deepEqual(await start(), { code: 'CODE-1', redirectUrl: 'https://tunnel.example/' });
  });

  const refuses = (name: string, change: Record<string, string>, code: Refusal) =>
    it(`refuses ${name}`, async () => {
      let page: Promise<Page> | undefined;
      const { start } = setUp(address => (page = visit(back(address, change))));
      await assert.rejects(start(), refusedWith(code));
      const { status, text } = await page!;
      assert.equal(status, 400);
      assert.match(text, /Go away/);
    });
  refuses('the state of another login', { state: 'other' }, 'loginForeign');
  refuses('a code without a state', { state: '' }, 'loginForeign');
  refuses('a return without a code', { code: '' }, 'loginRefused');

  it('goes on waiting after a visit to another page', async () => {
    const { start } = setUp(async address => {
      const other = new URL('/favicon.ico', back(address));
      assert.equal((await visit(other.href)).status, 404);
      await visit(back(address));
    });
    assert.equal((await start()).code, 'CODE-1');
  });

  it('listens no longer when it is over', async () => {
    let address = '';
    const { start } = setUp(opened => {
      address = back(opened);
      return visit(address);
    });
    await start();
    await assert.rejects(visit(address), /ECONNREFUSED/);
  });

  it('gives up after five minutes, and not before', async () => {
    const { clock, start, opened } = setUp();
    const login = start();
    let over = false;
    login.catch(() => (over = true));
    while (opened.length === 0) await new Promise(resolve => setImmediate(resolve));
    await clock.pass(299_000);
    assert.equal(over, false);
    await clock.pass(1_000);
    await assert.rejects(login, refusedWith('loginTimedOut'));
  });

  it('stops when the person does not want to wait', async () => {
    const giveUp = new AbortController();
    const { start } = setUp(() => giveUp.abort());
    await assert.rejects(start(giveUp.signal), CancelledError);
  });

  it('stops when the person does not open the page', async () => {
    const { start } = setUp(undefined, { open: () => Promise.resolve(false) });
    await assert.rejects(start(), CancelledError);
  });
});

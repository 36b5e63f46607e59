import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endpoints } from '../api/endpoints';
import { RefusedError } from '../api/errors';
import type { LoginCode } from '../api/grants';
import { CancelledError } from '../base/cancelled';
import { sleep, type Clock } from '../base/clock';
import type { LoginRequest } from './authenticator';

/** The person's browser, which may run on another machine than we do. */
export interface Browser {
  /** The address by which the browser reaches an address of this machine. */
  reach(address: string): Promise<string>;
  /** `false` when the person would not have it. */
  open(address: string): Promise<boolean>;
}

export interface BrowserLoginOptions {
  readonly browser: Browser;
  readonly clock: Clock;
  /** A sentence for the page on which the browser ends up. */
  readonly farewell: (welcome: boolean) => string;
  /** A fresh `thirdTraceId`. */
  readonly newTraceId: () => string;
}

/** Long enough to look for a password; the code itself is good for about ten minutes. */
const patience = 5 * 60_000;
/** Nothing more: some editors forward a port but forget the path. */
const path = '/';

/**
 * Has the person log in with the browser and gives the code with which it comes back (api-facts.md 2.2): to a server on
 * the loopback that lives no longer than this takes. What does not bring the state that was sent is not from our login.
 */
export async function browserLogin(
  { connection, origin, appId }: LoginRequest,
  { browser, clock, farewell, newTraceId }: BrowserLoginOptions,
  signal?: AbortSignal,
): Promise<LoginCode> {
  const state = randomBytes(16).toString('hex');
  const { createServer } = await import('node:http');
  const server = createServer();
  const over = new AbortController();
  const whileOn = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  try {
    const redirectUrl = await browser.reach(`http://127.0.0.1:${await listen(server)}${path}`);
    const back = comingBack(server, url => outcomeOf(url, state, connection), farewell);
    const query = new URLSearchParams({ responseType: 'code', appId, redirectUrl, state, thirdTraceId: newTraceId() });
    const opened = browser.open(`${origin}${endpoints.authorize.path}?${query.toString()}`);
    const tooLate = sleep(clock, patience, whileOn);
    const code = await Promise.race([
      back,
      opened.then(isOpen => (isOpen ? back : Promise.reject(new CancelledError()))),
      tooLate.then(() => Promise.reject(new RefusedError('loginTimedOut', connection))),
    ]);
    return { code, redirectUrl };
  } finally {
    over.abort();
    server.close();
    server.closeAllConnections();
  }
}

/** Answers the browser, and settles when it has read the answer: then the server may end. */
function comingBack(
  server: Server,
  outcome: (url: URL) => string | RefusedError,
  farewell: BrowserLoginOptions['farewell'],
): Promise<string> {
  return new Promise((resolve, reject) => {
    server.on('request', (request, response) => {
      const target = `http://127.0.0.1${request.url}`;
      if (!URL.canParse(target) || new URL(target).pathname !== path) {
        response.writeHead(404).end();
        return;
      }
      const code = outcome(new URL(target));
      const welcome = typeof code === 'string';
      response.once('close', () => (welcome ? resolve(code) : reject(code)));
      response.writeHead(welcome ? 200 : 400, headers).end(page(farewell(welcome)));
    });
  });
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** The code, or why there is none. */
function outcomeOf({ searchParams }: URL, state: string, connection: string): string | RefusedError {
  if (searchParams.get('state') !== state) return new RefusedError('loginForeign', connection);
  const code = searchParams.get('code') ?? '';
  return code === '' ? new RefusedError('loginRefused', connection) : code;
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  connection: 'close',
};

function page(sentence: string): string {
  const text = sentence.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`);
  return `<!DOCTYPE html><meta charset="utf-8"><p>${text}</p>`;
}

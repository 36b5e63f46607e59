import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeCredentials, type Credentials } from './auth/credentials';
import { Dispatcher } from './dispatcher';
import { Faults, type Fault } from './faults';
import { sendFaulty, sendJson } from './sending';
import { Tenant } from './tenant/tenant';

export interface SandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** How many records AccountObj starts with. */
  records?: number;
  /** The same seed gives the same records. */
  seed?: number;
  /** Random when left out. */
  appSecret?: string;
  permanentCode?: string;
  /** 100 calls in 20 seconds per interface; on unless false. */
  rateLimit?: boolean;
  /** 10 token calls a minute, never two at once; on unless false. */
  tokenLimit?: boolean;
  /** Epoch milliseconds; for tests of what time does. */
  clock?: () => number;
  /** What is to go wrong. */
  faults?: readonly Fault[];
}

export interface Sandbox extends Omit<Credentials, 'corpId'> {
  /** `http://127.0.0.1:<port>` */
  url: string;
  corpId: string;
  /** Add to them while it runs. */
  faults: Faults;
  /** Ends the server and every open connection. */
  close(): Promise<void>;
}

const mostBytes = 20 * 1024 * 1024;

/** Starts the local OpenAPI server on loopback. It keeps nothing: what was written is gone when it ends. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const credentials = makeCredentials(options);
  const tenant = new Tenant({
    seed: options.seed ?? 1,
    ...(options.records !== undefined && { records: options.records }),
  });
  const faults = new Faults(options.faults);
  const clock = options.clock ?? Date.now;
  const dispatcher = new Dispatcher({
    tenant,
    credentials,
    rateLimit: options.rateLimit ?? true,
    tokenLimit: options.tokenLimit ?? true,
  });
  const server = createServer((request, response) => void serve(dispatcher, faults, clock, request, response));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, ...credentials, faults, close };
}

async function serve(
  dispatcher: Dispatcher,
  faults: Faults,
  clock: () => number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const fault = faults.take(path);
  const call = { method: request.method ?? '', path, headers: request.headers };
  try {
    const carriedOut = !fault || fault.carriedOut === true || ('answer' in fault && fault.answer === 'truncated');
    const answer = carriedOut ? await dispatcher.answer(call, () => readBody(request), clock) : undefined;
    if (fault) sendFaulty(response, fault, answer, clock());
    else sendJson(response, answer ?? {});
  } catch {
    // The caller has gone away, or sent more than any call needs.
    request.destroy();
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

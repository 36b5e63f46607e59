import { gzipSync } from 'node:zlib';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotApiError } from '../../../src/api/errors';
import { byCredentials } from '../../../src/api/grants';
import { SignIn } from '../../../src/api/signIn';
import { sandboxOnly } from '../contractCase';
import { impatient, traffic } from '../harness';
import { outcome } from '../outcome';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on a free port for as long as the work takes. */
async function serving<T>(handler: Handler, work: (origin: string) => Promise<T>): Promise<T> {
  const server = createServer(handler);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    const closed = new Promise(resolve => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}

const appId = 'FSAID_1';
const grant = byCredentials({ appId, appSecret: 'the-app-secret', permanentCode: 'the-permanent-code' });
const signInAt = (origin: string, timeoutMs = 5000) =>
  outcome(() =>
    new SignIn(traffic(impatient(), { milliseconds: timeoutMs })).token({ connection: 'Other', origin, appId, grant }),
  );

const answering =
  (text: string, status = 200, headers: Record<string, string> = { 'content-type': 'application/json' }): Handler =>
  (_, response) =>
    response.writeHead(status, headers).end(text);

/** Servers that are not the API, and what our client takes them for. */
const servers: readonly (readonly [name: string, handler: Handler, expects: string])[] = [
  ['a page', answering('<!DOCTYPE html><p>log in</p>', 200, { 'content-type': 'text/html' }), 'NotApiError html'],
  ['an error page', answering('<h1>502 Bad Gateway</h1>', 502, { 'content-type': 'text/html' }), 'NotApiError html'],
  ['a plain text', answering('Not Found', 404), 'NotApiError notJson'],
  ['nothing at all', answering(''), 'NotApiError empty'],
  ['JSON without a code', answering('{"status":"ok"}'), 'NotApiError noErrorCode'],
  ['JSON that is no map', answering('[1,2]'), 'NotApiError notJson'],
  ['half of an answer', answering('{"errorCode":0,"data":{"name":"a}'), 'NotApiError truncated'],
  ['an answer with a byte order mark', answering('\uFEFF{"errorCode":10006}'), 'ApiError 10006'],
  ['a code written as a text', answering('{"errorCode":"20015"}'), 'ApiError 20015'],
  ['an API error with another HTTP status', answering('{"errorCode":50009}', 500), 'ApiError 50009'],
  [
    'a compressed answer',
    (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"errorCode":20012}')),
    'ApiError 20012',
  ],
  [
    'an answer in pieces that cut a character in two',
    (_, response) => {
      const bytes = Buffer.from('{"errorMessage":"错误","errorCode":20012}');
      response.write(bytes.subarray(0, 18), () => response.end(bytes.subarray(18)));
    },
    'ApiError 20012',
  ],
  ['a redirect', answering('', 302, { location: 'https://www.fxiaoke.com/' }), 'NotApiError redirect'],
  ['a permanent redirect', answering('', 308, { location: '/elsewhere' }), 'NotApiError redirect'],
  ['a closed connection', request => request.socket.destroy(), 'TransportError dropped'],
  [
    'a connection that closes in the middle',
    (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"errorCode":0,', () => response.destroy());
    },
    'TransportError dropped',
  ],
];

const silent: readonly (readonly [name: string, handler: Handler])[] = [
  ['never answers', () => undefined],
  ['stops in the middle', (_, response) => void response.writeHead(200).write('{"errorCode":')],
];

const signIns = [
  ...servers.map(([name, handler, expects]) => ({
    name: `${name} instead of a token is ${expects}`,
    does: () => serving(handler, signInAt),
    expects,
    shares: true,
  })),
  ...silent.map(([name, handler]) => ({
    name: `a server that ${name} ends in a timeout`,
    does: () => serving(handler, origin => signInAt(origin, 60)),
    expects: 'TransportError timeout',
    shares: true,
  })),
  {
    name: 'a port where nobody listens is unreachable',
    does: async () => signInAt(await serving(answering(''), origin => Promise.resolve(origin))),
    expects: 'TransportError unreachable',
  },
  {
    name: 'a host without a name is unreachable',
    does: () => signInAt('https://no-such-host.invalid'),
    expects: 'TransportError unreachable',
  },
  {
    name: 'a server that does not speak TLS is told from one that is away',
    does: () => serving(answering(''), origin => signInAt(origin.replace('http:', 'https:'))),
    expects: 'TransportError tls',
  },
  {
    name: 'a redirect is not followed, so that secrets stay where they belong, and its target is named',
    does: async () => {
      const seen: string[] = [];
      const target: Handler = (request, response) => {
        seen.push(request.url ?? '');
        response.end('{"errorCode":0}');
      };
      return serving(target, async elsewhere => {
        const redirect = answering('', 307, { location: `${elsewhere}/oauth2.0/token` });
        return serving(redirect, async origin => {
          const signIn = new SignIn(traffic(impatient()));
          const named = await signIn
            .token({ connection: 'Other', origin, appId, grant })
            .catch((error: unknown) =>
              error instanceof NotApiError ? error.excerpt === `${elsewhere}/oauth2.0/token` : error,
            );
          return [named, seen];
        });
      });
    },
    expects: [true, []],
  },
];

export const foreignAnswers = sandboxOnly('another server answers', signIns);

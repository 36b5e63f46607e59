// Stands in front of the served VS Code and keeps the other users of this machine, and the other pages in the
// browser, out: who has no token gets nothing.
import crypto from 'node:crypto';
import http from 'node:http';
import net from 'node:net';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Serves on 127.0.0.1 what listens on a socket, to those who have the token: in the query of the first page
 * (`?tkn=`), from then on in a cookie. `changePage` may rewrite the HTML of the page that a browser opens.
 * @param {{ socket: string, port: number, firstPage: string, changePage?: (html: string) => string }} options
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function startTokenProxy({ socket, port, firstPage, changePage }) {
  const token = crypto.randomBytes(24).toString('base64url');
  const server = http.createServer();
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
  const address = server.address().port;
  const cookie = `fxiaoke-start-${address}`; // browsers keep cookies of all ports together
  // Other names are refused: a page elsewhere could let its own name point to this machine.
  const hosts = loopbackNames.map(name => (address === 80 ? name : `${name}:${address}`));

  /** Why a request is refused, if it is. */
  function refusal(request) {
    const { host, origin } = request.headers;
    if (!hosts.includes(host)) return 'This server answers to loopback names only.';
    if (origin !== undefined && origin !== `http://${host}`) return 'This server answers to its own pages only.';
    if (!isToken(readCookie(request, cookie))) return 'Open the address that "npm start" printed: it carries a token.';
    return undefined;
  }

  const isToken = given => {
    const digest = text => crypto.createHash('sha256').update(text).digest();
    return given !== undefined && crypto.timingSafeEqual(digest(given), digest(token));
  };

  server.on('request', (request, response) => {
    const given = new URL(request.url, 'http://loopback').searchParams.get('tkn') ?? undefined;
    if (request.method === 'GET' && hosts.includes(request.headers.host) && isToken(given)) {
      return welcome(response, `${cookie}=${token}`, firstPage);
    }
    const reason = refusal(request);
    if (reason) return void response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${reason}\n`);
    return forward(request, response, target(request, socket, cookie), changePage);
  });
  server.on('upgrade', (request, client, head) => {
    if (refusal(request)) return void client.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    return forwardUpgrade(request, client, head, socket, cookie);
  });
  return { url: `http://127.0.0.1:${address}/?tkn=${token}`, close: () => server.close() };
}

/**
 * Sets the cookie and goes on to the first page. Not a redirect: after a click in another site's page, a browser
 * does not send a strict cookie with the requests that follow from it, but does from a page of ours.
 */
function welcome(response, cookie, firstPage) {
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Set-Cookie': `${cookie}; HttpOnly; SameSite=Strict; Path=/`,
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  });
  const target = JSON.stringify(firstPage).replaceAll('<', '\\u003c');
  response.end(`<!doctype html><title>VS Code</title><script>location.replace(${target})</script>\n`);
}

function readCookie(request, name) {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/);
  return pairs.find(pair => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The request's headers without our cookie, which is nobody else's business. */
function headersWithout(request, cookie) {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/).filter(pair => pair && !pair.startsWith(`${cookie}=`));
  const headers = { ...request.headers, cookie: pairs.join('; ') };
  if (pairs.length === 0) delete headers.cookie;
  return headers;
}

const target = (request, socket, cookie) => ({
  socketPath: socket,
  method: request.method,
  path: request.url,
  headers: headersWithout(request, cookie),
});

function forward(request, response, upstreamOptions, changePage) {
  const isPage = changePage !== undefined && request.headers['sec-fetch-dest'] === 'document';
  if (isPage) delete upstreamOptions.headers['accept-encoding']; // to be read, it must not be compressed
  const upstream = http.request(upstreamOptions, answer => {
    if (isPage && answer.headers['content-type']?.startsWith('text/html')) {
      void sendChanged(answer, response, changePage);
      return;
    }
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', () => {
    if (!response.headersSent) response.writeHead(502, { 'Content-Type': 'text/plain' });
    response.end('VS Code does not answer.\n');
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

async function sendChanged(answer, response, changePage) {
  const chunks = [];
  for await (const chunk of answer) chunks.push(chunk);
  const page = Buffer.from(changePage(Buffer.concat(chunks).toString('utf8')));
  const headers = { ...answer.headers, 'content-length': page.length };
  for (const name of ['etag', 'transfer-encoding']) delete headers[name];
  response.writeHead(answer.statusCode, headers).end(page);
}

function forwardUpgrade(request, client, head, socket, cookie) {
  const upstream = net.connect(socket);
  const headers = Object.entries(headersWithout(request, cookie)).flatMap(([name, value]) =>
    [value].flat().map(single => `${name}: ${single}`),
  );
  upstream.write([`${request.method} ${request.url} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
  upstream.write(head);
  upstream.pipe(client).pipe(upstream);
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ]) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

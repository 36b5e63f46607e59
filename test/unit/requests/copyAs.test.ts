import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import { Redactor } from '../../../src/api/redactor';
import { curl } from '../../../src/requests/copyAs/languages';
import { piecesOf, tokenVariable } from '../../../src/requests/copyAs/pieces';
import { snippetCall, snippetLanguages, type SnippetLanguageId } from '../../../src/requests/copyAs/snippet';
import type { PreparedRequest } from '../../../src/requests/prepare';

const projectFolder = path.resolve(__dirname, '../../../..');
const uuid = '11111111-2222-4333-8444-555555555555';
const secretValue = 'from outside';

/** Everything that some language reads as something else than itself. */
const nasty = [
  `'"\`\\ \\\\ $HOME \${HOME} $(id) %s %HOME% ''' """ \\u0041 #{x} {{x}} !! & | ; < > * ? ~`,
  '中文 🙂 \u00e9 \u2028 \u0000 \n \r \t',
  '*/ // -- <?php ?> @"x" +',
];

const request = (body: string | undefined, more: Partial<PreparedRequest> = {}): PreparedRequest => ({
  method: 'POST',
  target: '/cgi/crm/v2/data/get?a=1%20b',
  isAbsolute: false,
  headers: { 'x-extra': `it's "quoted" \\ $HOME` },
  assertions: [],
  ...(body !== undefined && { body }),
  ...more,
});
const redactor = new Redactor();
const write = (
  id: SnippetLanguageId,
  shown: PreparedRequest,
  origin = 'https://open.fxiaoke.com',
  style: 'headers' | 'body' = 'headers',
) => {
  const tenant = { origin, ea: '12345', userId: '1000', style };
  return snippetLanguages[id].write(snippetCall(shown, tenant, uuid, redactor.redactBody));
};

interface Received {
  readonly url: URL;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A server that keeps what it was sent. */
async function listen(): Promise<{ origin: string; received: Received[]; close: () => void }> {
  const received: Received[] = [];
  const server = http.createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://localhost');
      received.push({ url, headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, received, close: () => server.close() };
}

/** What runs a snippet: the file it goes into and the command. `undefined` where this machine has none. */
interface Runner {
  readonly file: string;
  readonly command: readonly string[];
}

const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const runners: Readonly<Record<SnippetLanguageId, () => Runner | undefined>> = {
  curl: () =>
    has('curl', '--version') && has('bash', '--version') ? { file: 'call.sh', command: ['bash'] } : undefined,
  javascript: () => ({ file: 'call.mjs', command: [process.execPath] }),
  python: () => (has('python3', '--version') ? { file: 'call.py', command: ['python3'] } : undefined),
  java: () => (has('java', '--version') ? { file: 'FxiaokeCall.java', command: ['java'] } : undefined),
  php: () =>
    has('php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);')
      ? { file: 'call.php', command: ['php'] }
      : undefined,
  // A project would have to be built.
  csharp: () => undefined,
};
/** Enough of the package for the snippet, so that it need not be installed. */
const pythonRequests = `import json, urllib.request
class Answer:
    def __init__(self, text): self.text = text
    def json(self): return json.loads(self.text)
def post(url, headers, data=b''):
    return Answer(urllib.request.urlopen(urllib.request.Request(url, data, headers)).read())
`;

describe('requests/copyAs', () => {
  let folder = '';
  before(() => {
    // Below the project, so that the snippet finds axios.
    fs.mkdirSync(path.join(projectFolder, 'out'), { recursive: true });
    folder = fs.mkdtempSync(path.join(projectFolder, 'out', 'snippet-'));
    fs.writeFileSync(path.join(folder, 'requests.py'), pythonRequests);
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  const run = async (id: SnippetLanguageId, { file, command }: Runner, snippet: string) => {
    const script = path.join(folder, file);
    fs.writeFileSync(script, snippet);
    const env = { ...process.env, [tokenVariable]: 'TOKEN', FXIAOKE_SECRET_MY_KEY: secretValue };
    const [program = '', ...args] = command;
    const child = spawn(program, [...args, script], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let problems = '';
    child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()));
    const code = await new Promise(resolve => child.once('close', resolve));
    assert.equal(code, 0, `${id}: ${problems}\n${snippet}`);
  };

  for (const id of Object.keys(snippetLanguages) as SnippetLanguageId[]) {
    it(`writes ${id} that sends what the extension would send`, async function () {
      this.timeout(60_000);
      const runner = runners[id]();
      if (!runner) return this.skip();
      const random = fc.sample(fc.string({ unit: 'binary', maxLength: 30 }), { numRuns: 100, seed: 7 });
      const text = JSON.stringify({ nasty, random: random.map(each => each.replaceAll('{{', '')) }, null, 2);
      const body = text.replace('{', '{\n  "key": "{{$secret my-key}}!",');
      const { origin, received, close } = await listen();
      try {
        await run(id, runner, write(id, request(body), origin));
      } finally {
        close();
      }
      const [{ url, headers, body: sent }] = received as [Received];
      assert.equal(sent, body.replace('{{$secret my-key}}', secretValue));
      assert.equal(url.pathname, '/cgi/crm/v2/data/get');
      assert.equal(url.searchParams.get('a'), '1 b');
      assert.match(url.searchParams.get('thirdTraceId')!, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}$/);
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers.authorization, 'Bearer TOKEN');
      assert.deepEqual([headers['x-fs-ea'], headers['x-fs-userid']], ['12345', '1000']);
      assert.equal(headers['x-extra'], `it's "quoted" \\ $HOME`);
    });

    it(`writes ${id} that signs in in the body, as the legacy way has it`, async function () {
      this.timeout(60_000);
      const runner = runners[id]();
      if (!runner) return this.skip();
      const { origin, received, close } = await listen();
      const body = '{"key":"{{$secret my-key}}","data":{"list":[1.50]}}';
      try {
        await run(id, runner, write(id, request(body), origin, 'body'));
      } finally {
        close();
      }
      const [{ headers, body: sent }] = received as [Received];
      assert.equal(headers.authorization, undefined);
      assert.deepEqual([headers['x-fs-ea'], headers['x-fs-userid']], [undefined, undefined]);
      assert.deepEqual(JSON.parse(sent), {
        key: secretValue,
        data: { list: [1.5] },
        corpAccessToken: 'TOKEN',
        corpId: '12345',
        currentOpenUserId: '1000',
      });
    });
  }

  it('writes every word of a cURL command so that bash reads it as it was', function () {
    this.timeout(60_000);
    if (!has('bash', '--version')) return this.skip();
    // A NUL cannot be in a word.
    const word = fc.string({ unit: 'binary', maxLength: 40 }).map(text => text.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), words => {
        const headers = words.map(text => ['x', [{ text }]] as const);
        const command = curl({ url: [{ text: 'u' }], headers, body: undefined });
        const { stdout } = spawnSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
          encoding: 'buffer',
        });
        const expected = ['u', ...words.flatMap(text => ['-H', `x: ${text}`]), '-X', 'POST'].join('\0') + '\0';
        assert.equal(stdout.toString('utf8'), Buffer.from(expected).toString('utf8'));
      }),
      { numRuns: 25 },
    );
  });

  it('escapes quotes in C# and PHP as their verbatim strings want it', () => {
    const body = `{"a":"'\\"\\\\"}`;
    assert.match(write('csharp', request(body)), /@"\{\n {2}""a"": ""'\\""\\\\""\n\}"/);
    assert.match(write('php', request(body)), /'\{\n {2}"a": "\\'\\\\"\\\\\\\\"\n\}'/);
  });

  it('leaves out secrets that a person has written as they are, whatever they are and in every language', () => {
    const secret = fc.string({
      unit: fc.constantFrom(...Array.from('aZ09_-+/=.~!&é密')),
      minLength: 12,
      maxLength: 40,
    });
    fc.assert(
      fc.property(secret, secret, (known, unknown) => {
        redactor.learn(known);
        const body = JSON.stringify({ appSecret: unknown, data: { note: `it is ${known}` }, plan: 'Basic plan' });
        const target = `/cgi/x?accessToken=${encodeURIComponent(unknown)}&a=${encodeURIComponent(known)}`;
        const shown = request(body, { target, headers: { 'x-extra': known } });
        for (const id of Object.keys(snippetLanguages) as SnippetLanguageId[]) {
          const text = write(id, shown);
          for (const form of [known, unknown, encodeURIComponent(known), encodeURIComponent(unknown)])
            assert.ok(!text.includes(form), `${form} in ${text}`);
          assert.match(text, /Basic plan/);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the variables that stand for secrets', () => {
    const body = '{"appSecret":"{{$secret key}}","permanentCode":"{{$env CODE}}"}';
    const text = write('curl', request(body, { target: '/cgi/x?accessToken={{$secret key}}' }));
    assert.match(text, /"appSecret": "'"\$FXIAOKE_SECRET_KEY"'"/);
    assert.doesNotMatch(text, /redacted/);
  });

  it('writes calls without a body', () => {
    for (const id of Object.keys(snippetLanguages) as SnippetLanguageId[]) {
      const text = write(id, request(undefined));
      assert.match(text, /x-fs-userid/, id);
      assert.doesNotMatch(text, /undefined'|StringContent|data=/, id);
    }
    assert.match(write('curl', request(undefined)), /-X POST\n$/);
  });

  it('names no person where the legacy call wants none, and brings a body where the request has none', () => {
    const target = '/cgi/department/list';
    const text = write('curl', request(undefined, { target }), undefined, 'body');
    assert.match(
      text,
      /--data-raw '\{\n {2}"corpAccessToken": "'"\$FXIAOKE_ACCESS_TOKEN"'",\n {2}"corpId": "12345"\n\}'/,
    );
    assert.doesNotMatch(text, /currentOpenUserId|x-fs-/);
  });

  it('signs in nowhere for a call that fetches a token', () => {
    for (const style of ['headers', 'body'] as const) {
      const text = write('curl', request('{"appId":"a"}', { target: '/oauth2.0/token' }), undefined, style);
      assert.doesNotMatch(text, /authorization|x-fs-|corp/i);
    }
  });

  it('takes a whole URL as it is', () =>
    assert.match(
      write('curl', request(undefined, { target: 'https://open.fxiaoke.com/cgi/x', isAbsolute: true })),
      /^curl 'https:\/\/open\.fxiaoke\.com\/cgi\/x\?thirdTraceId=1{8}/,
    ));

  it('names the variables of secrets so that every language takes them', () =>
    assert.deepEqual(piecesOf('a{{$secret my key.1}}b{{$env HOME}}{{x}}'), [
      { text: 'a' },
      { variable: 'FXIAOKE_SECRET_MY_KEY_1' },
      { text: 'b' },
      { variable: 'HOME' },
      { text: '{{x}}' },
    ]));
});

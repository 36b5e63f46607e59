import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { exampleOf } from '../../../src/api/endpointExamples';
import { endpoints, type EndpointId } from '../../../src/api/endpoints';
import { curl } from '../../../src/requests/copyAs/languages';
import { snippetCall } from '../../../src/requests/copyAs/snippet';
import { parse } from '../../../src/requests/parse';
import { pastedRequest } from '../../../src/requests/paste/pastedRequest';
import { bashWords } from '../../../src/requests/paste/shellWords';

const pasted = (text: string) => pastedRequest(text, endpoint => endpoint?.nameEn ?? '')?.text;

/** Method line, headers and body, without the title. */
function parts(text: string) {
  const made = pasted(text) ?? '';
  const [head = '', ...rest] = made.split('\n\n');
  const [, line, ...headers] = head.trim().split('\n');
  const body = rest.join('\n\n').trim();
  return { line, headers, body };
}

describe('requests/paste', () => {
  const url = 'https://open.fxiaoke.com/cgi/crm/v2/data/get';
  const check = (title: string, text: string, expected: Partial<ReturnType<typeof parts>>) =>
    it(title, () => {
      const actual = parts(text);
      for (const [key, value] of Object.entries(expected))
        assert.deepEqual({ [key]: (actual as any)[key] }, { [key]: value });
      assert.deepEqual(
        parse(pasted(text)!).problems.map(({ code }) => code),
        [],
      );
    });

  describe('a cURL command', () => {
    check(
      'of bash, over several lines',
      `curl -X POST '${url}?thirdTraceId=1&x=2' \\\n  -H 'Content-Type: application/json' \\\n -H "x-extra: it's" --data-raw '{"a":"it'\\''s"}'`,
      { line: 'POST /cgi/crm/v2/data/get?x=2', headers: ["x-extra: it's"], body: '{\n  "a": "it\'s"\n}' },
    );
    check('with flags before and after', `$ curl --compressed -sS -k ${url} -d '{"a":1}' -o out.json -m 5`, {
      line: 'POST /cgi/crm/v2/data/get',
      body: '{\n  "a": 1\n}',
    });
    check('with glued values', `curl -sXPOST ${url} -d'{"a":1}' -H'x-a:b'`, {
      headers: ['x-a: b'],
      body: '{\n  "a": 1\n}',
    });
    check('with --url and --json', `curl --json '{"a":1.10}' --url "${url}" | jq .`, { body: '{\n  "a": 1.10\n}' });
    check('of a browser, with $ quotes', `curl '${url}' --data-raw $'{"a":"it\\'s \\u4e2d\\\\n"}'`, {
      body: '{\n  "a": "it\'s 中\\n"\n}',
    });
    check('of cmd.exe', `curl ^"${url}^" ^\r\n  -H ^"x-a: 1^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"100^%^\\^"^}^"`, {
      line: 'POST /cgi/crm/v2/data/get',
      headers: ['x-a: 1'],
      body: '{\n  "a": "100%"\n}',
    });
    check('of cmd.exe, with quotes only', `curl.exe "${url}" -d "{\\"a\\":\\"b c\\"}"`, { body: '{\n  "a": "b c"\n}' });
    check('with a file as body', `curl ${url} -d @body.json`, { body: '< body.json' });
    check('with variables of the shell', `curl "$HOST/x" -H "x-a: \${A}b" -d '{"a":"$HOME"}'`, {
      headers: ['x-a: {{$env A}}b'],
      body: '{\n  "a": "$HOME"\n}',
    });
    check(
      'loses what the extension adds by itself',
      `curl ${url} -H 'Authorization: Bearer X' -H 'x-fs-ea: 1' -H 'X-FS-UserId: 2' -H 'Host: a' -H 'User-Agent: b' -d '{"corpAccessToken":"A","corpId":"B","currentOpenUserId":"C","data":{"corpId":"stays"},}'`,
      { headers: [], body: '{\n  "data": {\n    "corpId": "stays"\n  },\n}' },
    );
    check('keeps another host, which sending will refuse', `curl https://example.com/x -d '{}'`, {
      line: 'POST https://example.com/x',
    });
  });

  describe('an example of the documentation', () => {
    check(
      'with URL, words and trailing commas',
      `请求地址：${url}\n请求参数：\n{\n  "data": {"objectDataId": "1", },\n}\n返回 {"errorCode": 0}`,
      {
        line: 'POST /cgi/crm/v2/data/get',
        body: '{\n  "data": {\n    "objectDataId": "1",\n  },\n}',
      },
    );
    check('with a path alone', 'POST /cgi/crm/v2/object/list', { line: 'POST /cgi/crm/v2/object/list', body: '' });
    check(
      'as JSON alone, whose endpoint its keys tell',
      '{"data":{"dataObjectApiName":"AccountObj","objectDataId":"1"}}',
      {
        line: 'POST /cgi/crm/v2/data/get',
      },
    );
    check('of a custom object', '{"data":{"dataObjectApiName":"a__c","search_query_info":{"limit":1}} // x\n}', {
      line: 'POST /cgi/crm/custom/v2/data/query',
    });

    check('of a new record', '{"data":{"object_data":{"dataObjectApiName":"AccountObj","name":"A"}}}', {
      line: 'POST /cgi/crm/v2/data/create',
    });
    check('of a changed record', '{"data":{"object_data":{"dataObjectApiName":"AccountObj","_id":"1","name":"A"}}}', {
      line: 'POST /cgi/crm/v2/data/update',
    });

    it('has no path where several endpoints take such a body', () =>
      assert.match(pasted('{"data":{"idList":["1"],"dataObjectApiName":"AccountObj"}}')!, /^###\nPOST\n/));

    it('may be any of the API', () => {
      for (const id of Object.keys(endpoints) as EndpointId[]) {
        const { path } = endpoints[id];
        const { request } = exampleOf(id);
        if (!request) continue;
        const text = `https://open.fxiaoke.com${path}\n${JSON.stringify(request, null, 4).replaceAll('\n', '\r\n')}`;
        const { line, body } = parts(text);
        assert.equal(line, `POST ${path}`);
        const { corpAccessToken, corpId, currentOpenUserId, ...rest } = request;
        assert.deepEqual(JSON.parse(body), rest, id + String([corpAccessToken, corpId, currentOpenUserId].length));
      }
    });
  });

  it('gives nothing for other text', () => {
    for (const text of ['', 'hello', 'curly {', 'a [1] b', '{ "errorCode": 0, "traceId": "E-O.1" }'])
      assert.equal(pasted(text), undefined, text);
  });

  it('gives back a request that was copied as cURL', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        const body = JSON.stringify({ value: value.replaceAll('{{', '') });
        const shown = { method: 'POST', target: '/cgi/crm/x?a=1', isAbsolute: false, assertions: [] };
        const call = snippetCall(
          { ...shown, headers: { 'x-a': `'b"` }, body },
          { origin: 'https://open.fxiaoke.com', ea: '1', userId: '2', style: 'headers' },
          'u',
          text => text,
        );
        const { line, headers, body: given } = parts(curl(call));
        assert.deepEqual([line, headers], ['POST /cgi/crm/x?a=1', [`x-a: 'b"`]]);
        assert.deepEqual(JSON.parse(given), JSON.parse(body));
      }),
    );
  });

  it('keeps an empty word before a line that goes on', () => {
    assert.deepEqual(bashWords("''\\\n a"), ['', 'a']);
    assert.deepEqual(bashWords('\\\n a'), ['a']);
  });

  it('reads words as bash does', function () {
    this.timeout(60_000);
    if (spawnSync('bash', ['--version']).status !== 0) return this.skip();
    const part = fc.oneof(
      fc.constantFrom(
        "'a b'",
        '"a b"',
        String.raw`"\"\\\$x\n"`,
        String.raw`\ `,
        String.raw`\'`,
        '\\\n',
        ' ',
        '\n',
        "''",
        '中',
        String.raw`$'\'\n\t\u4e2d\x41'`,
      ),
      fc.constantFrom('a', 'b', '=', '{', '}', '"it\'s"', '-d'),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), list => {
        // A line break would end the command; in quotes and after a backslash it does not.
        const command = list.map(each => (each === '\n' ? ' ' : each)).join('');
        const { stdout } = spawnSync(
          'bash',
          ['-c', `f() { for w in "$@"; do printf '%s\\0' "$w"; done; }; f ${command}`],
          {
            env: { ...process.env, LC_ALL: 'C.UTF-8' },
          },
        );
        assert.deepEqual(
          bashWords(command)
            .map(word => `${word}\0`)
            .join(''),
          stdout.toString('utf8'),
        );
      }),
      { numRuns: 60 },
    );
  });
});

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { parseJson, printJson, type JsonObject } from '../../../src/base/json';
import { Diagnoser } from '../../../src/requests/language/diagnose';
import { nothingKnown } from '../../../src/requests/language/knowledge';
import { JsonNode, toStrictJson } from '../../../src/requests/jsonNode';
import { parse } from '../../../src/requests/parse';
import { pastedRequest } from '../../../src/requests/paste/pastedRequest';
import { problemsIn, problemsOf } from './describeTree';

const folder = path.resolve(__dirname, '../../../../test/fixtures/requests');
const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

interface Published {
  readonly path: string;
  readonly request: JsonObject;
}

/** Every request that the API's documentation shows, with the path that it goes to (the first, where it shows several). */
const published = (JSON.parse(read('endpoints.json')) as Published[]).map(({ path: paths, request }) => ({
  target: paths.split(', ')[0] ?? '',
  request,
  text: printJson(request, 2),
}));

/** What signs a call in is ours to add. */
const signsIn = new Set(['corpAccessToken', 'corpId', 'currentOpenUserId']);

/** As the documentation's own examples often have it. */
const withTrailingCommas = (text: string) => text.replace(/(["\d\]}el])(\n\s*[}\]])/g, '$1,$2');
const strict = (text: string) => {
  const result = toStrictJson(text);
  return 'json' in result ? parseJson(result.json) : assert.fail(result.error);
};

describe('request files of a corpus', () => {
  /**
   * 130 entries were gathered. The ten others are no requests that a file could hold: four name no path at all, two are
   * forms with a file in them (material, message image), one is a file sent to an address that another call gives, one
   * is a menu entry without path (marketing and BI), and two are calls that the vendor makes to the customer.
   */
  it('holds the 120 of 130 published entries that are requests', () => assert.equal(published.length, 120));

  for (const { target, request, text } of published) {
    it(`reads the published request of ${target}, as it is and with trailing commas`, () => {
      for (const body of [text, withTrailingCommas(text)]) {
        const file = parse(`### one\nPOST ${target.replace(/\{(\w+)\}/g, '$1')}\n\n${body}\n\n?? errorCode == 0\n`);
        assert.deepEqual(file.problems, []);
        const [node] = file.requests;
        assert.ok(node?.body instanceof JsonNode);
        assert.deepEqual(strict(file.text.slice(node.body.start, node.body.end)), parseJson(text));
        assert.equal(node.assertions.length, 1);
      }
    });

    // That one is a page for a browser.
    if (target.includes('?')) continue;
    it(`makes a request of the pasted example of ${target}`, () => {
      const pasted = pastedRequest(`https://open.fxiaoke.com${target}\n${withTrailingCommas(text)}`, () => '')?.text;
      const [node] = parse(pasted ?? '').requests;
      const expected = Object.fromEntries(Object.entries(request).filter(([key]) => !signsIn.has(key)));
      assert.equal(node?.target?.text, target);
      const { body } = node;
      const found = body instanceof JsonNode ? strict(pasted?.slice(body.start, body.end) ?? '') : {};
      assert.deepEqual(found, expected);
      assert.deepEqual(new Diagnoser().diagnose(parse(pasted ?? ''), () => nothingKnown).findings, []);
    });
  }

  it('reads what REST Client and JetBrains read alike', () => {
    const file = parse(read('common.http'));
    // All calls of this API but one are POST, which is a problem of its own.
    assert.deepEqual(
      file.problems.map(({ code }) => code),
      ['methodUnusual'],
    );
    assert.deepEqual(
      file.requests.map(({ method, target, title, headers, body }) =>
        [method?.text, target?.text, title?.text ?? '', headers.length, body?.kind ?? ''].join(' '),
      ),
      [
        'POST {{host}}/data/query Query 2 json',
        'POST /cgi/crm/v2/data/create From a file 1 fileBody',
        'POST /cgi/crm/v2/object/list Without a body 0 ',
        'GET /cgi/crm/v2/data/get?id={{top.data.dataList[0]._id}}  0 ',
      ],
    );
    assert.deepEqual([...file.variables.keys()], ['host', 'limit']);
    assert.equal(file.requests[0]?.name?.value.text, 'top');
  });

  /** Of a file for another client: its requests, and what is said of what only that client understands. */
  const foreign = (name: string) => {
    const text = read(name);
    const { problems, requests } = parse(text);
    const outline = requests.map(({ method, target, headers, body, assertions }) =>
      [method?.text, target?.text.replace(/\s+/g, ' '), headers.length, body?.kind, assertions.length].join(' '),
    );
    return { outline, problems: problemsIn(text, problems) };
  };

  it('says of each thing that only REST Client understands what to write instead', () =>
    assert.deepEqual(foreign('rest-client.http'), {
      outline: [
        'POST {{host}}/cgi/crm/v2/data/create 1 json 0',
        'POST {{host}}/cgi/crm/v2/data/get 3 json 0',
        'POST {{host}}/cgi/crm/v2/data/query ?thirdTraceId=1 &page=2 1 fileBody 0',
        'POST {{host}}/cgi/crm/v2/object/list 1 json 0',
        ' https://open.fxiaoke.com/cgi/crm/v2/object/list 0  0',
        `CURL --request POST 'https://open.fxiaoke.com/cgi/crm/v2/object/list' -d '{}' 0  0`,
      ],
      problems: [
        'builtinUnknown@{{$datetime iso8601}}',
        'directiveUnknown@note',
        'directiveUnknown@no-redirect',
        'builtinUnknown@{{$guid}}',
        'builtinUnknown@{{$randomInt 1 100}}',
        'responsePathForeign@{{created.response.body.$.data.objectDataId}}',
        'directiveUnknown@prompt',
        'responsePathForeign@{{created.response.headers.X-Request-Id}}',
        'builtinUnknown@{{$processEnv USERNAME}}',
        'bodyFileVariables@<@utf8',
        'jsonInvalid@<request>',
        'methodMissing@https://open.fxiaoke.com/cgi/crm/v2/object/list',
        'methodUnknown@curl',
      ],
    }));

  it('reads around the scripts of JetBrains’ client, and says of each that it is not run', () =>
    assert.deepEqual(foreign('jetbrains.http'), {
      outline: [
        'POST https://open.fxiaoke.com/cgi/crm/v2/object/list 2 json 0',
        'POST https://open.fxiaoke.com/cgi/crm/v2/data/query ?thirdTraceId=1 1 fileBody 0',
        'POST https://open.fxiaoke.com/cgi/crm/v2/object/describe 1 json 1',
        'GRAPHQL https://open.fxiaoke.com/graphql 0 json 0',
      ],
      problems: [
        'directiveUnknown@no-log',
        'scriptUnsupported@< {%',
        'builtinUnknown@{{$random.uuid}}',
        'builtinUnknown@{{$isoTimestamp}}',
        'builtinUnknown@{{$env.HOME}}',
        'builtinUnknown@{{$random.alphabetic(10)}}',
        'scriptUnsupported@> {%',
        'scriptUnsupported@< ./before.js',
        'scriptUnsupported@> ./after.js',
        'responseFileUnsupported@>> responses/query.json',
        'responseFileUnsupported@<> 2026-11-27T093000.200.json',
        'scriptUnsupported@> {% client.log(response.body) %}',
        'methodUnknown@GRAPHQL',
        'jsonInvalid@query',
      ],
    }));

  for (const [what, text, problems] of [
    ['a body that is never closed', 'POST /a\n\n{ "a": [1, 2', ['jsonInvalid@', 'jsonInvalid@']],
    ['a line of a megabyte', `POST /a\n\n{ "a": "${'x'.repeat(1_000_000)}" }`, []],
    [
      'full-width punctuation',
      'POST /a\n\n{“a”：1，"b": 2}',
      '“”：，'.split('').map(each => `fullWidthPunctuation@${each}`),
    ],
    ['CRLF and a BOM', '\uFEFF@a = 1\r\n### x\r\nPOST /a\r\n\r\n{ "a": {{a}} }\r\n', []],
  ] as const) {
    it(`tells what is wrong with ${what}`, () => assert.deepEqual(problemsOf(text), problems));
  }
});

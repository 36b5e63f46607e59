import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { parseJson, printJson, type JsonObject } from '../../../src/base/json';
import { JsonNode, toStrictJson } from '../../../src/requests/jsonNode';
import { parse } from '../../../src/requests/parse';
import { pastedRequest } from '../../../src/requests/paste/pastedRequest';
import { problemsOf } from './describeTree';

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

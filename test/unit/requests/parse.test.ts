import assert from 'node:assert/strict';
import { connectionOf, nodeAt, requestAt, requestNamed } from '../../../src/requests/nodes';
import { parse } from '../../../src/requests/parse';
import { problemsOf, samples, treeOf } from './describeTree';

describe('requests/parse', () => {
  it('reads the example of the contract without a problem', () => {
    const file = parse(samples['contract']!);
    assert.deepEqual(file.problems, []);
    assert.deepEqual(treeOf(file), [
      'variable "@id = 64f0c0ffee00000000000001"',
      'text "id"',
      'text "64f0c0ffee00000000000001"',
      'comment "# a comment; // also"',
      'separator "### Title of the next request"',
      'text "Title of the next request"',
      'directive "# @name visitor"',
      'text "visitor"',
      'directive "# @connection staging"',
      'text "staging"',
      'directive "# @confirm Really delete it?"',
      'text "Really delete it?"',
      'request ' + JSON.stringify(samples['contract']!.slice(samples['contract']!.indexOf('POST')).trimEnd()),
      'text "POST"',
      'text "/cgi/crm/v2/data/get"',
      'header "x-extra: header"',
      'text "x-extra"',
      'text "header"',
      'json "{ \\"data\\": { \\"dataObjectApiName\\": \\"WebImVisitorObj\\", \\"objectDataId\\": \\"{{id}}\\", } }"',
      'template "{{id}}"',
      'assertion "?? errorCode == 0"',
      'json "0"',
      'assertion "?? data.total > 10"',
      'json "10"',
    ]);
    const [request] = file.requests;
    assert.equal(request?.title?.text, 'Title of the next request');
    assert.equal(request.name?.value.text, 'visitor');
    assert.equal(connectionOf(file, request)?.value.text, 'staging');
    assert.equal(request.confirm?.value.text, 'Really delete it?');
    assert.deepEqual(
      request.assertions.map(({ path, operator }) => [path, operator]),
      [
        [['errorCode'], '=='],
        [['data', 'total'], '>'],
      ],
    );
  });

  it('reads every node of a file in which all that the grammar has stands together', () => {
    const text = `@base = /cgi/crm/v2
# @connection {{tenant}}
### 客户 {{no template}}
// @name top
post {{base}}/data/query HTTP/1.1
  ?x={{$timestamp}}
  &y={{top.data[0]}}
X-Trace: {{$uuid}}
# @confirm Sure?

{
  # by hand
  "a": "{{$secret key}} {{base}}", "b": {{n}}, // why
}

?? $.data.total >= {{least}}
?? data.list[0] exists
# behind
###
GET https://open.fxiaoke.com/a

< ./{{file}}.json
`;
    assert.deepEqual(treeOf(parse(text)), [
      'variable "@base = /cgi/crm/v2"',
      'text "base"',
      'text "/cgi/crm/v2"',
      'directive "# @connection {{tenant}}"',
      'text "{{tenant}}"',
      'template "{{tenant}}"',
      'separator "### 客户 {{no template}}"',
      'text "客户 {{no template}}"',
      'directive "// @name top"',
      'text "top"',
      `request ${JSON.stringify(text.slice(text.indexOf('post'), text.indexOf('\n# behind')))}`,
      'text "post"',
      'text "{{base}}/data/query HTTP/1.1\\n  ?x={{$timestamp}}\\n  &y={{top.data[0]}}"',
      'template "{{base}}"',
      'template "{{$timestamp}}"',
      'template "{{top.data[0]}}"',
      'header "X-Trace: {{$uuid}}"',
      'text "X-Trace"',
      'text "{{$uuid}}"',
      'template "{{$uuid}}"',
      'directive "# @confirm Sure?"',
      'text "Sure?"',
      `json ${JSON.stringify(text.slice(text.indexOf('{\n  #'), text.indexOf('\n\n??')))}`,
      'template "{{$secret key}}"',
      'template "{{base}}"',
      'template "{{n}}"',
      'assertion "?? $.data.total >= {{least}}"',
      'json "{{least}}"',
      'template "{{least}}"',
      'assertion "?? data.list[0] exists"',
      'comment "# behind"',
      'separator "###"',
      'text ""',
      'request "GET https://open.fxiaoke.com/a\\n\\n< ./{{file}}.json"',
      'text "GET"',
      'text "https://open.fxiaoke.com/a"',
      'fileBody "< ./{{file}}.json"',
      'text "./{{file}}.json"',
      'template "{{file}}"',
    ]);
  });

  it('finds requests, titles, bodies and methods in a longer file', () => {
    const file = parse(samples['several']!.replace(/, # not.*/, ','));
    assert.deepEqual(file.problems, []);
    assert.deepEqual(
      file.requests.map(({ method, target, title, body, assertions }) =>
        [method?.text, target?.text, title?.text, body?.kind, assertions.length].join(' '),
      ),
      [
        'POST /cgi/crm/v2/data/query?x={{$timestamp}} 客户 first json 3',
        'POST /cgi/crm/v2/data/create from a file fileBody 1',
        'POST https://open.fxiaoke.com/cgi/crm/v2/object/list   0',
      ],
    );
    assert.deepEqual([...file.variables.keys()], ['limit', 'fields', 'column']);
    assert.deepEqual(
      file.requests.map(request => connectionOf(file, request)?.value.text),
      ['sandbox', 'sandbox', 'sandbox'],
    );
    assert.equal(requestNamed(file, 'top'), file.requests[0]);
  });

  it('reads the same from CRLF, CR and a BOM', () => {
    const shape = (text: string) =>
      parse(text).requests.map(({ method, target, title, headers, body, assertions }) => [
        method?.text,
        target?.text,
        title?.text,
        headers.length,
        body?.kind,
        assertions.length,
      ]);
    const plain = samples['contract']!;
    for (const text of [plain.replace(/\n/g, '\r\n'), plain.replace(/\n/g, '\r'), `\uFEFF${plain}`]) {
      assert.deepEqual(shape(text), shape(plain));
      assert.deepEqual(problemsOf(text), []);
    }
  });

  it('reads a request that starts with the file, behind a BOM too', () => {
    for (const text of ['POST /a\n\n{}', '\uFEFFPOST /a\n\n{}', '### t\nPOST /a', '\uFEFF### t\nPOST /a']) {
      const file = parse(text);
      assert.deepEqual(file.problems, []);
      assert.equal(file.requests[0]?.target?.text, '/a');
    }
  });

  it('tells which request and which node is at an offset', () => {
    const text = samples['contract']!;
    const file = parse(text);
    assert.equal(requestAt(file, 0), undefined);
    assert.equal(requestAt(file, text.indexOf('Title')), file.requests[0]);
    assert.equal(requestAt(file, text.length), file.requests[0]);
    assert.equal(nodeAt(file, text.indexOf('id}}'))?.kind, 'template');
    assert.equal(nodeAt(file, text.indexOf('x-extra') + 2)?.kind, 'text');
    assert.equal(nodeAt(file, text.length + 1), undefined);
  });

  it('keeps a section free of what stands in another', () => {
    const file = parse('POST /a\n\n{ "a": /* \n### b\nPOST /b\n\n{}');
    assert.equal(file.requests.length, 2);
    assert.deepEqual(file.sections[1]?.problems, []);
  });

  it('takes # at the start of a body line, // and block comments as comments, unless in a string', () => {
    for (const body of [
      '{\n  # x\n "a": "# //"\n}',
      '{ "a": 1, // "b\n }',
      '{ /* } */ "a": 1 }',
      '{\n\n"a": "/*",\n\n"b": "*/" }',
    ]) {
      assert.deepEqual(problemsOf(`POST /a\n\n${body}`), []);
    }
  });

  it('sees no body in comments alone', () => {
    assert.equal(parse('POST /a\n\n// { "a": 1 }\n/* x */\n').requests[0]?.body, undefined);
  });

  it('survives deep nesting and very long lines', function () {
    this.timeout(60_000);
    assert.deepEqual(
      parse(`POST /a\n\n${'['.repeat(100_000)}`).problems.map(({ code }) => code),
      ['jsonTooDeep'],
    );
    const long = 'x'.repeat(3_000_000);
    for (const body of [
      `"${long}"`,
      `/*${long}*/ 1`,
      `"${'\\"'.repeat(100_000)}`,
      `“${long}`,
      ' '.repeat(1_000_000),
      `"${'{{x}}'.repeat(200_000)}"`,
    ]) {
      parse(`### ${long}\nPOST /a\nx: ${long}\n\n${body}\n?? ${long}`);
    }
  });
});

describe('requests/parse problems', () => {
  const check = (text: string, ...expected: string[]) => {
    it(`${JSON.stringify(text)} has ${expected.length > 0 ? expected.join(', ') : 'none'}`, () => {
      assert.deepEqual(problemsOf(text), expected);
    });
  };

  check('');
  check('###\n###\n### only a title\n');
  check('post /a');
  check('/cgi/a', 'methodMissing@/cgi/a');
  check('https://h/a', 'methodMissing@https://h/a');
  check('GET /oauth2.0/authorize?x=1 HTTP/1.1', 'methodUnusual@GET');
  check('POST /oauth2.0/token?x=1 HTTP/1.1');
  check('DELETE /a', 'methodUnusual@DELETE');
  check('POTS /a', 'methodUnknown@POTS');
  check('POST', 'pathMissing@POST');
  check('POST cgi/a', 'pathInvalid@cgi/a');
  check('POST /a b', 'pathInvalid@/a b');
  check('POST //evil.example/a', 'pathInvalid@//evil.example/a');
  check('POST /\\evil.example', 'pathInvalid@/\\evil.example');
  check('POST {{base}}/a?x={{$env MY NAME}}');
  check('查询', 'requestLineMissing@查询');
  check('### t\n{ "a": 1 }', 'requestLineMissing@{');
  check('POST /a\nnonsense\nx: 1', 'headerMalformed@nonsense');
  check('POST /a\nx y: 1', 'headerMalformed@x y: 1');
  check('POST /a\n名: 1', 'headerNameInvalid@名');
  check('POST /a\nAuthorization: Bearer x', 'headerReserved@Authorization');
  check('POST /a\nx-fs-ea: 1\nX-FS-UserId: 1', 'headerReserved@x-fs-ea', 'headerReserved@X-FS-UserId');
  check('POST /a\nx: 1\nX: 2', 'headerDuplicate@X');
  check('POST /a\nx：1', 'fullWidthPunctuation@：');
  check('POST /a\n{}', 'blankLineMissing@{');
  check('POST /a\n< ./x.json\n', 'blankLineMissing@<');
  check('POST /a\n  ?b=1\n  &c={{d}}\nx: 1');
  check('POST /a\n?? errorCode == 0');
  check('POST /a\n\n{ "a": 1 }\n\nPOST /b\n\n{ "b": 2 }', 'separatorMissing@POST /b');
  check('POST /a\n\n{ "a": 1 \nPOST {{x}}/b\n\n{ "b": 2 }', 'separatorMissing@POST {{x}}/b');
  check('POST /a\n\n< ./a.json\n\nPOST /b\n\n{}', 'separatorMissing@POST /b');
  check('POST /a\n\nget /b', 'separatorMissing@get /b');
  check('POST /a\nPOST /b', 'separatorMissing@POST /b');
  check('POST /a\n\n{}\n?? errorCode == 0\nPOST /b\n\n{ "b": 2 }', 'separatorMissing@POST /b');
  check('POST /a\n\n<', 'bodyFilePathMissing@<');
  check('POST /a\n\n< ./x.json\nmore', 'unexpectedText@more');
  check('POST /a\n\n{}\n?? x exists\nmore', 'unexpectedText@more');
  check('POST /a\n\n<a>\n  <b/>\n</a>', 'jsonInvalid@<a>');
  check('POST /a\n\n<@ ./x.json', 'bodyFileVariables@<@');
  check('POST /a\n\n<@latin1 ./x.json', 'bodyFileVariables@<@latin1');
  check('< {%\n  set("# @name x")\n%}\nPOST /a', 'scriptUnsupported@< {%');
  check('### t\n< ./x.js\nPOST /a', 'scriptUnsupported@< ./x.js');
  check('### t\n< ./x.json\n', 'requestLineMissing@< ./x.json');
  check('POST /a\n\n{}\n\n> {%\n  ?? 1\n  POST /b\n%}\n?? x exists', 'scriptUnsupported@> {%');
  check('POST /a\n\n{}\n> {% a %}\nmore', 'scriptUnsupported@> {% a %}', 'unexpectedText@more');
  check('POST /a\n\n{}\n> {%\n  never closed', 'scriptUnsupported@> {%');
  check('POST /a\n> x.js\n>> y.json', 'scriptUnsupported@> x.js', 'responseFileUnsupported@>> y.json');
  check('POST /a\n\n< ./x.json\n\n<> y.json', 'responseFileUnsupported@<> y.json');
  check('POST /a\n\n{ "a": 1 "b": 2 }', 'jsonInvalid@"b"');
  check('POST /a\n\n{ "a": 1', 'jsonInvalid@');
  check('POST /a\n\n{ "a"： 1， "b": “c” }', ...['：', '，', '“', '”'].map(found => `fullWidthPunctuation@${found}`));
  check('POST /a\n\n{ “a": "b” }', 'fullWidthPunctuation@“', 'fullWidthPunctuation@”');
  check('POST /a\n\n{ "a": "：，“”" }');
  check('POST /a\n\n{ "a": {{x}}, "{{y}}": "{{z}}" }');
  check('POST /a\n\n{ "a": "{{x" }', 'templateUnclosed@{{');
  check('POST /a\n\n{ "a": "{{x y}}{{}}" }', 'templateMalformed@{{x y}}', 'templateMalformed@{{}}');
  check('POST /a\n\n{ "a": "{{$uid}}" }', 'builtinUnknown@{{$uid}}');
  check('POST /{{x.response.body.$.a[0]}}', 'responsePathForeign@{{x.response.body.$.a[0]}}');
  check('POST /{{x.response.a}}');
  check('POST /a\n\n{ "a": "{{$env}}" }', 'builtinArgumentMissing@{{$env}}');
  check('POST /a\n\n{ "a": "{{$now 1}}" }', 'builtinArgumentUnexpected@{{$now 1}}');
  check('POST /a\n\n{\n# @confirm sure?\n}', 'directiveMisplaced@confirm');
  check('@x', 'variableMalformed@@x');
  check('@a b = 1', 'variableMalformed@@a b = 1');
  check('@1 = 1', 'variableNameInvalid@1');
  check('@x = 1\n@x = 2', 'variableDuplicate@x');
  check('@名 =');
  check('＠x ＝ 1', 'fullWidthPunctuation@＠', 'fullWidthPunctuation@＝');
  check('＃＃＃ t\nPOST /a', ...['＃', '＃', '＃'].map(found => `fullWidthPunctuation@${found}`));
  check('# @nam x\nPOST /a', 'directiveUnknown@nam');
  check('# @name\nPOST /a', 'directiveValueMissing@# @name');
  check('# @name: x\n# @connection = y\nPOST /a');
  check('# @name a b\nPOST /a', 'nameInvalid@a b');
  check('# @name a\n# @name b\nPOST /a', 'directiveDuplicate@# @name b');
  check('# @name a\n### b\nPOST /a', 'directiveMisplaced@# @name a');
  check('# @connection a\n### b\nPOST /a');
  check('### a\n# @connection a\n### b\nPOST /a', 'directiveMisplaced@# @connection a');
  check('# @name a\nPOST /a\n###\n# @name a\nPOST /b', 'nameDuplicate@a');
  check('POST /a\n\n?? data.x == "a" // why');
  check('POST /a\n\n?? data.total>10\n?? a.b[0][1].c<={{limit}}');
  check('POST /a\n?? x exists');
  check('POST /a\n\n？？ x ＝＝ 1', ...['？', '？', '＝', '＝'].map(found => `fullWidthPunctuation@${found}`));
  check('POST /a\n\n??', 'assertionPathInvalid@??');
  check('POST /a\n\n?? a..b == 1', 'assertionPathInvalid@a..b');
  check('POST /a\n\n?? a', 'assertionOperatorMissing@a');
  check('POST /a\n\n?? a 1', 'assertionOperatorMissing@a');
  check('POST /a\n\n?? a = 1', 'assertionOperatorUnknown@=');
  check('POST /a\n\n?? a like "x"', 'assertionOperatorUnknown@like');
  check('POST /a\n\n?? a ==', 'assertionValueMissing@?? a ==');
  check('POST /a\n\n?? a == word', 'assertionValueInvalid@word');
  check('POST /a\n\n?? a exists 1', 'assertionValueUnexpected@1');
});

import assert from 'node:assert/strict';
import { parseJson, type JsonValue } from '../../../src/base/json';
import { parse } from '../../../src/requests/parse';
import {
  connectionFor,
  prepare,
  variableProblems,
  type PreparedRequest,
  type RequestSource,
} from '../../../src/requests/prepare';
import { problemsIn, samples } from './describeTree';

interface Given {
  text: string;
  environment?: Record<string, JsonValue>;
  responses?: Record<string, JsonValue>;
  processVariables?: Record<string, string>;
  answers?: Record<string, string>;
  secrets?: Record<string, string>;
  files?: Record<string, string>;
  request?: number;
}

function sourceOf(given: Given, asked: string[] = []): RequestSource {
  let serial = 0;
  return {
    environment: (name, connection) => given.environment?.[`${connection ?? ''}/${name}`] ?? given.environment?.[name],
    response: (name, connection) => {
      const answers = given.responses ?? {};
      const body = answers[`${connection ?? 'Active'}/${name}`] ?? answers[name];
      if (body !== undefined) return { body };
      const other = Object.keys(answers).find(key => key.endsWith(`/${name}`));
      const tenant = other?.split('/')[0] ?? '';
      return other === undefined
        ? undefined
        : { body: answers[other]!, otherTenant: { id: `id of ${tenant}`, name: tenant } };
    },
    processVariable: name => given.processVariables?.[name],
    now: () => new Date(1763782991000),
    uuid: () => `uuid-${++serial}`,
    prompt: question => {
      asked.push(question);
      return Promise.resolve(given.answers?.[question]);
    },
    secret: name => {
      asked.push(`secret ${name}`);
      return Promise.resolve(given.secrets?.[name]);
    },
    readFile: path => Promise.resolve(given.files?.[path]),
  };
}

async function prepared(given: Given, asked?: string[]): Promise<PreparedRequest | string[]> {
  const file = parse(given.text);
  const outcome = await prepare(file.requests[given.request ?? 0]!, file, sourceOf(given, asked));
  return outcome.ready ? outcome.request : problemsIn(given.text, outcome.problems);
}

describe('requests/prepare', () => {
  const check = (title: string, given: Given, expected: Partial<PreparedRequest> | string[]) => {
    it(title, async () => {
      const actual = await prepared(given);
      if (Array.isArray(expected) || Array.isArray(actual)) assert.deepEqual(actual, expected);
      else
        for (const [key, value] of Object.entries(expected))
          assert.deepEqual({ [key]: actual[key as keyof PreparedRequest] }, { [key]: value });
    });
  };
  const body = (text: string) => `POST /a\n\n${text}`;

  check(
    'joins a query that goes on in the next lines',
    { text: '@b = 2\n###\nPOST /a\n  ?x=1\r\n  &y={{b}}\nh: 1\n' },
    { target: '/a?x=1&y=2', headers: { h: '1' } },
  );
  check(
    'takes the root of JSONPath by its name',
    { text: 'POST /a\n\n{}\n?? $.data[0].b == 1' },
    {
      assertions: [
        { start: 12, end: 31, text: '$.data[0].b == 1', path: ['data', 0, 'b'], operator: '==', expected: 1 },
      ],
    },
  );

  it('tells the tenant of a request from the real environment', () => {
    const text = '# @connection {{$env T}}\n### a\nPOST /a\n### b\n# @connection {{$prompt Which?}}\nPOST /b';
    const file = parse(text);
    const source = sourceOf({ text, processVariables: { T: 'Acme' } });
    assert.deepEqual(
      file.requests.map(request => connectionFor(request, file, source)),
      ['Acme', undefined],
    );
  });

  check(
    'carries all that the sender needs',
    { text: samples['contract']! },
    {
      method: 'POST',
      target: '/cgi/crm/v2/data/get',
      isAbsolute: false,
      headers: { 'x-extra': 'header' },
      body: '{"data":{"dataObjectApiName":"WebImVisitorObj","objectDataId":"64f0c0ffee00000000000001"}}',
      name: 'visitor',
      title: 'Title of the next request',
      connection: 'staging',
      confirm: 'Really delete it?',
    },
  );

  check(
    'makes the body strict and keeps digits, escapes, order and duplicates',
    {
      text: body(
        '{\r\n  # a\r\n  "b": 12345678901234567890, // b\r\n "a": [1.10, -0, 1e400, "\\u4e2d\\/,]", ], /* , */ "a": null,\r\n\r\n}',
      ),
    },
    { body: '{"b":12345678901234567890,"a":[1.10,-0,1e400,"\\u4e2d\\/,]"],"a":null}' },
  );
  check('takes a request without a method for a POST', { text: '/a' }, { method: 'POST' });
  check(
    'keeps an absolute URL for the sender to judge',
    { text: 'POST https://h.example/a?b=c' },
    {
      target: 'https://h.example/a?b=c',
      isAbsolute: true,
    },
  );

  check(
    'prefers a file variable to the environment, and that to an answer',
    {
      text: `@a = file\n### x\nPOST /{{a}}/{{b}}/{{c.x}}\n### c\n`,
      environment: { a: 'env', b: 'env' },
      responses: { b: 'answer', c: { x: 'answer' } },
    },
    { target: '/file/env/answer' },
  );
  check(
    'resolves variables in the values of variables',
    { text: '@a = {{b}}-1\n@b = x{{c}}\n### x\nPOST /{{a}}', environment: { c: 9 } },
    { target: '/x9-1' },
  );
  check(
    'evaluates a file variable once and a built-in each time, after a trial',
    { text: '@a = {{$uuid}}\n### x\nPOST /{{a}}/{{a}}/{{$uuid}}' },
    { target: '/uuid-3/uuid-3/uuid-4' },
  );
  check(
    'knows the built-ins',
    {
      text: body('["{{$timestamp}}", {{$timestamp}}, "{{$now}}", "{{$env A B}}", "{{ $prompt Which one? }}"]'),
      processVariables: { 'A B': 'v' },
      answers: { 'Which one?': 'this "one"' },
    },
    { body: '["1763782991000",1763782991000,"2025-11-22T03:43:11.000Z","v","this \\"one\\""]' },
  );
  check(
    'escapes a value in a string',
    { text: body('{"a": "<{{q}}>"}'), environment: { q: '"\\\n中' } },
    { body: '{"a":"<\\"\\\\\\n中>"}' },
  );
  check(
    'prints a value of an answer as JSON text in a string',
    {
      text: body('{"a": "{{r.list}}", "{{r.id}}": "{{r.n}}"}'),
      responses: { r: parseJson('{"list":["x",1.10],"id":"k","n":12345678901234567890}') },
    },
    { body: '{"a":"[\\"x\\",1.10]","k":"12345678901234567890"}' },
  );
  check(
    'puts a JSON value where a value belongs',
    {
      text: '@list = ["a", {{n}},]\n@n = 1.10\n### x\nPOST /a\n\n{"l": {{list}}, "r": {{r.a[1]}}, "s": {{r.s}}, "e": {{e}}}',
      responses: { r: parseJson('{"a":[0,12345678901234567890],"s":"text"}') },
      environment: { e: { f: [true] } },
    },
    {
      body: '{"l":["a", 1.10,],"r":12345678901234567890,"s":"text","e":{"f":[true]}}'.replace(
        '["a", 1.10,]',
        '["a",1.10]',
      ),
    },
  );
  check(
    'reaches into the value of an environment entry',
    { text: 'POST /{{a.b}}/{{c.d[0]}}', environment: { 'a.b': 'x', c: { d: ['y'] } } },
    { target: '/x/y' },
  );
  check(
    'leaves what an answer holds as it is',
    { text: body('"{{r.x}}"'), responses: { r: { x: '{{y}}' } } },
    { body: '"{{y}}"' },
  );
  check('ignores templates in comments', { text: body('{ // {{x}}\n# {{y}}\n}') }, { body: '{}' });

  check(
    'picks the connection before the environment',
    {
      text: '@tenant = staging\n# @connection {{tenant}}\n### x\nPOST /{{id}}',
      environment: { id: 'none', 'staging/id': 'of-staging' },
    },
    { connection: 'staging', target: '/of-staging' },
  );
  check(
    'lets a request choose its own connection and ask its own question',
    {
      text: '# @connection a\n### x\n# @connection b\n# @confirm Delete {{id}}?\nPOST /a',
      environment: { id: '7' },
    },
    { connection: 'b', confirm: 'Delete 7?' },
  );

  check(
    'takes the body from a file',
    { text: '@f = x\n### x\nPOST /a\n\n< ./{{f}}.json', files: { './x.json': '\uFEFF{ "a": "{{b}}", }' } },
    { body: '{"a":"{{b}}"}' },
  );
  check('names a file it cannot read', { text: body('< ./x.json') }, ['bodyFileUnreadable@./x.json']);
  check('names a file that is not JSON', { text: body('< ./x.json'), files: { './x.json': '{' } }, [
    'bodyFileInvalid@./x.json',
  ]);

  check(
    'fills in what assertions compare with',
    { text: 'POST /a\n\n?? a.b == "{{x}}"\n?? c exists', environment: { x: '1"' } },
    {
      assertions: [
        { start: 9, end: 26, text: 'a.b == "{{x}}"', path: ['a', 'b'], operator: '==', expected: '1"' },
        { start: 27, end: 38, text: 'c exists', path: ['c'], operator: 'exists' },
      ],
    },
  );

  check('refuses an unknown variable', { text: 'POST /{{a}}/{{b.c}}' }, [
    'variableUnknown@{{a}}',
    'variableUnknown@{{b.c}}',
  ]);
  check('refuses a cycle, at the reference that closes it', { text: '@a = {{b}}\n@b = {{a}}\n### x\nPOST /{{a}}' }, [
    'variableCycle@{{a}}',
  ]);
  check('refuses an answer that has not come', { text: 'POST /{{r.id}}\n### r\n# @name r\nPOST /a' }, [
    'responseMissing@{{r.id}}',
  ]);
  describe('takes the answer of the tenant that it is sent to', () => {
    const named = (more: string) => `POST /{{r.id}}\n### r\n# @name r\n${more}POST /a`;
    const both = { 'A/r': { id: 'a' }, 'B/r': { id: 'b' } };
    const onlyA = { 'A/r': { id: 'a' } };
    const refused = ['responseOfOtherTenant@{{r.id}}'];

    check('not the last one', { text: `# @connection B\n${named('')}`, responses: both }, { target: '/b' });
    check('and none of another', { text: `# @connection B\n${named('')}`, responses: onlyA }, refused);
    check('nor of another than the active one', { text: named(''), responses: onlyA }, refused);
    check(
      'but one that the named request picks itself',
      { text: named('# @connection A\n'), responses: onlyA },
      { target: '/a' },
    );
    check('by its id', { text: named('# @connection id of A\n'), responses: onlyA }, { target: '/a' });
    check('by a variable', { text: `@t = A\n${named('# @connection {{t}}\n')}`, responses: onlyA }, { target: '/a' });
    check('not by an answer', { text: named('# @connection {{r.id}}\n'), responses: { 'A/r': { id: 'A' } } }, refused);
    check(
      'not by the head of the file, which picks for all',
      { text: `# @connection A\n### x\n# @connection B\n${named('')}`, responses: onlyA },
      refused,
    );
  });
  check('refuses a path that an answer lacks', { text: 'POST /{{r.id}}', responses: { r: {} } }, [
    'responsePathMissing@{{r.id}}',
  ]);
  check('does not reach into what an object inherits', { text: 'POST /{{r.constructor}}', responses: { r: {} } }, [
    'responsePathMissing@{{r.constructor}}',
  ]);
  check('refuses a missing variable of the process', { text: 'POST /{{$env X}}' }, [
    'environmentVariableMissing@{{$env X}}',
  ]);
  check(
    'refuses a value that brings keys of its own',
    { text: body('{"a": {{x}}}'), environment: { x: '1, "owner": 2' } },
    ['variableNotJson@{{x}}'],
  );
  check('refuses a word where JSON belongs', { text: body('{"a": {{x}}}'), environment: { x: 'word' } }, [
    'variableNotJson@{{x}}',
  ]);
  check('refuses a key that is no string', { text: body('{{{x}}: 1}'), environment: { x: 1 } }, [
    `jsonInvalid@{{{x}}: 1}`,
  ]);
  check('refuses a path that a value makes a host', { text: 'POST /{{x}}', environment: { x: '/evil.example' } }, [
    'pathInvalid@/{{x}}',
  ]);
  check('refuses a line break in a header', { text: 'POST /a\nx: {{x}}', environment: { x: 'a\r\nx-fs-ea: 1' } }, [
    'headerValueInvalid@{{x}}',
  ]);
  check('refuses a text with errors, whatever the variables', { text: body('{ "a": {{x}} "b": 1 }') }, [
    'jsonInvalid@"b"',
  ]);
  check('refuses only the request that has the error', { text: '### a\nPOST /a\n### b\nPOTS /b' }, { target: '/a' });
  check('refuses every request where the file names no connection', { text: '# @connection\n### b\nPOST /b' }, [
    'directiveValueMissing@# @connection',
  ]);

  it('has no body where there is none', async () => {
    for (const text of ['POST /a', 'POST /a\n\n// {}\n', 'POST /a\n\n?? errorCode == 0']) {
      const outcome = await prepared({ text });
      assert.ok(!Array.isArray(outcome) && !('body' in outcome));
    }
  });

  it('asks once for each question, and not at all when something else is wrong', async () => {
    const asked: string[] = [];
    const text = body('["{{$prompt A?}}", "{{$prompt B?}}", "{{$prompt A?}}"]');
    assert.deepEqual(await prepared({ text, answers: { 'A?': '1' } }, asked), ['promptCancelled@{{$prompt B?}}']);
    assert.deepEqual(asked, ['A?', 'B?']);
    asked.length = 0;
    assert.deepEqual(await prepared({ text: body('["{{$prompt A?}}", "{{x}}"]') }, asked), ['variableUnknown@{{x}}']);
    assert.deepEqual(asked, []);
  });

  it('does not ask for the tenant of the file where another is chosen', async () => {
    const text = '# @connection {{$prompt Which?}}\n###\nPOST /{{x}}\n# @connection {{nobody}}\ny: 1';
    const file = parse(text);
    const asked: string[] = [];
    const source = sourceOf({ text, environment: { 'Beta/x': 'b' } }, asked);
    const outcome = await prepare(file.requests[0]!, file, source, 'Beta');
    assert.ok(outcome.ready);
    assert.deepEqual([outcome.request.target, outcome.request.connection, asked], ['/b', 'Beta', []]);
  });

  it('asks for each secret once, after all that may fail', async () => {
    const asked: string[] = [];
    const text = body('["{{$secret a}}", "{{$secret a}}", "{{$prompt Q}}"]');
    const given = { text, answers: { Q: '1' }, secrets: { a: 's"1' } };
    assert.equal(((await prepared(given, asked)) as PreparedRequest).body, '["s\\"1","s\\"1","1"]');
    assert.deepEqual(asked, ['Q', 'secret a']);
    assert.deepEqual(await prepared({ text, answers: { Q: '1' } }), ['secretMissing@{{$secret a}}']);
  });

  describe('what may be seen of a request', () => {
    const shown = async (given: Given) => {
      const file = parse(given.text);
      const outcome = await prepare(file.requests[0]!, file, sourceOf(given));
      assert.ok(outcome.ready);
      return outcome;
    };
    const secrets = { a: 'SECRET' };

    it('has templates in place of secrets and variables of the process, wherever they stand', async () => {
      const text = `@v = {{$secret a}}!\nPOST /a?k={{$secret a}}\nx: {{v}}\n\n["{{v}}", {{$secret n}}, "{{$env E}}", 1]`;
      const given = { text, secrets: { ...secrets, n: '12' }, processVariables: { E: 'SECRET' } };
      const { request, shown: seen } = await shown(given);
      assert.equal(request.body, '["SECRET!",12,"SECRET",1]');
      assert.equal(request.target, '/a?k=SECRET');
      assert.equal(seen.body, '["{{$secret a}}!","{{$secret n}}","{{$env E}}",1]');
      assert.deepEqual([seen.target, seen.headers], ['/a?k={{$secret a}}', { x: '{{$secret a}}!' }]);
      assert.doesNotMatch(JSON.stringify(seen), /SECRET/);
    });

    it('is what was sent in all else, ids and times that were drawn included', async () => {
      const text = `@u = {{$uuid}}\n${body('["{{$uuid}}", "{{u}}", "{{u}}", {{$timestamp}}, "{{$now}}", "{{x}}"]')}`;
      const { request, shown: seen } = await shown({ text, environment: { x: '"1"' } });
      assert.deepEqual(seen, request);
    });

    it('makes no template of what an answer, the environment or a file says', async () => {
      const responses = { r: { t: '{{$env HOME}}' } };
      const files = { 'f.json': '{"a":"{{$secret a}}"}' };
      for (const text of [body('["{{r.t}}"]'), `@v = {{r.t}}\n${body('["{{v}}"]')}`, body('{{r}}'), body('< f.json')]) {
        const { request, shown: seen } = await shown({ text, responses, files });
        assert.match(request.body!, /\{\{\$/, text);
        assert.doesNotMatch(seen.body!, /\{\{/, text);
      }
      const { request, shown: seen } = await shown({ text: body('< f.json'), files });
      assert.deepEqual(JSON.parse(seen.body!), JSON.parse(request.body!));
    });
  });

  it('tells which variables have no value now, without asking', () => {
    const text = '### x\n# @connection {{y}}\nPOST /{{x}}/{{$prompt Q}}\nAuthorization: x';
    const file = parse(text);
    const problems = variableProblems(file.requests[0]!, file, sourceOf({ text }));
    assert.deepEqual(problemsIn(text, problems), ['variableUnknown@{{y}}', 'variableUnknown@{{x}}']);
  });

  it('sends valid JSON or nothing, whatever the body and the values', async () => {
    const values: JsonValue[] = ['"', '\\', ',', '{', '1', 'null', '\u2028', '\uD800', 1, [1], { a: '"' }];
    for (const value of values) {
      for (const text of ['{"a": "{{x}}"}', '{"a": {{x}}}', '[{{x}},]', '{"{{x}}": 1, "b": [{{x}}, "{{x}}{{x}}"]}']) {
        const outcome = await prepared({ text: body(text), environment: { x: value } });
        if (!Array.isArray(outcome)) assert.doesNotThrow(() => JSON.parse(outcome.body!) as unknown, outcome.body);
      }
    }
  });
});

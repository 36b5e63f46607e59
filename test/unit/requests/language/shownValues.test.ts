import assert from 'node:assert/strict';
import type { JsonValue } from '../../../../src/base/json';
import { completionsAt } from '../../../../src/requests/language/completion';
import { hoverAt } from '../../../../src/requests/language/hover';
import { nothingKnown, type Knowledge } from '../../../../src/requests/language/knowledge';
import { maskedValue } from '../../../../src/requests/language/shownValues';
import { parse } from '../../../../src/requests/parse';
import { atCursor } from './knowledge';

const known: Knowledge = {
  ...nothingKnown,
  environment: new Map<string, JsonValue>([
    ['region', '上海'],
    ['store', { city: '北京', floors: [1, 2] }],
  ]),
  response: name =>
    name === 'top' ? { body: { data: { total: 3, list: [{ _id: 'a' }], sessionKey: 'k' } } } : undefined,
};

/** What a hover says of the template at `¦`: the value, the code of its problem, or the name of what is built in. */
function said(template: string, variables = ''): string | undefined {
  const { text, offset } = atCursor(`${variables}\n### a\n# @name later\nPOST /a\n\n{ "x": "¦${template}" }`);
  const hover = hoverAt(parse(text), offset + 3, known);
  if (hover?.about === 'variable') return hover.value;
  if (hover?.about === 'problem') return hover.problem.code;
  return hover?.about === 'builtin' ? `${hover.name} ${hover.argument}` : undefined;
}

describe('requests/language/shownValues', () => {
  const check = (name: string, template: string, expected: string, variables?: string) =>
    it(`tells ${name}`, () => assert.equal(said(template, variables), expected));

  check('a variable of the file', '{{id}}', '1', '@id = 1');
  check('what it holds, not what it is written as', '{{full}}', '上海/1', '@id = 1\n@full = {{region}}/{{id}}');
  check('the file before the environment', '{{region}}', 'mine', '@region = mine');
  check('a value of the environment', '{{region}}', '上海');
  check('a place in one', '{{store.floors[1]}}', '2');
  check('a whole one as JSON', '{{store}}', '{\n  "city": "北京",\n  "floors": [\n    1,\n    2\n  ]\n}');
  check('a place in an answer', '{{top.data.list[0]._id}}', '"a"');
  check('what is asked for as it is written', '{{x}}', '{{$prompt Who?}} {{$uuid}}', '@x = {{$prompt Who?}} {{$uuid}}');

  check('that nobody knows a name', '{{nobody}}', 'variableUnknown');
  check('that a variable leads to nothing', '{{x}}', 'variableUnknown', '@x = {{nobody}}');
  check('that variables refer to each other', '{{x}}', 'variableCycle', '@x = {{y}}\n@y = {{x}}');
  check('that an answer is still to come', '{{later.data}}', 'responseMissing');
  check('that an answer has nothing there', '{{top.data.nothing}}', 'responsePathMissing');

  check('what is built in', '{{$timestamp}}', 'timestamp ');
  check('the name of a secret, not its value', '{{$secret door}}', 'secret door');
  check('the name of a variable of the process, not its value', '{{$env HOME}}', 'env HOME');

  describe('masks', () => {
    const token = 'T0ken-0123456789';
    check('a variable called like a secret', '{{api_token}}', '‹redacted›', `@api_token = ${token}`);
    check(
      'it where another one takes it',
      '{{auth}}',
      'Bearer ‹redacted›',
      `@api_token = ${token}\n@auth = Bearer {{api_token}}`,
    );
    check('it where it is written once more', '{{note}}', 'is ‹redacted›', `@password = ${token}\n@note = is ${token}`);
    check('a secret of an answer', '{{top.data.sessionKey}}', '"‹redacted›"');
    check(
      'secrets within an answer',
      '{{top.data}}',
      '{\n  "total": 3,\n  "list": [\n    {\n      "_id": "a"\n    }\n  ],\n  "sessionKey": "‹redacted›"\n}',
    );
    check('what is kept in the secret storage', '{{x}}', 'Bearer {{$secret door}}', '@x = Bearer {{$secret door}}');
    check('variables of the process', '{{x}}', '{{$env HOME}}', '@x = {{$env HOME}}');

    it('values by their names, however deep, and known secrets by themselves', () =>
      assert.deepEqual(
        maskedValue(
          'staging',
          { login: { appSecret: token, user: 'li', tries: 2, on: true }, list: ['sesame'] },
          text => text.replace('sesame', '…'),
        ),
        { login: { appSecret: '‹redacted›', user: 'li', tries: 2, on: true }, list: ['…'] },
      ));

    it('them in completion too', () => {
      const { text, offset } = atCursor(`@api_token = ${token}\n@id = 7\nPOST /a\n\n{ "x": "{{¦" }`);
      const shown = completionsAt(parse(text), offset, known).map(
        ({ label, description }) => `${label} ${description}`,
      );
      assert.deepEqual(shown.slice(0, 3), ['api_token ‹redacted›', 'id 7', 'region 上海']);
    });
  });
});

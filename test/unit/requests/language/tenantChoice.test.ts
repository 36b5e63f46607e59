import assert from 'node:assert/strict';
import { ApiError, RefusedError, TransportError } from '../../../../src/api/errors';
import { Diagnoser, fixesOf, punctuationFixes } from '../../../../src/requests/language/diagnose';
import { nothingKnown } from '../../../../src/requests/language/knowledge';
import { otherTenantMayHelp, tenantChoice } from '../../../../src/requests/language/tenantChoice';
import { parse, Parser } from '../../../../src/requests/parse';

describe('requests/language/tenantChoice', () => {
  describe('writes the tenant', () => {
    const check = (name: string, text: string, expected: string, isWrong = false) =>
      it(name, () => {
        const file = parse(text);
        const fix = tenantChoice(file, file.requests.at(-1)!, 'Acme', isWrong);
        const chosen = text.slice(0, fix.start) + fix.text + text.slice(fix.end);
        assert.equal(chosen, expected);
        assert.deepEqual(parse(chosen).problems, file.problems);
      });
    check('above a request that names none', '### a\nPOST /a', '### a\n# @connection Acme\nPOST /a');
    check('between lines of that file', '### a\r\nPOST /a\r\n', '### a\r\n# @connection Acme\r\nPOST /a\r\n');
    check('in place of its own', '### a\n# @connection  Old one \nPOST /a', '### a\n# @connection  Acme \nPOST /a');
    const head = '# @connection Old\n### a\nPOST /a';
    check('above a request of a file that names one for all', head, head.replace('POST', '# @connection Acme\nPOST'));
    check('in place of the file’s, where nobody has that', head, head.replace('Old', 'Acme'), true);
    check(
      'of that request only',
      '### a\nPOST /a\n### b\nPOST /b',
      '### a\nPOST /a\n### b\n# @connection Acme\nPOST /b',
    );
  });

  describe('may help', () => {
    const context = { method: 'POST', url: 'https://open.fxiaoke.com/cgi/crm/v2/data/get', thirdTraceId: '1' };
    const answered = (code: number) => new ApiError(code, 'no', undefined, context);
    for (const [error, expected] of [
      [new RefusedError('noneActive', ''), true],
      [new RefusedError('connectionUnknown', 'Old'), true],
      [new RefusedError('readOnly', 'Old'), true],
      [new RefusedError('foreignHost', 'example.com'), false],
      [answered(20015), true],
      [answered(20014), true],
      [answered(14001), false],
      [answered(12004), false],
      [answered(424242), false],
      [new TransportError('unreachable', context, 'ECONNREFUSED'), false],
    ] as const) {
      const what = error instanceof ApiError ? error.errorCode : error.code;
      it(`${expected ? 'after' : 'not after'} ${what}`, () => assert.equal(otherTenantMayHelp(error), expected));
    }
  });
});

describe('requests/language/diagnose', () => {
  const names = ['Acme', 'Beta', 'Acme staging'];
  const knowledge = {
    ...nothingKnown,
    connections: names,
    isConnection: (idOrName: string) => [...names, 'c1'].includes(idOrName),
  };
  const found = (text: string) =>
    new Diagnoser()
      .diagnose(parse(text), () => knowledge)
      .findings.map(finding => [
        `${finding.code}@${text.slice(finding.start, finding.end)}`,
        ...fixesOf(finding, text).map(fix => fix.text),
      ]);

  it('marks a tenant that is not there, of a file and of a request, the likely one offered first', () =>
    assert.deepEqual(found('# @connection beta\n### a\n# @connection Acm\nPOST {{x}}/a'), [
      ['connectionUnknown@beta', 'Beta', 'Acme', 'Acme staging'],
      ['connectionUnknown@Acm', 'Acme', 'Beta', 'Acme staging'],
    ]));

  it('knows the tenant that a plain variable names, and looks again when the variable changes', () => {
    const diagnoser = new Diagnoser();
    const parser = new Parser();
    const codes = (tenant: string) =>
      diagnoser
        .diagnose(parser.parse(`@tenant = ${tenant}\n### a\n# @connection {{tenant}}\nPOST {{x}}/a`), () => knowledge)
        .findings.map(({ code }) => code);
    assert.deepEqual(['Acme', 'Nobody', 'Beta'].map(codes), [[], ['connectionUnknown'], []]);
  });

  for (const [text, expected] of [
    ['get /a', 'POST /a'],
    ['{{x}}/a', 'POST {{x}}/a'],
    ['POST /a\n  {}', 'POST /a\n\n  {}'],
    ['POST /a\r\n{}', 'POST /a\r\n\r\n{}'],
    ['POST /a\nAuthorization: Bearer x\nx: 1\n', 'POST /a\nx: 1\n'],
    ['POST /a\r\nx: 1\r\nX: 2', 'POST /a\r\nx: 1'],
    ['# @nmae x\nPOST /a', '# @name x\nPOST /a'],
    ['POTS /a', 'POST /a'],
    ['POST /a\n?? a = 1', 'POST /a\n?? a == 1'],
    ['POST /a\n?? a <> 1', 'POST /a\n?? a != 1'],
    ['POST /a\n\n<@ b.json', 'POST /a\n\n< b.json'],
    ['POST /{{$guid}}', 'POST /{{$uuid}}'],
    ['POST /{{ $random.uuid }}', 'POST /{{$uuid}}'],
    ['POST /{{$isoTimestamp}}', 'POST /{{$now}}'],
    ['POST /{{$datetime iso8601}}', 'POST /{{$now}}'],
    ['POST /{{$processEnv HOME}}', 'POST /{{$env HOME}}'],
    ['POST /{{$env.HOME}}', 'POST /{{$env HOME}}'],
    ['POST /{{x.response.body.$.a[0]}}', 'POST /{{x.a[0]}}'],
    ['POST /{{x.response.body.*}}', 'POST /{{x}}'],
    ['POST /a\n\n{ "a": 1 }\n\nPOST /b', 'POST /a\n\n{ "a": 1 }\n\n###\nPOST /b'],
  ] as const) {
    it(`puts right ${JSON.stringify(text)}`, () => {
      const [first] = parse(text).problems;
      const [fix, ...others] = fixesOf(first!, text);
      assert.deepEqual(others, []);
      assert.equal(text.slice(0, fix!.start) + fix!.text + text.slice(fix!.end), expected);
    });
  }

  it('puts the full-width punctuation of one request right at once', () => {
    const text = '### a\nPOST /a\n\n{ “x”： 1 }\n### b\nPOST /b\n\n{ "y"： 1 }';
    const file = parse(text);
    const [first] = file.sections;
    const mended = punctuationFixes(first?.problems ?? [])
      .reverse()
      .reduce((left, { start, end, text: right }) => left.slice(0, start) + right + left.slice(end), text);
    assert.equal(mended, text.replace('“x”：', '"x":'));
  });

  it('is silent about a name, an id and a variable', () => {
    for (const text of ['Acme staging', 'c1', '{{tenant}}']) {
      assert.deepEqual(found(`### a\n# @connection ${text}\nPOST {{x}}/a`), [], text);
    }
  });
});

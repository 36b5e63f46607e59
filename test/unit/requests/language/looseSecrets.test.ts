import assert from 'node:assert/strict';
import { Redactor } from '../../../../src/api/redactor';
import { endpoints } from '../../../../src/api/endpoints';
import { exampleOf } from '../../../../src/api/endpointExamples';
import { printJson } from '../../../../src/base/json';
import { looseSecrets } from '../../../../src/requests/language/looseSecrets';
import { parse } from '../../../../src/requests/parse';

const kept = 'kept-by-a-connection-1';
const redactor = new Redactor();
redactor.learn(kept);

/** `name=what is marked` of each. */
const found = (text: string) =>
  looseSecrets(parse(text), each => redactor.placesIn(each)).map(
    ({ name, start, end }) => `${name}=${text.slice(start, end)}`,
  );
const body = (text: string) => `### one\nPOST /cgi/x\n\n{ ${text} }\n`;
const random = 'a81bc81b0ccd4fba8c6f5e2d';

describe('requests/language/looseSecrets', () => {
  for (const [text, expected] of [
    [body(`"appSecret": "${random}0"`), `appSecret=${random}0`],
    [body('"a": [{ "permanentCode": "5A1B-22CD" }]'), 'permanentCode=5A1B-22CD'],
    [body('// first\n"corpAccessToken": "T0ken-abc",'), 'corpAccessToken=T0ken-abc'],
    [body(`"webhook_token": "ab12cd34ef56ab12"`), 'webhook_token=ab12cd34ef56ab12'],
    ['### a\n\n###\nPOST /a\nAuthorization: Bearer T0ken-abc\n', 'Authorization=T0ken-abc'],
    ['POST /a\nx-api-key: 0123456789abcdef\n', 'x-api-key=0123456789abcdef'],
    [`@my token = x\n@app.secret = ${random}ff`, undefined],
    [`@app_secret = ${random}ff`, `app_secret=${random}ff`],
    ['POST /cgi/x?a=1&accessToken=T0ken-abc&b=2', 'accessToken=T0ken-abc'],
    [`### of ${kept}\nPOST /a\n`, `secret=${kept}`],
    [`# ${kept}`, `secret=${kept}`],
    [body(`"note": "see ${kept}"`), `secret=${kept}`],
    [body(`"appSecret": "${kept}"`), `appSecret=${kept}`],
  ] as const) {
    it(`finds ${expected ?? 'nothing'} in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(found(text), expected === undefined ? [] : [expected]);
    });
  }

  it('takes no id, placeholder, template or word for a secret', () => {
    for (const text of [
      body('"objectDataId": "64f0c0ffee00000000000001", "currentOpenUserId": "FSUID_59A1F8C3D2E4B5A6978812345678ABCD"'),
      body('"idList": ["64f0c0ffee00000000000001"], "token": "64f0c0ffee00000000000001"'),
      body('"appSecret": "{{$secret app}}", "permanentCode": {{$secret code}}'),
      body('"appSecret": "<your secret>", "permanentCode": "xxxxxxxxxx", "accessToken": "…", "ticket": "your-ticket"'),
      body('"has_token": "yes", "token": "a token of our love", "secret": "surprise party"'),
      body('"appSecret": "short", "password": 12345678, "refreshToken": null'),
      'POST /a?token={{$secret token}}\nx-token: {{$secret token}}\n',
      '@token = {{$secret token}}',
    ]) {
      assert.deepEqual(found(text), [], text);
    }
  });

  it('says nothing of the published examples that hold no credentials', () => {
    for (const { id, path, group } of Object.values(endpoints)) {
      if (group === 'authorization') continue;
      const { request } = exampleOf(id);
      if (request !== undefined) assert.deepEqual(found(`POST ${path}\n\n${printJson(request, 2)}`), [], id);
    }
  });

  it('gives the value as it is meant', () => {
    const text = body('"appSecret": "quo\\"ted\\\\one"');
    const [secret] = looseSecrets(parse(text), () => []);
    assert.equal(secret?.value, 'quo"ted\\one');
  });
});

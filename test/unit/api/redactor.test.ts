import assert from 'node:assert/strict';
import { redacted, Redactor } from '../../../src/api/redactor';

describe('api/redactor', () => {
  describe('takes out secret fields', () => {
    const check = (text: string, expected: string) =>
      it(text, () => assert.equal(new Redactor().redact(text), expected));
    const fields = ['appSecret', 'permanentCode', 'accessToken', 'corpAccessToken', 'appAccessToken', 'refreshToken'];
    for (const field of [...fields, 'authorization', 'sessionKey', 'ticket'])
      check(`{"${field}":"s3cret","name":"x"}`, `{"${field}":"${redacted}","name":"x"}`);
    check('{ "APPSECRET" : "a\\"b\\\\" }', `{ "APPSECRET" : "${redacted}" }`);
    check('authorization: Bearer abc.DEF-1_2~3+/=', `authorization: Bearer ${redacted}`);
    check("-H 'Authorization: bearer abc'", `-H 'Authorization: bearer ${redacted}'`);
    check('https://h/x?accessToken=abc%2F1&b=2', `https://h/x?accessToken=${redacted}&b=2`);
    check('corpAccessToken=abc', `corpAccessToken=${redacted}`);
  });

  describe('takes out what it has learnt', () => {
    const redactor = new Redactor();
    redactor.learn('FIRST-SECRET', 'FIRST-SECRET-AND-MORE', 'a+b(c)[d]$&', undefined, 'short');
    const check = (text: string, expected: string) => it(text, () => assert.equal(redactor.redact(text), expected));
    check('x FIRST-SECRET y FIRST-SECRET', `x ${redacted} y ${redacted}`);
    check('the longer: FIRST-SECRET-AND-MORE', `the longer: ${redacted}`);
    check('a+b(c)[d]$&', redacted);
    check('https://h/FIRST-SECRET', `https://h/${redacted}`);
    check('{"note":"a+b(c)[d]$&"} ?x=a%2Bb%28c%29%5Bd%5D%24%26', `{"note":"${redacted}"} ?x=${redacted}`);
    check('short words stay', 'short words stay');
  });

  it('takes a secret out of JSON that had to escape it', () => {
    const redactor = new Redactor();
    redactor.learn('say "hello" \\ 1');
    const text = redactor.redact(JSON.stringify({ note: 'say "hello" \\ 1' }));
    assert.equal(text, `{"note":"${redacted}"}`);
  });

  it('leaves everything else alone', () => {
    const text = '{"errorCode":0,"data":{"appId":"FSAID_1","ticket__c":"T-1","name":"Bearerfield","n":1.10}}';
    assert.equal(new Redactor().redact(text), text);
  });

  it('changes nothing more when it is run again', () => {
    const redactor = new Redactor();
    redactor.learn('FIRST-SECRET');
    const once = redactor.redact('{"appSecret":"FIRST-SECRET"} Bearer FIRST-SECRET ?ticket=FIRST-SECRET');
    assert.equal(redactor.redact(once), once);
    assert.ok(!once.includes('FIRST'));
  });
});

import assert from 'node:assert/strict';
import { errorCode, errorCodes } from '../../../src/api/errorCodes';

/** The documented codes: those of the server and, from 40000 on but for 50009, those of the client JS API. */
const documented = [
  ...[-2, -1, 0, 10001, 10002, 10003, 10004, 10005, 10006, 10007, 10008, 10009, 10010, 10012, 10013, 10014, 10015],
  ...[11001, 11002, 11003, 11004, 11005, 11006, 11007, 11008, 11009, 11010, 11011, 11013, 11014, 11015, 11016, 11017],
  ...[11018, 12002, 12003, 12004, 12005, 14001, 15002, 15003, 20005, 20006, 20010, 20012, 20014, 20015, 20016, 20017],
  ...[20020, 20021, 20022, 20023, 30000, 30001, 30002, 30003, 30004, 30007, 30027, 32000, 40000, 40001, 40003, 40004],
  ...[40005, 40006, 40007, 40010, 40050, 40051, 40052, 40400, 40500, 50009],
];

describe('api/errorCodes', () => {
  it('has every documented code once', () => {
    const codes = errorCodes.map(({ code }) => code);
    assert.deepEqual([...codes].sort(byNumber), [...documented].sort(byNumber));
    assert.equal(new Set(codes).size, codes.length);
  });

  for (const { code, meaning, action } of errorCodes) {
    it(`${code} says in both languages what it means and what to do`, () => {
      for (const text of [meaning.en, action.en]) assert.match(text, /^\P{Script=Han}{4,}$/u);
      for (const text of [meaning.zh, action.zh]) assert.match(text, /\p{Script=Han}/u);
      assert.match(action.en, /\.$/);
      assert.doesNotMatch(meaning.en, /\.$/);
    });
  }

  it('tells apart by the path what 10006 means', () => {
    assert.equal(errorCode(10006, '/oauth2.0/token')?.subject, 'credentials');
    assert.match(errorCode(10006, '/oauth2.0/token')!.meaning.en, /secret/);
    assert.doesNotMatch(errorCode(10006, '/cgi/x')!.meaning.en, /secret/);
    assert.deepEqual(errorCode(10006), errorCode(10006, '/cgi/x'));
  });

  it('tells apart by path or message what 10013 means', () => {
    const deep = errorCode(10013, '/cgi/crm/v2/data/query');
    assert.equal(deep?.subject, 'request');
    assert.match(deep.meaning.en, /offset/);
    assert.match(errorCode(10013, '/cgi/crm/custom/v2/data/query')!.meaning.en, /offset/);
    assert.match(errorCode(10013, '', 'offset 不能超过10000')!.meaning.en, /offset/);
    assert.doesNotMatch(errorCode(10013, '/cgi/crm/v2/data/get', 'corpAccessToken')!.meaning.en, /offset/);
  });

  it('knows nothing of a code that is not documented', () => {
    for (const code of [1, 401, 100001, NaN]) assert.equal(errorCode(code), undefined);
  });

  const subject = (expected: string, ...codes: number[]) =>
    it(`counts ${codes.join(', ')} as ${expected}`, () => {
      for (const code of codes) assert.equal(errorCode(code)?.subject, expected);
    });
  subject('token', 20016, 20005);
  subject('quota', 30002, 30003);
  subject('rate', 14001, 30004);
});

function byNumber(a: number, b: number): number {
  return a - b;
}

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
    const codes = errorCodes().map(({ code }) => code);
    assert.deepEqual([...codes].sort(byNumber), [...documented].sort(byNumber));
    assert.equal(new Set(codes).size, codes.length);
  });

  for (const { code, meaning, action } of errorCodes()) {
    it(`${code} says in both languages what it means and what to do`, () => {
      for (const text of [meaning.en, action.en]) assert.match(text, /^\P{Script=Han}{4,}$/u);
      for (const text of [meaning.zh, action.zh]) assert.match(text, /\p{Script=Han}/u);
      assert.match(action.en, /\.$/);
      assert.doesNotMatch(meaning.en, /\.$/);
    });
  }

  describe('tells apart by the call it came from', () => {
    const get = '/cgi/crm/v2/data/get';
    const query = '/cgi/crm/v2/data/query';
    const check = (code: number, path: string, message: string, subject: string, en: RegExp, zh: RegExp) =>
      it(`${code} ${path} ${message}`, () => {
        const found = errorCode(code, path, message);
        assert.equal(found?.subject, subject);
        assert.equal(found.code, code);
        assert.match(found.meaning.en, en);
        assert.match(found.meaning.zh, zh);
        for (const text of [found.meaning.en, found.action.en]) assert.match(text, /^\P{Script=Han}{4,}$/u);
        assert.match(found.action.en, /\.$/);
        assert.match(found.action.zh, /\p{Script=Han}.*。$/u);
      });

    const noSecret = 'the parameter appSecret is missing or illegal';
    for (const path of ['/oauth2.0/token', '/cgi/corpAccessToken/get/V2', '/cgi/appAccessToken/get'])
      check(10006, path, noSecret, 'credentials', /secret/, /appSecret/);
    check(10006, '/cgi/x', 'the request uri=[/cgi/x],apiName=[null] is not exists', 'request', /know the path/, /路径/);
    check(10006, get, '', 'request', /path.*or a parameter is missing/, /或缺少参数/);
    check(10006, '', '', 'request', /path.*or a parameter is missing/, /或缺少参数/);

    check(10013, query, '', 'request', /offset/, /offset/);
    check(10013, '/cgi/crm/custom/v2/data/query', 'offset out of range 10000', 'request', /offset/, /offset/);
    check(10013, '', 'offset 不能超过10000', 'request', /offset/, /offset/);
    check(10013, query, 'the parameter corpAccessToken is missing', 'request', /corpAccessToken/, /corpAccessToken/);
    check(10013, get, '', 'request', /corpAccessToken/, /corpAccessToken/);

    const noToken = 'corpAccessToken为必填项，不能为空';
    check(20017, get, noToken, 'credentials', /carried no sign-in$/, /没有携带鉴权信息$/);
    check(20017, '/cgi/crm/data/query', noToken, 'credentials', /only the legacy sign-in/, /只支持旧版鉴权/);
    check(20017, '/cgi/user/getByMobile', noToken, 'credentials', /only the legacy sign-in/, /只支持旧版鉴权/);
    check(20017, get, 'corpId not found', 'credentials', /^The corp ID was not found$/, /^corpId 未找到$/);
    check(
      20017,
      '/cgi/crm/data/query',
      'corpId 不存在',
      'credentials',
      /^The corp ID was not found$/,
      /^corpId 未找到$/,
    );
    check(20017, '', '', 'credentials', /no sign-in, or the corp ID/, /或 corpId/);
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

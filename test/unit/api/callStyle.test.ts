import assert from 'node:assert/strict';
import { bodyStyle, headerStyle, type UnsignedCall } from '../../../src/api/callStyle';
import { endpoints } from '../../../src/api/endpoints';
import { RefusedError } from '../../../src/api/errors';
import type { Token } from '../../../src/api/token';

const token: Token = { accessToken: 'TOKEN-1', ea: 'FSCID_1', expiresAt: 7_200_000, renewAt: 6_600_000 };
const query = endpoints.query.path;
const inBody = (call: Partial<UnsignedCall>, withToken: Token = token) =>
  bodyStyle({ pathname: query, body: '{}', ...call }, withToken, 'FSUID_1');
const keys = '"corpAccessToken":"TOKEN-1","corpId":"FSCID_1","currentOpenUserId":"FSUID_1"';

describe('api/callStyle', () => {
  describe('the legacy style', () => {
    const check = (name: string, body: string, expected: string, pathname: string = query) =>
      it(name, () => assert.equal(inBody({ body, pathname }).body, expected));

    check('puts three keys into the body', '{"data":{"a":1}}', `{"data":{"a":1},${keys}}`);
    check('makes a body where there is none', '', `{${keys}}`);
    check(
      'keeps every digit of the rest',
      '{"a":12345678901234567890,"b":1.10,"c":1E+2,"d":[0.1]}',
      `{"a":12345678901234567890,"b":1.10,"c":1E+2,"d":[0.1],${keys}}`,
    );
    check('works on v1 paths', '{"apiName":"AccountObj"}', `{"apiName":"AccountObj",${keys}}`, endpoints.v1Get.path);
    check('works on paths that nobody knows', '{}', `{${keys}}`, '/cgi/x');
    check(
      'names no person where the call wants none',
      '{"mobile":"1"}',
      '{"mobile":"1","corpAccessToken":"TOKEN-1","corpId":"FSCID_1"}',
      endpoints.userByMobile.path,
    );
    check(
      'adds nothing to a call that fetches a token',
      '{"appId":"x"}',
      '{"appId":"x"}',
      endpoints.corpAccessToken.path,
    );

    it('lets nothing in the body take the place of the sign-in', () => {
      const body = '{"corpAccessToken":"OTHER","data":{},"currentOpenUserId":"FSUID_2","corpId":"FSCID_2"}';
      const expected = { corpAccessToken: 'TOKEN-1', data: {}, currentOpenUserId: 'FSUID_1', corpId: 'FSCID_1' };
      assert.deepEqual(JSON.parse(inBody({ body }).body), expected);
    });

    it('does not mix with the other style', () => {
      const headers = { Authorization: 'Bearer OTHER', 'X-FS-EA': '1', 'x-fs-userid': '1000', 'x-extra': '1' };
      assert.deepEqual(inBody({ headers }).headers, { 'x-extra': '1' });
    });

    it('acts as the person who logged in', () => {
      const personal = { ...token, openUserId: 'FSUID_9' };
      assert.match(inBody({}, personal).body, /"currentOpenUserId":"FSUID_9"/);
    });

    for (const body of ['[]', '1', '"{}"', 'null'])
      it(`refuses ${body}, which can hold no keys`, () => {
        assert.throws(
          () => inBody({ body }),
          (error: unknown) => error instanceof RefusedError && error.code === 'bodyNotMap',
        );
      });
  });

  describe('the current style', () => {
    const inHeaders = (call: Partial<UnsignedCall>) =>
      headerStyle({ pathname: query, body: '{ "a": 1.10 }', ...call }, token, '1000');

    it('leaves the body as it is written', () => assert.equal(inHeaders({}).body, '{ "a": 1.10 }'));

    it('replaces a sign-in of the caller, however it is spelled', () => {
      const headers = { Authorization: 'Bearer OTHER', 'X-Fs-Userid': '-10000' };
      const expected = { authorization: 'Bearer TOKEN-1', 'x-fs-ea': 'FSCID_1', 'x-fs-userid': '1000' };
      assert.deepEqual(inHeaders({ headers }).headers, expected);
    });

    it('sends no token to a call that fetches one', () =>
      assert.deepEqual(inHeaders({ pathname: endpoints.token.path }).headers, {}));
  });
});

import assert from 'node:assert/strict';
import { mayChangeData, type CrmCall } from '../../../src/api/crmClient';
import { endpoints } from '../../../src/api/endpoints';
import { ApiError, NotApiError, RefusedError, TransportError, type Refusal } from '../../../src/api/errors';
import { TokenSource } from '../../../src/api/token';
import { CancelledError } from '../../../src/base/cancelled';
import { CrmClient } from '../../../src/api/crmClient';
import { issueWritePermit, WritePermit } from '../../../src/api/writePermit';
import type { JsonValue } from '../../../src/base/json';
import { FakeTenant, freeTraffic, goodToken, memoryTokens, permit } from '../fakes';

const getPath = '/cgi/crm/v2/data/get';
const refusedWith = (code: Refusal) => (error: unknown) => error instanceof RefusedError && error.code === code;

/** A client without a token, over a tenant that gives one token after the other. */
function signedOut(tenant: FakeTenant) {
  const { tenant: identity } = tenant.client();
  let fetches = 0;
  const fetch = () => Promise.resolve({ ...goodToken, accessToken: `TOKEN-${++fetches}` });
  const client = new CrmClient(identity, new TokenSource(fetch, memoryTokens(), () => 0), tenant.wire(), freeTraffic());
  return { client, fetches: () => fetches };
}

describe('api/crmClient', () => {
  it('adds sign-in, trace id and content type', async () => {
    const tenant = new FakeTenant();
    await tenant.client().exchange({ path: getPath, body: '{"data":{}}' });
    const [{ url, headers, text }] = tenant.sent as [(typeof tenant.sent)[number]];
    assert.equal(url.href, `https://open.fxiaoke.com${getPath}?thirdTraceId=trace-1`);
    assert.deepEqual(headers, {
      'content-type': 'application/json',
      authorization: 'Bearer TOKEN-1',
      'x-fs-ea': '12345',
      'x-fs-userid': '1000',
    });
    assert.equal(text, '{"data":{}}');
  });

  it('sends a new trace id with each call and keeps a query', async () => {
    const tenant = new FakeTenant();
    const client = tenant.client();
    await client.exchange({ path: `${getPath}?a=1`, body: '{}' });
    await client.exchange({ path: `${getPath}?thirdTraceId=mine`, body: '{}' });
    assert.deepEqual(
      tenant.sent.map(({ url }) => url.search),
      ['?a=1&thirdTraceId=trace-1', '?thirdTraceId=trace-2'],
    );
  });

  it('sends extra headers but lets none replace the sign-in', async () => {
    const tenant = new FakeTenant();
    const headers = { 'x-extra': '1', authorization: 'Bearer OTHER', 'x-fs-ea': 'other', 'x-fs-userid': '-10000' };
    await tenant.client().exchange({ path: getPath, body: '{}', headers });
    assert.deepEqual(tenant.sent[0]!.headers, {
      'content-type': 'application/json',
      'x-extra': '1',
      authorization: 'Bearer TOKEN-1',
      'x-fs-ea': '12345',
      'x-fs-userid': '1000',
    });
  });

  it('calls custom objects by their own path', async () => {
    const tenant = new FakeTenant();
    await tenant.client().call(endpoints.get, { data: {} }, { object: 'object_x__c' });
    assert.equal(tenant.sent[0]!.url.pathname, '/cgi/crm/custom/v2/data/get');
  });

  it('throws an errorCode other than 0 from call and gives it from exchange', async () => {
    const tenant = new FakeTenant(() => ({ errorCode: 32000, errorMessage: 'x', traceId: 'E-O.1' }));
    await assert.rejects(
      tenant.client().call(endpoints.get, {}),
      (error: unknown) => error instanceof ApiError && error.errorCode === 32000 && error.traceId === 'E-O.1',
    );
    assert.equal((await tenant.client().exchange({ path: getPath, body: '{}' })).errorCode, 32000);
  });

  describe('cancelled while the tenant is at it', () => {
    const cancelled = async (path: string, abortAt: 'before' | 'during') => {
      const abort = new AbortController();
      if (abortAt === 'before') abort.abort();
      const tenant = new FakeTenant(() => {
        abort.abort();
        return new CancelledError();
      });
      const call = tenant.client().exchange({ path, body: '{}', permit, signal: abort.signal });
      const error = await call.catch((reason: unknown) => reason);
      return { error, sent: tenant.sent.length };
    };

    it('leaves open what became of a write', async () => {
      const { error } = await cancelled('/cgi/crm/v2/data/update', 'during');
      assert.ok(error instanceof TransportError && error.code === 'cancelled');
      assert.equal(error.context.thirdTraceId, 'trace-1');
    });

    it('leaves nothing open of a read, or of what was never sent', async () => {
      assert.ok((await cancelled(getPath, 'during')).error instanceof CancelledError);
      const { error, sent } = await cancelled('/cgi/crm/v2/data/update', 'before');
      assert.ok(error instanceof CancelledError);
      assert.equal(sent, 0);
    });
  });

  describe('tells who keeps answers', () => {
    const told = async (call: Partial<CrmCall>, reply: JsonValue = { errorCode: 0 }) => {
      const tenant = new FakeTenant(() => reply);
      const paths: string[] = [];
      const client = new CrmClient(tenant.client().tenant, tenant.client().tokens, tenant.wire(), freeTraffic(), {
        answered: ({ path }, { errorCode }) => void paths.push(`${path} ${errorCode}`),
        failed: () => paths.push('failed'),
      });
      await client.exchange({ path: getPath, body: '{}', permit, ...call });
      return paths;
    };

    it('of every call that may change data, refused ones included', async () => {
      assert.deepEqual(await told({ path: '/cgi/crm/v2/data/update' }), ['/cgi/crm/v2/data/update 0']);
      assert.deepEqual(await told({ path: '/cgi/x' }, { errorCode: 32000 }), ['/cgi/x 32000']);
    });

    it('of every read', async () => {
      assert.deepEqual(await told({}), [`${getPath} 0`]);
    });
  });

  it('passes the signal on', async () => {
    const tenant = new FakeTenant();
    const { signal } = new AbortController();
    await tenant.client().exchange({ path: getPath, body: '{}', signal });
    assert.equal(tenant.sent[0]!.request.signal, signal);
  });

  it('records each call without its query', async () => {
    const tenant = new FakeTenant(() => ({ errorCode: 20017, traceId: 'E-O.1' }));
    await tenant.client().exchange({ path: `${getPath}?secret=1`, body: '{}' });
    const [record] = tenant.records;
    assert.equal(record?.context.url, `https://open.fxiaoke.com${getPath}`);
    assert.equal(record.connection, 'Acme');
    assert.deepEqual([record.errorCode, record.traceId, record.failure], [20017, 'E-O.1', undefined]);
    const received = '{"errorCode":20017,"traceId":"E-O.1"}';
    assert.deepEqual([record.sent, record.received, record.characters], ['{}', received, received.length]);
  });

  it('records a failure and throws it', async () => {
    const tenant = new FakeTenant(({ request }) => new TransportError('dropped', request.context, 'ECONNRESET'));
    await assert.rejects(tenant.client().exchange({ path: getPath, body: '{}' }), TransportError);
    assert.ok(tenant.records[0]!.failure instanceof TransportError);
  });

  it('records what came that was no answer of the API', async () => {
    const tenant = new FakeTenant(() => '<html>log in</html>');
    await assert.rejects(tenant.client().exchange({ path: getPath, body: '{}' }), NotApiError);
    assert.equal(tenant.records[0]!.received, '<html>log in</html>');
  });

  describe('sends nothing to another host', () => {
    const check = (path: string) =>
      it(path, async () => {
        const tenant = new FakeTenant();
        const { client, fetches } = signedOut(tenant);
        await assert.rejects(client.exchange({ path, body: '{}', permit }), refusedWith('foreignHost'));
        assert.equal(tenant.sent.length, 0);
        assert.equal(fetches(), 0);
      });
    const foreign = [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
    ];
    for (const host of foreign) check(`${host}${getPath}`);
    check(`https://open.fxiaoke.com@evil.example${getPath}`);
    check(`https://open.fxiaoke.com.evil.example${getPath}`);
    check(`https://open.fxiaoke.com\\@evil.example${getPath}`.replace('\\@', '%40@'));
    check(`https:///evil.example${getPath}`);
    check(`http://open.fxiaoke.com${getPath}`);
    check(`https://open.fxiaoke.com:8443${getPath}`);
    check(`file:${getPath}`);
    check(`https://me:pw@open.fxiaoke.com${getPath}`);
    check(`https://me@open.fxiaoke.com${getPath}`);
    check('https://');
  });

  describe('sends to its own host', () => {
    const check = (path: string) =>
      it(path, async () => {
        const tenant = new FakeTenant();
        await tenant.client().exchange({ path, body: '{}' });
        assert.equal(tenant.sent[0]!.url.origin, 'https://open.fxiaoke.com');
        assert.equal(tenant.sent[0]!.url.pathname, getPath);
      });
    check(getPath);
    check(`https://open.fxiaoke.com${getPath}`);
    check(`HTTPS://OPEN.fxiaoke.com:443${getPath}`);
    check(`${getPath}#fragment`);
  });

  describe('when the token is refused', () => {
    for (const code of [20016, 20005, '20016']) {
      it(`renews it once and repeats the call once (${typeof code} ${code})`, async () => {
        const tenant = new FakeTenant(({ headers }) =>
          headers['authorization'] === 'Bearer TOKEN-2' ? { errorCode: 0 } : { errorCode: code },
        );
        const { client, fetches } = signedOut(tenant);
        assert.equal((await client.exchange({ path: getPath, body: '{"a":1}' })).errorCode, 0);
        assert.equal(fetches(), 2);
        assert.deepEqual(
          tenant.sent.map(({ headers, text }) => [headers['authorization'], text]),
          [
            ['Bearer TOKEN-1', '{"a":1}'],
            ['Bearer TOKEN-2', '{"a":1}'],
          ],
        );
        const [first, second] = tenant.sent.map(({ url }) => url.searchParams.get('thirdTraceId'));
        assert.notEqual(first, second);
      });
    }

    it('does not go on for ever', async () => {
      const tenant = new FakeTenant(() => ({ errorCode: 20016 }));
      const { client, fetches } = signedOut(tenant);
      assert.equal((await client.exchange({ path: getPath, body: '{}' })).errorCode, 20016);
      assert.equal(tenant.sent.length, 2);
      assert.equal(fetches(), 2);
    });

    it('renews nothing for any other code', async () => {
      const tenant = new FakeTenant(() => ({ errorCode: 32000 }));
      await signedOut(tenant).client.exchange({ path: getPath, body: '{}' });
      assert.equal(tenant.sent.length, 1);
    });
  });

  describe('refuses a write before anything is sent', () => {
    const check = (name: string, code: Refusal, call: Partial<CrmCall>, readOnly = false) =>
      it(name, async () => {
        const tenant = new FakeTenant();
        const client = tenant.client({ readOnly });
        const write = client.exchange({ path: '/cgi/crm/v2/data/update', body: '{}', ...call });
        await assert.rejects(write, refusedWith(code));
        assert.equal(tenant.sent.length, 0);
      });
    check('without a permit', 'notPermitted', {});
    check('with the permit of another tenant', 'notPermitted', { permit: issueWritePermit('c2') });
    check('to a read-only tenant', 'readOnly', { permit }, true);
    check('of an unknown path', 'notPermitted', { path: '/cgi/crm/team/add' });
    check('of an encoded path', 'notPermitted', { path: '/cgi/crm/v2/data/%67et' });
    check('of an encoded path to a read-only tenant', 'readOnly', { path: '/cgi/crm/v2/data/%75pdate', permit }, true);
    check('behind a read', 'notPermitted', { path: '/cgi/crm/v2/data/get/../update' });
    check('on the tenant’s own host', 'notPermitted', { path: 'https://open.fxiaoke.com/cgi/crm/v2/data/delete' });
  });

  it('sends a write with the tenant’s permit', async () => {
    const tenant = new FakeTenant();
    await tenant.client().exchange({ path: '/cgi/crm/v2/data/update', body: '{}', permit });
    assert.equal(tenant.sent.length, 1);
  });

  it('sends a read to a read-only tenant', async () => {
    const tenant = new FakeTenant();
    await tenant.client({ readOnly: true }).exchange({ path: getPath, body: '{}' });
    assert.equal(tenant.sent.length, 1);
  });

  it('takes no permit that the gate did not issue', () => {
    assert.throws(() => new WritePermit('c1', Symbol('issuer') as never), TypeError);
  });

  describe('mayChangeData', () => {
    const check = (path: string, expected: boolean) =>
      it(`${path} is a ${expected ? 'write' : 'read'}`, () => assert.equal(mayChangeData(path), expected));
    for (const path of [getPath, `${getPath}?a=1`, '/cgi/crm/custom/v2/data/query', '/cgi/crm/v2/object/list'])
      check(path, false);
    check('https://open.fxiaoke.com/cgi/crm/v2/object/describe', false);
    for (const action of ['create', 'update', 'changeOwner', 'invalid', 'recover', 'delete'])
      for (const family of ['/cgi/crm/v2/data', '/cgi/crm/custom/v2/data']) check(`${family}/${action}`, true);
    for (const path of [
      '/cgi/crm/v2/data/GET',
      '/cgi/crm/v2/data/get/',
      '/cgi/crm/v2/data//get',
      '/cgi/x',
      'http://',
      '',
    ])
      check(path, true);
  });
});

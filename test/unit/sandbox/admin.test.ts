import assert from 'node:assert/strict';
import { parseFault, printFault } from '../../../src/sandbox/faultText';
import { dataCalls, startTestSandbox, type TestSandbox } from './client';

const list = '/cgi/crm/v2/object/list';

describe('a fault as text', () => {
  const check = (text: string, expected: Record<string, unknown>) =>
    it(`reads ${text}`, () => {
      assert.deepEqual(parseFault(text), expected);
      assert.equal(printFault(parseFault(text)!), text);
    });
  check('data/query:50009', { path: 'data/query', errorCode: 50009 });
  check('data/query:50009@3', { path: 'data/query', errorCode: 50009, times: 3 });
  check('*:-1*', { path: '*', errorCode: -1, times: Infinity });
  check('/oauth2.0/token:drop', { path: '/oauth2.0/token', answer: 'drop' });
  check('data/create:drop!', { path: 'data/create', answer: 'drop', carriedOut: true });
  check('data/create:timeout@2!', { path: 'data/create', answer: 'timeout', times: 2, carriedOut: true });
  check('*:html', { path: '*', answer: 'html' });
  check('*:truncated', { path: '*', answer: 'truncated' });
  check('*:delay=250*', { path: '*', delay: 250, times: Infinity });

  for (const text of ['', '50009', 'x:', 'x:0', 'x:maybe', 'x:delay', 'x:1@', 'a b:1', ':drop', 'x:drop@2*'])
    it(`does not read "${text}"`, () => assert.equal(parseFault(text), undefined));
});

describe('the admin paths of the sandbox', () => {
  let sandbox: TestSandbox;
  let ahead = 0;
  const data = dataCalls(() => sandbox);
  beforeEach(async () => (sandbox = await startTestSandbox({ clock: () => Date.UTC(2026, 0, 1) + ahead })));
  afterEach(async () => {
    ahead = 0;
    await sandbox.close();
  });
  const admin = async (method: string, what: string, body?: unknown, secret = sandbox.appSecret) => {
    const init = { method, headers: { 'x-sandbox-secret': secret } };
    const sent = body === undefined ? init : { ...init, body: JSON.stringify(body) };
    const response = await fetch(`${sandbox.url}/sandbox/admin/${what}`, sent);
    return { status: response.status, body: (await response.json()) as Record<string, any> };
  };
  const code = async () => (await sandbox.call(list, {})).errorCode;

  it('are closed to whoever does not know the secret', async () => {
    for (const secret of ['', 'no', `${sandbox.appSecret}x`]) {
      assert.equal((await admin('POST', 'faults', { fault: '*:-1*' }, secret)).status, 403);
      assert.equal((await admin('DELETE', 'tokens', undefined, secret)).status, 403);
    }
    assert.equal(await code(), 0);
  });

  it('say what is wrong with a request', async () => {
    assert.equal((await admin('GET', 'nothing')).status, 404);
    for (const [what, body] of [
      ['faults', { fault: 'x' }],
      ['faults', { faults: ['*:-1', 'x'] }],
      ['clock', { advance: -1 }],
      ['clock', {}],
      ['limits', { rateLimit: 1 }],
      ['limits', { dailyQuota: -1 }],
      ['limits', { nope: true }],
      ['limits', []],
    ] as const) {
      const answer = await admin('POST', what, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(typeof answer.body['problem'], 'string');
    }
    assert.equal(await code(), 0);
  });

  it('add, list and clear faults', async () => {
    await sandbox.headers();
    await admin('POST', 'faults', { faults: ['object/list:50009@2', '*:-1*'] });
    assert.deepEqual([await code(), await code(), await code(), await code()], [50009, 50009, -1, -1]);
    assert.deepEqual((await admin('GET', 'faults')).body['faults'], [
      { fault: 'object/list:50009@2', left: 0, met: 2 },
      { fault: '*:-1*', left: null, met: 2 },
    ]);
    await admin('DELETE', 'faults');
    assert.equal(await code(), 0);
  });

  it('let every token expire', async () => {
    assert.equal(await code(), 0);
    const first = (await sandbox.signIn()).accessToken;
    await admin('DELETE', 'tokens');
    assert.equal(await code(), 20016);
    assert.notEqual((await sandbox.signIn()).accessToken, first);
  });

  it('move the clock', async () => {
    assert.equal(await code(), 0);
    const { body } = await admin('POST', 'clock', { advance: 7_200_000 });
    assert.deepEqual(body, { now: Date.UTC(2026, 0, 1, 2), ahead: 7_200_000 });
    assert.equal(await code(), 20016);
  });

  it('use up the quota of a day, which returns at midnight', async () => {
    await admin('POST', 'limits', { dailyQuota: 2 });
    assert.deepEqual([await code(), await code(), await code()], [0, 0, 30002]);
    assert.equal((await admin('GET', 'limits')).body['usedToday'], 2);
    // 8:00 in GMT+8; tokens live two hours.
    ahead = 16 * 3_600_000 - 1;
    const headers = async () => ({
      authorization: `Bearer ${(await sandbox.signIn()).accessToken}`,
      'x-fs-ea': sandbox.ea,
      'x-fs-userid': '1000',
    });
    assert.equal((await sandbox.post(list, {}, await headers())).errorCode, 30002);
    ahead += 1;
    assert.equal((await sandbox.post(list, {}, await headers())).errorCode, 0);
  });

  it('take the quota away, refuse every call and limit the rate', async () => {
    await admin('POST', 'limits', { dailyQuota: 0 });
    assert.equal(await code(), 30003);
    await admin('POST', 'limits', { dailyQuota: null, refuse: 15003 });
    assert.equal(await code(), 15003);
    assert.equal((await sandbox.signIn()).errorCode, 0);
    await admin('POST', 'limits', { refuse: 20020 });
    assert.equal(await code(), 20020);
    await admin('POST', 'limits', { refuse: null, rateLimit: true });
    const codes = new Set<number>();
    for (let i = 0; i < 101; i++) codes.add(await code());
    assert.deepEqual([...codes], [0, 14001]);
    await admin('POST', 'limits', { rateLimit: false });
    assert.equal(await code(), 0);
  });

  it('are options too', async () => {
    const other = await startTestSandbox({ dailyQuota: 1 });
    assert.equal((await other.call(list, {})).errorCode, 0);
    assert.equal((await other.call(list, {})).errorCode, 30002);
    await other.close();
    const refused = await startTestSandbox({ refuse: 20020 });
    assert.equal((await refused.call(list, {})).errorCode, 20020);
    await refused.close();
  });

  it('list what is served', async () => {
    const { body } = await admin('GET', 'routes');
    assert.ok((body['routes'] as { path: string }[]).some(({ path }) => path === list));
  });

  describe('make faults that', () => {
    const send = async (signal?: AbortSignal) => {
      const init = { method: 'POST', headers: await sandbox.headers(), body: '{}' };
      return fetch(sandbox.url + list, signal ? { ...init, signal } : init);
    };

    it('delay an answer', async () => {
      await sandbox.headers();
      await admin('POST', 'faults', { fault: `${list}:delay=150` });
      const start = performance.now();
      assert.equal(await code(), 0);
      assert.ok(performance.now() - start >= 145);
    });

    it('never answer, and do or do not carry the call out', async () => {
      await sandbox.headers();
      await admin('POST', 'faults', { fault: `${list}:timeout` });
      await assert.rejects(send(AbortSignal.timeout(80)), { name: 'TimeoutError' });
      const visitors = async (): Promise<unknown> => (await data.query('WebImVisitorObj')).data.total;
      const before = (await visitors()) as number;
      await admin('POST', 'faults', { faults: ['data/create:timeout!', 'data/create:timeout'] });
      const path = `${sandbox.url}/cgi/crm/v2/data/create`;
      const body = JSON.stringify({ data: { object_data: { dataObjectApiName: 'WebImVisitorObj', name: 'x' } } });
      for (let i = 0; i < 2; i++) {
        const signal = AbortSignal.timeout(80);
        await assert.rejects(fetch(path, { method: 'POST', headers: await sandbox.headers(), body, signal }));
      }
      assert.equal(await visitors(), before + 1);
    });

    it('wait for the end of a path, at a slash', async () => {
      await admin('POST', 'faults', { fault: 'list:-1*' });
      assert.equal(await code(), -1);
      await admin('DELETE', 'faults');
      await admin('POST', 'faults', { fault: 'ist:-1*' });
      assert.equal(await code(), 0);
    });
  });
});

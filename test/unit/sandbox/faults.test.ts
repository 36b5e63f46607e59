import assert from 'node:assert/strict';
import { dataCalls, startTestSandbox, type TestSandbox } from './client';

const list = '/cgi/crm/v2/object/list';
const create = '/cgi/crm/v2/data/create';

describe('faults of the sandbox', () => {
  let sandbox: TestSandbox;
  const data = dataCalls(() => sandbox);
  before(async () => (sandbox = await startTestSandbox({ faults: [{ path: list, errorCode: 50009, times: 2 }] })));
  after(() => sandbox.close());
  afterEach(() => sandbox.faults.clear());
  const raw = async (path: string, body: unknown) =>
    fetch(sandbox.url + path, { method: 'POST', headers: await sandbox.headers(), body: JSON.stringify(body) });
  const newVisitor = (name: string) => ({ data: { object_data: { dataObjectApiName: 'WebImVisitorObj', name } } });
  const visitors = async (name: string): Promise<unknown> =>
    (await data.query('WebImVisitorObj', { filters: [{ field_name: 'name', operator: 'EQ', field_values: [name] }] }))
      .data.total;

  it('answer an error code so many times, and only on their path', async () => {
    assert.equal((await data.query('AccountObj')).errorCode, 0);
    assert.equal((await sandbox.call(list, {})).errorCode, 50009);
    assert.equal((await sandbox.call(list, {})).errorCode, 50009);
    assert.equal((await sandbox.call(list, {})).errorCode, 0);
  });

  it('close the connection, before or after the call is carried out', async () => {
    sandbox.faults.add({ path: create, answer: 'drop' });
    await assert.rejects(raw(create, newVisitor('未写')));
    assert.equal(await visitors('未写'), 0);
    sandbox.faults.add({ path: create, answer: 'drop', carriedOut: true });
    await assert.rejects(raw(create, newVisitor('已写')));
    assert.equal(await visitors('已写'), 1);
  });

  it('answer a page', async () => {
    sandbox.faults.add({ path: '*', answer: 'html' });
    const response = await raw(list, {});
    assert.match(response.headers.get('content-type') ?? '', /html/);
    assert.match(await response.text(), /^<html>/);
  });

  it('cut JSON off', async () => {
    sandbox.faults.add({ path: list, answer: 'truncated' });
    const text = await (await raw(list, {})).text();
    assert.match(text, /^\{/);
    assert.throws(() => JSON.parse(text));
  });

  it('carry a write out and answer an error', async () => {
    sandbox.faults.add({ path: create, errorCode: 50009, errorMessage: 'timeout', carriedOut: true });
    const answer = await sandbox.call(create, newVisitor('超时'));
    assert.deepEqual([answer.errorCode, answer.errorMessage], [50009, 'timeout']);
    assert.equal(await visitors('超时'), 1);
  });
});

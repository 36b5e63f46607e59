import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors';
import { TenantObjects } from '../../../src/objects/tenantObjects';
import { FakeTenant, type Sent } from '../fakes';

const answer = ({ url }: Sent) =>
  url.pathname.endsWith('/list')
    ? { errorCode: 0, data: { objects: [{ describeApiName: 'AccountObj' }] } }
    : { errorCode: 0, data: { describe: { api_name: 'AccountObj', fields: {} } } };

describe('objects/tenantObjects', () => {
  it('asks for the list once however many want it', async () => {
    const tenant = new FakeTenant(answer);
    const client = tenant.client();
    const objects = new TenantObjects();
    const lists = await Promise.all([objects.list(client), objects.list(client)]);
    assert.deepEqual(
      lists.map(list => list[0]?.apiName),
      ['AccountObj', 'AccountObj'],
    );
    await objects.list(client);
    assert.equal(tenant.sent.length, 1);
    assert.equal(tenant.sent[0]!.url.pathname, '/cgi/crm/v2/object/list');
  });

  it('asks again when the connection was edited, which may have made it another tenant', async () => {
    const tenant = new FakeTenant(answer);
    const objects = new TenantObjects();
    await objects.list(tenant.client());
    await objects.list(tenant.client());
    assert.equal(tenant.sent.length, 2);
  });

  it('asks for a describe once per object, as documented', async () => {
    const tenant = new FakeTenant(answer);
    const client = tenant.client();
    const objects = new TenantObjects();
    await Promise.all([objects.describe(client, 'AccountObj'), objects.describe(client, 'AccountObj')]);
    assert.deepEqual(await objects.describe(client, 'object_x__c'), { api_name: 'AccountObj', fields: {} });
    assert.deepEqual(
      tenant.sent.map(({ url, body }) => [url.pathname, body as unknown]),
      ['AccountObj', 'object_x__c'].map(apiName => [
        '/cgi/crm/v2/object/describe',
        { includeDetail: true, data: { apiName, includeDetail: true } },
      ]),
    );
  });

  it('keeps tenants apart', async () => {
    const tenant = new FakeTenant(answer);
    const objects = new TenantObjects();
    await objects.list(tenant.client());
    await objects.list(tenant.client({ id: 'c2' }));
    assert.equal(tenant.sent.length, 2);
  });

  it('does not remember a failure', async () => {
    const tenant = new FakeTenant(() => ({ errorCode: -1 }));
    const client = tenant.client();
    const objects = new TenantObjects();
    await assert.rejects(objects.list(client), ApiError);
    await assert.rejects(objects.describe(client, 'AccountObj'), ApiError);
    tenant.reply = answer;
    assert.equal((await objects.list(client)).length, 1);
    assert.equal((await objects.describe(client, 'AccountObj'))['api_name'], 'AccountObj');
  });

  it('asks again once it was told to forget, and only for that tenant', async () => {
    const tenant = new FakeTenant(answer);
    const [first, second] = [tenant.client(), tenant.client({ id: 'c11' })];
    const objects = new TenantObjects();
    for (const client of [first, second])
      await Promise.all([objects.list(client), objects.describe(client, 'AccountObj')]);
    assert.equal(tenant.sent.length, 4);
    objects.forget('c1');
    for (const client of [first, second])
      await Promise.all([objects.list(client), objects.describe(client, 'AccountObj')]);
    assert.equal(tenant.sent.length, 6);
  });

  it('asks again for one object alone once it was told to forget that', async () => {
    const tenant = new FakeTenant(answer);
    const client = tenant.client();
    const objects = new TenantObjects();
    const askAll = async () => {
      await Promise.all([
        objects.list(client),
        objects.describe(client, 'AccountObj'),
        objects.describe(client, 'LeadsObj'),
      ]);
    };
    await askAll();
    objects.forget('c1', 'LeadsObj');
    await askAll();
    assert.deepEqual(
      tenant.sent.slice(3).map(({ body }) => String(body.data.apiName)),
      ['LeadsObj'],
    );
  });

  it('tells what a tenant listed and described without asking', async () => {
    const tenant = new FakeTenant(answer);
    const objects = new TenantObjects();
    const client = tenant.client();
    const asked = Promise.all([objects.list(client), objects.describe(client, 'AccountObj')]);
    assert.deepEqual([objects.knownList('c1'), objects.knownFields('c1', 'AccountObj')], [undefined, undefined]);
    const [list] = await asked;
    assert.deepEqual([objects.knownList('c1'), objects.knownFields('c1', 'AccountObj')], [list, []]);
    assert.equal(tenant.sent.length, 2);
    objects.forget('c1');
    assert.deepEqual([objects.knownList('c1'), objects.knownFields('c1', 'AccountObj')], [undefined, undefined]);
  });
});

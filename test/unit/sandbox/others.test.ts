import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { routes } from '../../../src/sandbox/routes';
import { column, dataCalls, startTestSandbox, type Row, type TestSandbox } from './client';

describe('other calls of the sandbox', () => {
  let sandbox: TestSandbox;
  const data = dataCalls(() => sandbox);
  before(async () => (sandbox = await startTestSandbox()));
  after(() => sandbox.close());
  const send = async (path: string, fields: Record<string, unknown>, errorCode = 0): Promise<Row> => {
    const answer = await sandbox.call(path, { data: fields });
    assert.equal(answer.errorCode, errorCode, answer.errorMessage);
    return answer.data;
  };

  it('add and change currencies', async () => {
    const add = '/cgi/crm/v2/add/currency';
    const update = '/cgi/crm/v2/update/currency';
    await send(add, { currencyCode: 'USD', exchangeRate: '7.1' });
    await send(add, { currencyCode: 'USD', exchangeRate: '7.1' }, 32000);
    await send(add, { currencyCode: 'CNY', exchangeRate: '1' }, 32000);
    await send(add, { currencyCode: 'EUR', exchangeRate: '0' }, 15002);
    await send(update, { exchangeRateList: [{ currencyCode: 'USD', exchangeRate: '7.2' }] });
    await send(update, { exchangeRateList: [{ currencyCode: 'EUR', exchangeRate: '7.2' }] }, 32000);
    const against = (toCurrencyCode: string) => ({
      toCurrencyCode,
      currencyExchangeArgs: [{ fromCurrencyCode: 'USD', toCurrencyCode, exchangeRate: '7.3' }],
    });
    await send('/cgi/crm/custom/v2/data/updateCurrencyExchangeRate', against('CNY'));
    await send('/cgi/crm/custom/v2/data/updateCurrencyExchangeRate', against('USD'), 32000);
  });

  it('change the categories that describe shows for products', async () => {
    const path = '/cgi/crm/data/editProductCategory';
    const labels = async () => {
      const { describe } = await send('/cgi/crm/v2/object/describe', { apiName: 'ProductObj' });
      return column(describe.fields.category.options, 'label');
    };
    const before = await labels();
    await send(path, { editFlag: 1, name: '赠品' });
    assert.deepEqual(await labels(), [...before, '赠品']);
    await send(path, { editFlag: 2, id: '5', name: '样品' });
    assert.deepEqual(await labels(), [...before, '样品']);
    const product = { name: 'x', category: '5', price: '1', unit: '1', product_status: '1' };
    const created = await data.create('ProductObj', product);
    assert.doesNotMatch(created.errorMessage, /category/);
    await send(path, { editFlag: 3, id: '5' });
    assert.deepEqual(await labels(), before);
    await send(path, { editFlag: 3, id: '5' }, 32000);
    await send(path, { editFlag: 4 }, 15002);
  });

  it('list areas with the codes that fields store', async () => {
    const { countryAreaOptions } = (await sandbox.call('/cgi/crm/countryAreaOptions/get', {})) as unknown as Row;
    assert.deepEqual(countryAreaOptions.country.options[0], { label: '中国', value: '248', child_options: [] });
    assert.deepEqual(Object.keys(countryAreaOptions as object), ['country', 'province', 'city', 'district']);
  });

  it('list groups, their members and roles, and set roles', async () => {
    const special = '/cgi/crm/v2/special';
    const groups = await send(`${special}/usergroupList`, {});
    const { employeeIds } = await send(`${special}/usergroupMemberList`, { groupId: groups[0].groupId });
    assert.ok((employeeIds as string[]).includes('1001'));
    const [role] = await send(`${special}/roleGetRoleList`, { AuthContext: { appId: 'CRM' } });
    assert.equal(role.roleName, 'CRM管理员');
    const set = (roleCode: unknown) => ({ userIds: ['1003'], roleCodes: [roleCode], majorRole: roleCode });
    await send(`${special}/batchSetUserRoles`, set(role.roleCode));
    await send(`${special}/batchSetUserRoles`, set('nope'), 32000);
  });

  it('make folders once', async () => {
    const path = '/cgi/crm/v2/special/netDisk/addFolder';
    await send(path, { folderPath: '/a/b', category: 1 });
    await send(path, { folderPath: '/a/b', category: 1 }, 32000);
    await send(path, { folderPath: '/a/b', category: 2 });
    await send(path, { folderPath: '/a/b', category: 3 }, 15002);
  });

  it('map records of downstream enterprises', async () => {
    const body = { objectApiName: 'AccountObj', downstreamOuterTenantId: 300_000_001 };
    const path = '/cgi/er/enterpriseRelation/getMapperObjectId';
    const answer = (await sandbox.call(path, body)) as unknown as Row;
    assert.equal((await data.get('AccountObj', answer.mapperId)).errorCode, 0);
    assert.equal((await sandbox.call(path, { ...body, downstreamOuterTenantId: 1 })).errorCode, 32000);
  });

  describe('for files', () => {
    const bytes = Buffer.from('内容\n\0\u2028');
    const credential = (change = {}) => ({
      expireTime: 3600,
      resourceType: 'TN',
      isStreamUpload: false,
      filename: '报价.pdf',
      extension: 'pdf',
      fileSize: bytes.length,
      ...change,
    });
    const stepOne = (change = {}, errorCode = 0) =>
      send('/cgi/crm/v2/generatorFileUploadCredential', credential(change), errorCode);
    const stepTwo = async (given: Row, change: Record<string, string> = {}, query = '?traceId=a&linkId=b') => {
      const { acid, resource, ak, sign, expiry, size } = given;
      const form = new FormData();
      form.set('facishareFile', new File([bytes], '报价.pdf'));
      const headers = { acid, resource, ak, sign, expiry, size: String(size), ...change };
      const response = await fetch(`${given.url}${query}`, { method: 'POST', headers, body: form });
      return (await response.json()) as { success: boolean; code: number; data: string };
    };
    const corp = async () => ({
      corpAccessToken: (await sandbox.signIn()).accessToken,
      corpId: sandbox.corpId,
    });
    const download = async (mediaId: string, more = {}) => {
      const body = { ...(await corp()), mediaId, mediaTypeDesc: 'DOCUMENT', ...more };
      return fetch(`${sandbox.url}/media/download`, { method: 'POST', body: JSON.stringify(body) });
    };

    it('take a file in two steps, and give it back by its path', async () => {
      const { data: path, ...envelope } = await stepTwo(await stepOne());
      assert.deepEqual(envelope, { success: true, code: 200, message: '' });
      assert.match(path, /^TN_/);
      const response = await download(path, { igonreMediaIdConvert: true });
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes);
      assert.match(response.headers.get('content-disposition') ?? '', /attachment/);
      const asMedia = (await (await download(path)).json()) as { errorCode: number };
      assert.equal(asMedia.errorCode, 32000);
    });

    it('take a stream too', async () => {
      const given = await stepOne({ isStreamUpload: true });
      const { acid, resource, ak, sign, expiry, size } = given;
      const headers = {
        acid,
        resource,
        ak,
        sign,
        expiry,
        size: String(size),
        'content-type': 'application/octet-stream',
      };
      const response = await fetch(`${given.url}?traceId=a&linkId=b`, { method: 'POST', headers, body: bytes });
      assert.equal(((await response.json()) as { code: number }).code, 200);
    });

    it('refuse a credential that was tampered with, another size and a missing trace', async () => {
      const given = await stepOne();
      assert.equal((await stepTwo(given, { resource: 'N' })).code, 400);
      assert.equal((await stepTwo(given, { sign: 'x' })).code, 400);
      assert.equal((await stepTwo(given, {}, '')).code, 400);
      assert.equal((await stepTwo(await stepOne({ fileSize: 5 }))).code, 400);
      await stepOne({ expireTime: 59 }, 15002);
      await stepOne({ fileSize: 104_857_601 }, 15002);
      await stepOne({ resourceType: 'X' }, 15002);
    });

    it('take, give and delete material', async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...(await corp()), type: 'document' })) form.set(name, value);
      form.set('media', new File([bytes], 'x.txt'));
      const upload = async (path: string) => {
        const response = await fetch(sandbox.url + path, { method: 'POST', body: form });
        return (await response.json()) as { errorCode: number; mediaId: string };
      };
      const { errorCode, mediaId } = await upload('/media/upload');
      assert.equal(errorCode, 0);
      assert.equal((await upload('/media/upload/message')).errorCode, 15002);
      assert.deepEqual(Buffer.from(await (await download(mediaId)).arrayBuffer()), bytes);
      assert.equal((await sandbox.post('/media/delete', { ...(await corp()), mediaId })).errorCode, 0);
      assert.match((await download(mediaId)).headers.get('content-type') ?? '', /json/);
    });

    it('ask for a token', async () => {
      const form = new FormData();
      form.set('media', new File([bytes], 'x.txt'));
      const response = await fetch(`${sandbox.url}/media/upload`, { method: 'POST', body: form });
      assert.equal(((await response.json()) as { errorCode: number }).errorCode, 20017);
    });
  });
});

describe('the documentation of the sandbox', () => {
  const pathsIn = (text: string): string[] =>
    [...text.matchAll(/`(\/[\w.{},/-]+)`/g)].flatMap(([, path = '']) => {
      const [, before = '', names, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
      return names === undefined ? [path] : names.split(',').map(name => before + name + after);
    });
  const section = async (title: string): Promise<string> => {
    const text = await readFile('docs/sandbox.md', 'utf8');
    const [, rest = ''] = text.split(`\n## ${title}\n`);
    return rest.split('\n## ')[0] ?? '';
  };

  it('lists exactly what is served', async () => {
    assert.deepEqual(pathsIn(await section('What it serves')).sort(), [...routes.keys()].sort());
  });

  it('lists nothing as left out that is served', async () => {
    const leftOut = pathsIn(await section('What it does not serve'));
    assert.ok(leftOut.length > 20);
    assert.deepEqual(
      leftOut.filter(path => routes.has(path)),
      [],
    );
  });
});

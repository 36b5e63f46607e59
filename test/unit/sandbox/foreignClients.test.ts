import assert from 'node:assert/strict';
import http from 'node:http';
import { column, startTestSandbox, type Answer, type Row, type TestSandbox } from './client';

/**
 * Requests as public clients of others send them, which know nothing of ours: read from their sources, written anew.
 * All of them use the legacy style, with the token at the top of the body.
 */

type Json = Record<string, unknown>;

/** How a client writes a call: what it adds, how it spells JSON, which headers and query it sends. */
interface Manner {
  readonly print: (body: Json) => string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly query?: string;
}

let sandbox: TestSandbox;
before(async () => (sandbox = await startTestSandbox()));
after(() => sandbox.close());

/** Node's own request, as `fetch` would add headers that these clients do not send. */
function send(manner: Manner, path: string, body: Json): Promise<Answer & Record<string, any>> {
  const text = manner.print(body);
  const headers = { ...manner.headers, 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const request = http.request(sandbox.url + path + (manner.query ?? ''), { method: 'POST', headers }, response => {
      let answer = '';
      response.setEncoding('utf8').on('data', (part: string) => (answer += part));
      response.on('end', () => resolve(JSON.parse(answer) as Answer));
    });
    request.on('error', reject).end(text);
  });
}

/** Signs in as all of them do, and gives calls as one employee. */
async function signIn(manner: Manner) {
  const { appId, appSecret, permanentCode } = sandbox;
  const token = await send(manner, '/cgi/corpAccessToken/get/V2', { appId, appSecret, permanentCode });
  assert.equal(token.errorCode, 0);
  const { corpAccessToken, corpId } = token;
  // The PHP client sends the whole answer along.
  const found = await send(manner, '/cgi/user/getByMobile', { ...token, mobile: '13800001002' });
  const currentOpenUserId: string = found['empList'][0].openUserId;
  const call = async (path: string, body: Json, errorCode = 0) => {
    const answer = await send(manner, path, { ...body, corpAccessToken, corpId, currentOpenUserId });
    assert.equal(answer.errorCode, errorCode, `${path}: ${answer.errorMessage}`);
    return answer;
  };
  return { call, corpAccessToken, corpId, currentOpenUserId };
}

type Call = Awaited<ReturnType<typeof signIn>>['call'];
const idsOf = ({ data }: Answer): string[] => column(data.dataList, '_id');

/** Encodes `<`, `>` and `&`, ends with a line break and says nothing of the content's type. */
const go: Manner = {
  print: body =>
    `${JSON.stringify(body).replace(/[<>&]/g, character => `\\u00${character.charCodeAt(0).toString(16)}`)}\n`,
  headers: { 'user-agent': 'Go-http-client/1.1', 'accept-encoding': 'gzip' },
};

/** Encodes all that is not ASCII, and slashes; has one kind of empty list and map. */
const php: Manner = {
  print: body =>
    JSON.stringify(body)
      .replaceAll('/', '\\/')
      .replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  headers: { 'user-agent': 'GuzzleHttp/7', 'content-type': 'application/json' },
};

/** Puts spaces between, and parameters of its own into the address. */
const python: Manner = {
  print: body => JSON.stringify(body, undefined, 1).replace(/\n */g, ' '),
  headers: { 'user-agent': 'python-requests/2.31.0', accept: '*/*', 'content-type': 'application/json' },
  query: '?access_token=None&appsecret_proof=x',
};

/** Closes each connection. */
const csharp: Manner = {
  print: body => JSON.stringify(body),
  headers: { 'content-type': 'application/json; charset=utf-8', connection: 'Close', expect: '100-continue' },
};

describe('the sandbox takes what clients of others send', () => {
  it('Go: github.com/k8scat/fxiaoke, client.go, object.go, user.go', async () => {
    const { call, currentOpenUserId } = await signIn(go);
    const object = { dataObjectApiName: 'AccountObj' };
    // Slices that were never set are null; all is read by offset, up to the total.
    const orders = [{ fieldName: 'create_time', isAsc: true }];
    const page = (offset: number) => ({ limit: 100, offset, filters: null, fieldProjection: null, orders });
    const ids: string[] = [];
    for (let total = 1; ids.length < total;) {
      const answer = await call('/cgi/crm/v2/data/query', { data: { ...object, search_query_info: page(ids.length) } });
      ids.push(...idsOf(answer));
      total = answer.data.total;
    }
    assert.equal(new Set(ids).size, 287);

    const object_data = { ...object, name: 'A <b> & c', owner: [currentOpenUserId] };
    const { dataId } = await call('/cgi/crm/v2/data/create', { data: { object_data, triggerWorkFlow: false } });
    const changed = { ...object, _id: dataId, remark: 'x' };
    await call('/cgi/crm/v2/data/update', { data: { object_data: changed }, triggerApprovalFlow: false });
    const ownerId = [currentOpenUserId];
    await call('/cgi/crm/v2/data/changeOwner', { data: { Data: [{ ownerId, objectDataId: dataId }], ...object } });
    const { data } = await call('/cgi/crm/v2/data/get', { data: { ...object, objectDataId: dataId } });
    assert.deepEqual([data.name, data.remark, data.owner], ['A <b> & c', 'x', [currentOpenUserId]]);
    await call('/cgi/crm/v2/data/invalid', { data: { object_data_id: dataId, ...object } });
    await call('/cgi/crm/v2/data/delete', { data: { idList: [dataId], ...object } });

    const described = await call('/cgi/crm/v2/object/describe', { apiName: 'AccountObj', includeDetail: true });
    assert.equal(described.data.describe.api_name, 'AccountObj');
    const people = (await call('/cgi/user/list', { departmentId: 999999, fetchChild: true }))['userList'] as Row[];
    assert.ok(people.some(({ openUserId }) => openUserId === currentOpenUserId));
    const person = await call('/cgi/user/get', { openUserId: currentOpenUserId });
    assert.equal(person.openUserId, currentOpenUserId);
  });

  for (const [object, folder] of [
    ['AccountObj', '/cgi/crm/v2/data'],
    ['object_lease__c', '/cgi/crm/custom/v2/data'],
  ] as const) {
    it(`PHP: github.com/DongDavid/fxiaoke, src/object/traits, Authentication.php (${object})`, async () => {
      const { call, currentOpenUserId } = await signIn(php);
      const data = (rest: Json) => ({ data: { dataObjectApiName: object, ...rest } });
      // Neither the name of the orders nor the place of the last key is the documented one.
      const none: unknown[] = [];
      const list = { offset: 0, limit: 100, filters: none, order: none, fieldProjection: none };
      const search_query_info = { ...list, find_explicit_total_num: false };
      assert.ok(idsOf(await call(`${folder}/query`, data({ search_query_info }))).length > 40);

      const object_data = {
        dataObjectApiName: object,
        name: '北京/朝阳',
        owner: [currentOpenUserId],
        ...(await needed(call, object)),
      };
      const flags = {
        triggerWorkFlow: true,
        hasSpecifyTime: false,
        hasSpecifyCreatedBy: false,
        includeDetailIds: true,
      };
      const { dataId } = await call(`${folder}/create`, data({ object_data, details: none, ...flags }));
      await call(`${folder}/update`, {
        data: {
          triggerWorkFlow: true,
          skipFunctionAction: false,
          object_data: { ...object_data, _id: dataId, name: '上海' },
        },
      });
      assert.equal((await call(`${folder}/get`, data({ objectDataId: dataId }))).data.name, '上海');
      await call(`${folder}/changeOwner`, data({ Data: [{ objectDataId: dataId, ownerId: [currentOpenUserId] }] }));
      await call('/cgi/crm/v2/object/lock', data({ dataIds: [dataId], detailObjStrategy: 1 }));
      await call('/cgi/crm/v2/object/unlock', data({ dataIds: [dataId], detailObjStrategy: 1 }));
      await call(`${folder}/invalid`, data({ object_data_id: dataId }));
      await call(`${folder}/delete`, data({ idList: [dataId] }));
    });
  }

  it('Python: github.com/wbchn/fxiaoke-python, fxiaoke/api.py, and its Airflow provider', async () => {
    const { call } = await signIn(python);
    const filters = [{ field_name: 'last_modified_time', field_values: [0, Date.now()], operator: 'BETWEEN' }];
    // Its cursor adds offset and limit of the answer, and compares with the total.
    const ids: string[] = [];
    for (let offset = 0, more = true; more;) {
      const search_query_info = { filters, limit: 100, offset };
      const answer = await call('/cgi/crm/v2/data/query', {
        data: { dataObjectApiName: 'AccountObj', search_query_info },
      });
      ids.push(...idsOf(answer));
      const { total, offset: from, limit } = answer.data as { total: number; offset: number; limit: number };
      offset = from + limit;
      more = total > offset;
    }
    assert.ok(new Set(ids).size === ids.length && ids.length > 200);
    const one = await call('/cgi/crm/v2/data/get', { data: { dataObjectApiName: 'AccountObj', objectDataId: ids[0] } });
    assert.equal(one.data._id, ids[0]);
  });

  it('C#: github.com/ZhangZihe/FxiaokeSDK.NET, FxiaokeClientBase.cs, Request/*.cs', async () => {
    const { call, corpAccessToken, corpId } = await signIn(csharp);
    const object = { dataObjectApiName: 'PriceBookObj' };
    const filters = [{ field_name: 'life_status', field_values: ['normal'], operator: 'EQ' }];
    const orders = [{ fieldName: 'last_modified_time', isAsc: false }];
    const search_query_info = { limit: 20, offset: 0, filters, orders };
    const [id] = idsOf(await call('/cgi/crm/v2/data/query', { data: { ...object, search_query_info } }));
    await call('/cgi/crm/v2/data/update', { data: { object_data: { ...object, _id: id, name: '2027' } } });
    await call('/cgi/crm/v2/data/invalid', { data: { ...object, object_data_id: id } });
    await call('/cgi/crm/v2/data/recover', { data: { ...object, idList: [id] } });
    // These name nobody.
    for (const path of ['/cgi/user/simpleList', '/cgi/department/list']) {
      const body = { departmentId: 999999, fetchChild: false, corpAccessToken, corpId };
      assert.equal((await send(csharp, path, body)).errorCode, 0);
    }
  });

  it('and refuses all of them with a token that is wrong', async () => {
    for (const manner of [go, php, python, csharp]) {
      const body = { corpAccessToken: 'x'.repeat(32), corpId: sandbox.corpId, currentOpenUserId: 'FSUID_x' };
      assert.equal((await send(manner, '/cgi/crm/v2/object/list', body)).errorCode, 20016);
    }
  });
});

/** Values for the fields that an object requires, taken from a record that it has. */
async function needed(call: Call, object: string): Promise<Json> {
  const { data: described } = await call('/cgi/crm/v2/object/describe', { data: { apiName: object } });
  const fields = Object.values(described.describe.fields as Record<string, Row>);
  const names = fields
    .filter(({ is_required, define_type }) => is_required && define_type !== 'system')
    .map(({ api_name }) => api_name as string);
  const search_query_info = { limit: 1, offset: 0 };
  const path = object.endsWith('__c') ? '/cgi/crm/custom/v2/data/query' : '/cgi/crm/v2/data/query';
  const { data } = await call(path, { data: { dataObjectApiName: object, search_query_info } });
  const [record] = data.dataList as Row[];
  const kept = names.filter(name => !['name', 'owner'].includes(name) && record[name] !== undefined);
  return Object.fromEntries(kept.map(name => [name, record[name]]));
}

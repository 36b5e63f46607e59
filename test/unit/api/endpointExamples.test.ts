import assert from 'node:assert/strict';
import { exampleOf, exampleRequest } from '../../../src/api/endpointExamples';
import table from '../../../src/api/endpointExamples.json';
import { endpoints, type Endpoint, type EndpointId } from '../../../src/api/endpoints';
import { isJsonObject, type JsonValue } from '../../../src/base/json';

const ids = Object.keys(endpoints) as EndpointId[];

/** Every key and text of a body, with the path of keys to it. */
function* leaves(value: JsonValue | undefined, path = ''): Generator<{ path: string; value: JsonValue | undefined }> {
  yield { path, value };
  if (Array.isArray(value)) for (const item of value) yield* leaves(item, `${path}[]`);
  else if (isJsonObject(value))
    for (const [key, child] of Object.entries(value)) yield* leaves(child, `${path}.${key}`);
}
const everyLeaf = ids.flatMap(id =>
  (['request', 'response'] as const).flatMap(part =>
    [...leaves(exampleOf(id)[part])].map(leaf => ({ ...leaf, path: `${id}.${part}${leaf.path}` })),
  ),
);

describe('api/endpointExamples', () => {
  it('has an entry for each endpoint, in the order of the table', () => {
    assert.deepEqual(Object.keys(table), ids);
  });

  it('shows a request wherever a source shows one', () => {
    assert.deepEqual(
      ids.filter(id => exampleOf(id).request === undefined),
      [
        ...['accountBind', 'unid', 'unidBatch', 'openId', 'openIdBatch', 'fieldPlanCreate', 'oaApproval'],
        ...['erpList', 'erpInvalid', 'erpChangeOwner'],
        ...['v1Drop', 'v1ChangeOwner', 'v1ChangeSalesStage', 'v1AccountReturn'],
      ],
    );
  });

  it('shows the fields of an answer where the table says that there are some', () => {
    for (const id of ids) {
      const shown = exampleOf(id).response !== undefined;
      assert.equal(shown, ['fields', 'bare'].includes(endpoints[id].response), id);
    }
  });

  it('names the object where the table says', () => {
    for (const id of ids) {
      const { objectAt }: Endpoint = endpoints[id];
      const { request } = exampleOf(id);
      if (!objectAt || !request) continue;
      const found = everyLeaf.find(({ path }) => path === [id, 'request', ...objectAt].join('.'))?.value;
      assert.match(JSON.stringify(found), /^"(\w+Obj|BpmInstance|stageRuntime|object_\w+__c)"$/, id);
    }
  });

  it('has no name of an object in a request but where the table says', () => {
    const key = /\.(apiName|dataObjectApiName|objectApiName|entityId|destObjectApiName)$/;
    for (const { path } of everyLeaf.filter(leaf => leaf.path.includes('.request.') && key.test(leaf.path))) {
      const [id = '', , ...keys] = path.split('.');
      assert.deepEqual(endpoints[id as EndpointId].objectAt, keys, path);
    }
  });

  it('holds no secret, no token and nothing that signs a call in', () => {
    for (const { path, value } of everyLeaf) {
      const key = path.split('.').at(-1)?.replaceAll('[]', '') ?? '';
      if (/^(.*secret|.*token|permanentCode|code|password|ticket|acid|ak|sign)$/i.test(key))
        assert.match(JSON.stringify(value), /^"<.+>"$/, path);
      if (typeof value !== 'string') continue;
      assert.doesNotMatch(value, /[0-9a-fA-F]{25}|[A-Za-z0-9+/_-]{40}/, path);
      for (const id of value.match(/FS[A-Z]+ID_\w+/g) ?? []) assert.match(id, /_(xxx|yyy)$/, path);
    }
    const signsIn = /\.request\.(corpAccessToken|corpId|currentOpenUserId|authorization|thirdTraceId)$/;
    assert.deepEqual(
      everyLeaf.filter(({ path }) => signsIn.test(path)),
      [],
    );
  });

  describe('keeps what the API spells in its own way', () => {
    const spells = (id: EndpointId, ...paths: string[]) =>
      it(`${id}: ${paths.join(', ')}`, () => {
        const present = new Set([...leaves(exampleOf(id).request)].map(({ path }) => path.slice(1)));
        for (const path of paths) assert.ok(present.has(path), path);
      });
    spells('query', 'data.search_query_info.filters[].field_name', 'data.search_query_info.filters[].field_values');
    spells('query', 'data.search_query_info.orders[].fieldName', 'data.search_query_info.fieldProjection');
    spells('findSimple', 'data.field_projection');
    spells('findOne', 'data.field_projection');
    spells('changeOwner', 'data.Data[].objectDataId', 'data.Data[].ownerId');
    spells('get', 'data.objectDataId');
    spells('invalid', 'data.object_data_id');
    spells('recover', 'data.idList');
    spells('delete', 'data.idList');
    spells('bulkInvalid', 'data.idList');
    spells('lock', 'data.dataIds');
    spells('teamAdd', 'apiName', 'data.dataIDs');
    spells('teamGet', 'apiName', 'data.dataID');
    spells('poolChoose', 'data.objectIds');
    spells('poolReturn', 'data.objectIds');
    spells('poolRemove', 'data.objectIDs');
    spells('create', 'data.object_data.dataObjectApiName', 'data.details', 'data.optionInfo');
    spells('functionCall', 'data.api_name');
    spells('erpPush', 'data.objAPIName');
    spells('crmLog', 'data.QueryInfo.FilterMainID');
    spells('roleList', 'data.AuthContext.appId');
    spells('mediaDownload', 'igonreMediaIdConvert');
    spells('v1Query', 'searchQuery.orders[].ascending');
  });

  describe('exampleRequest', () => {
    it('names another object where the endpoint takes one', () => {
      assert.deepEqual(exampleRequest('get', 'object_x__c'), {
        includeNull: false,
        data: { dataObjectApiName: 'object_x__c', objectDataId: '64f0c0ffee00000000000001' },
      });
      const { data } = exampleRequest('create', 'LeadsObj') as { data: { object_data: Record<string, JsonValue> } };
      assert.equal(data.object_data['dataObjectApiName'], 'LeadsObj');
      assert.equal(exampleRequest('teamGet', 'OpportunityObj')?.['apiName'], 'OpportunityObj');
    });

    it('keeps the object of the source where none is given, and ignores one that has no place', () => {
      assert.deepEqual(exampleRequest('get'), exampleOf('get').request);
      assert.deepEqual(exampleRequest('messageSend', 'LeadsObj'), exampleOf('messageSend').request);
    });

    it('gives a copy, so that no caller changes the table', () => {
      const request = exampleRequest('get') as { data: Record<string, JsonValue> };
      request.data['objectDataId'] = 'changed';
      assert.notDeepEqual(exampleRequest('get'), request);
    });

    it('has nothing where no source shows a request', () => {
      assert.equal(exampleRequest('accountBind', 'AccountObj'), undefined);
    });
  });
});

import assert from 'node:assert/strict';
import { exampleOf } from '../../../src/api/endpointExamples';
import { endpoints, type Endpoint, type EndpointId, type WriteOperation } from '../../../src/api/endpoints';
import { writeIn } from '../../../src/api/writeIn';
import { printJson, type JsonObject } from '../../../src/base/json';
import { requestOperations, requestText } from '../../../src/requests/templates';

describe('api/writeIn', () => {
  const check = (
    path: string,
    data: JsonObject | undefined,
    operation: WriteOperation,
    object: string | undefined,
    count: number,
  ) =>
    it(`${path} ${data === undefined ? '' : printJson(data).slice(0, 80)}: ${operation} ${count} of ${object ?? '?'}`, () => {
      const write = writeIn(path, data && printJson({ data }));
      assert.deepEqual([write.operation, write.object, write.count], [operation, object, count]);
    });
  const preset = '/cgi/crm/v2/data';
  const custom = '/cgi/crm/custom/v2/data';
  const account = { dataObjectApiName: 'AccountObj' };
  const own = { dataObjectApiName: 'object_x__c' };

  check(`${preset}/create`, { object_data: account }, 'create', 'AccountObj', 1);
  check(`${custom}/create`, { object_data: own, details: { a__c: [{}, {}], b__c: [{}] } }, 'create', 'object_x__c', 4);
  check(`${preset}/update`, { object_data: account, details: {} }, 'update', 'AccountObj', 1);
  check(`${preset}/changeOwner`, { ...account, Data: [{}, {}] }, 'changeOwner', 'AccountObj', 2);
  check(`${preset}/invalid`, { ...account, object_data_id: 'a' }, 'invalidate', 'AccountObj', 1);
  check(`${preset}/recover`, { ...account, idList: ['a', 'b', 'c'] }, 'recover', 'AccountObj', 3);
  check(`${custom}/delete`, { ...own, idList: ['a'] }, 'delete', 'object_x__c', 1);
  check(`${preset}/delete`, { ...account, idList: [] }, 'delete', 'AccountObj', 1);
  check('/cgi/crm/v2/object/lock', { ...account, dataIds: ['a', 'b'] }, 'lock', 'AccountObj', 2);
  check('/cgi/crm/v2/object/unlock', { ...account, dataIds: ['a', 'b'] }, 'unlock', 'AccountObj', 2);
  check('/cgi/crm/custom/data/invalid', { ...own, idList: ['a', 'b'] }, 'invalidate', 'object_x__c', 2);
  // What no source shows the body of is read as the others are.
  check('/cgi/crm/data/drop', { ...account, dataIds: ['a', 'b'] }, 'delete', 'AccountObj', 2);
  check('/cgi/crm/data/drop', undefined, 'delete', undefined, 1);
  check('/cgi/crm/erp/data', { object_data: account }, 'create', 'AccountObj', 1);
  check('/cgi/crm/erp/data', { object_data: { ...account, _id: 'a' } }, 'update', 'AccountObj', 1);
  // They have no operation of their own, yet more than one record is more than one.
  check(`${preset}/choose`, { apiName: 'LeadsObj', objectIds: ['a', 'b'] }, 'send', 'LeadsObj', 2);
  check(`${preset}/remove`, { apiName: 'LeadsObj', objectIDs: ['a', 'b', 'c'] }, 'send', 'LeadsObj', 3);
  check('/cgi/crm/team/add', { dataIDs: ['a', 'b'] }, 'send', undefined, 2);
  check('/cgi/crm/unknown', {}, 'send', undefined, 1);
  check('/cgi/crm/unknown', undefined, 'send', undefined, 1);
  check(`${preset}/delete`, undefined, 'delete', undefined, 1);
  check(`${preset}/delete`, { dataObjectApiName: 7, idList: 'a' }, 'delete', undefined, 1);
  check(`${preset}/get`, account, 'send', 'AccountObj', 1);

  it('knows each template for a write as what it is, with its object', () => {
    for (const operation of requestOperations) {
      if (['get', 'query', 'describe', 'list'].includes(operation)) continue;
      const [head = '', body] = requestText({ object: 'object_x__c', operation }).split('\n\n');
      const path = head.split('\n').at(-1)!.replace('POST ', '');
      const write = writeIn(path, body);
      assert.deepEqual([write.operation, write.object, write.count], [operation, 'object_x__c', 1]);
    }
  });

  const names = (path: string, body: JsonObject, ids: string[], fields: string[] = []) =>
    it(`names the records of ${path} ${printJson(body).slice(0, 60)}`, () => {
      const write = writeIn(path, printJson(body));
      assert.deepEqual([write.ids, write.fields], [ids, fields]);
    });
  const data = (more: JsonObject): JsonObject => ({ data: { ...account, ...more } });
  names(`${preset}/delete`, data({ idList: ['a', 'b', 'a'] }), ['a', 'b']);
  names(`${preset}/changeOwner`, data({ Data: [{ objectDataId: 'a', ownerId: ['1'] }, { objectDataId: 'b' }] }), [
    'a',
    'b',
  ]);
  names(`${preset}/invalid`, data({ object_data_id: 'a' }), ['a']);
  names(
    `${preset}/update`,
    { data: { object_data: { ...account, _id: 'a', name: 'x', owner: ['1'] } } },
    ['a'],
    ['name', 'owner'],
  );
  // The id that a caller wishes for is none that is there.
  names(`${preset}/create`, { data: { object_data: { ...account, _id: 'a', name: 'x' } } }, []);
  names('/cgi/crm/data/update', { apiName: 'AccountObj', dataId: 'a', data: { name: 'x' } }, ['a'], ['name']);
  names('/cgi/crm/v2/leads/transfer', { data: { leadsId: 'a', dataList: { AccountObj: { _id: 'b' } } } }, ['a']);
  names('/cgi/crm/team/edit', { apiName: 'AccountObj', data: { dataID: 'a', teamMemberInfos: [{}, {}] } }, ['a']);

  describe('of every write in the table', () => {
    const writes = (Object.values(endpoints) as readonly Endpoint[]).filter(({ effect }) => effect === 'write');
    const example = ({ id }: Endpoint) => exampleOf(id).request;
    const written = (endpoint: Endpoint) => {
      const body = example(endpoint);
      return writeIn(endpoint.path, body && printJson(body));
    };

    it('knows which call it is, by its body where two share a path', () => {
      for (const endpoint of writes) assert.equal(written(endpoint).endpoint?.id, endpoint.id);
    });

    it('knows the object wherever the body tells it', () => {
      for (const endpoint of writes) {
        const body = printJson(example(endpoint) ?? null);
        if (/"(dataObjectApiName|apiName|entityId|destObjectApiName|leadsId)"/.test(body)) {
          assert.match(written(endpoint).object ?? '', /(Obj|__c)$/, endpoint.id);
        }
      }
    });

    it('says in the table what each does whose name says so', () => {
      const verbs: [RegExp, WriteOperation][] = [
        [/^(Create|Add) an? (ERP )?record/, 'create'],
        [/^Update an? (ERP )?record/, 'update'],
        [/^Change owner/, 'changeOwner'],
        [/^Invalidate/, 'invalidate'],
        [/^(Delete|Drop) .*record/, 'delete'],
        [/^Recover/, 'recover'],
        [/^Lock/, 'lock'],
        [/^Unlock/, 'unlock'],
      ];
      for (const { id, nameEn, operation } of writes) {
        assert.equal(operation, verbs.find(([name]) => name.test(nameEn))?.[1], id);
      }
      const reads: EndpointId[] = (Object.values(endpoints) as readonly Endpoint[])
        .filter(({ effect, operation }) => effect === 'read' && operation !== undefined)
        .map(({ id }) => id);
      assert.deepEqual(reads, []);
    });
  });
});

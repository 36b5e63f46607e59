import assert from 'node:assert/strict';
import { printJson, type JsonObject } from '../../../src/base/json';
import type { WriteOperation } from '../../../src/connections/gate';
import { writeIn } from '../../../src/requests/plannedWrite';
import { requestOperations, requestText } from '../../../src/requests/templates';

describe('requests/plannedWrite', () => {
  const check = (
    path: string,
    data: JsonObject | undefined,
    operation: WriteOperation,
    object: string | undefined,
    count: number,
  ) =>
    it(`${path} ${data === undefined ? '' : printJson(data).slice(0, 80)}: ${operation} ${count} of ${object ?? '?'}`, () =>
      assert.deepEqual(writeIn(path, data && printJson({ data })), { operation, object, count }));
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
  // They have no sentence of their own, yet more than one record is more than one.
  check('/cgi/crm/custom/data/invalid', { ...own, idList: ['a', 'b'] }, 'send', 'object_x__c', 2);
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
      assert.deepEqual(writeIn(path, body), { operation, object: 'object_x__c', count: 1 });
    }
  });
});

import assert from 'node:assert/strict';
import { LosslessNumber } from 'lossless-json';
import { parse } from '../../../src/requests/parse';
import { prepare } from '../../../src/requests/prepare';
import { operationNamed, requestOperations, requestText, type RequestTemplate } from '../../../src/requests/templates';
import { withoutVariables } from './withoutVariables';

async function sent(template: RequestTemplate): Promise<{ target: string; body: string }> {
  const file = parse(requestText(template));
  assert.deepEqual(file.problems, []);
  assert.equal(file.requests.length, 1);
  const outcome = await prepare(file.requests[0]!, file, withoutVariables);
  assert.ok(outcome.ready);
  return { target: outcome.request.target, body: outcome.request.body ?? '' };
}

describe('requests/templates', () => {
  const check = (template: RequestTemplate, target: string, data: unknown) => {
    it(`writes ${template.operation} of ${template.object}`, async () => {
      const { target: path, body } = await sent(template);
      assert.equal(path, target);
      assert.deepEqual(JSON.parse(body), data);
    });
  };
  const id = '64f0c0ffee00000000000009';
  const object = 'AccountObj';

  check({ object, operation: 'get', id }, '/cgi/crm/v2/data/get', {
    data: { dataObjectApiName: object, objectDataId: id },
  });
  check({ object, operation: 'query' }, '/cgi/crm/v2/data/query', {
    data: {
      dataObjectApiName: object,
      find_explicit_total_num: true,
      search_query_info: {
        limit: 20,
        offset: 0,
        filters: [],
        orders: [{ fieldName: 'last_modified_time', isAsc: false }],
      },
    },
  });
  check(
    {
      object,
      operation: 'create',
      fields: [
        { apiName: 'level', value: '1' },
        { apiName: 'name', value: 'x', required: true },
      ],
    },
    '/cgi/crm/v2/data/create',
    {
      triggerApprovalFlow: true,
      triggerWorkFlow: true,
      data: { object_data: { dataObjectApiName: object, name: 'x', level: '1' } },
    },
  );
  check(
    {
      object,
      operation: 'update',
      id,
      fields: [
        { apiName: 'owner', value: ['1000'] },
        { apiName: 'name', value: 'x' },
      ],
    },
    '/cgi/crm/v2/data/update',
    {
      triggerApprovalFlow: true,
      triggerWorkFlow: true,
      data: { object_data: { _id: id, dataObjectApiName: object, name: 'x' } },
    },
  );
  check({ object, operation: 'changeOwner', id, owner: '1001' }, '/cgi/crm/v2/data/changeOwner', {
    data: { dataObjectApiName: object, Data: [{ objectDataId: id, ownerId: ['1001'] }] },
  });
  check({ object, operation: 'invalidate', id }, '/cgi/crm/v2/data/invalid', {
    data: { object_data_id: id, dataObjectApiName: object },
  });
  check({ object, operation: 'recover', id }, '/cgi/crm/v2/data/recover', {
    data: { idList: [id], dataObjectApiName: object },
  });
  check({ object: 'car__c', operation: 'delete', id }, '/cgi/crm/custom/v2/data/delete', {
    data: { idList: [id], dataObjectApiName: 'car__c' },
  });
  check({ object: 'car__c', operation: 'lock', id }, '/cgi/crm/v2/object/lock', {
    data: { dataObjectApiName: 'car__c', dataIds: [id], detailObjStrategy: 1 },
  });
  check({ object, operation: 'describe' }, '/cgi/crm/v2/object/describe', {
    data: { apiName: object, includeDetail: true },
  });
  check({ object, operation: 'list' }, '/cgi/crm/v2/object/list', {});

  it('writes every operation of preset and custom objects cleanly, with and without fields', async () => {
    for (const operation of requestOperations) {
      for (const name of ['AccountObj', 'object_abc12__c']) {
        await sent({ object: name, operation });
        await sent({
          object: name,
          operation,
          title: '新建 {{x}} ### y',
          fields: [{ apiName: 'a__c', value: new LosslessNumber('1.10') }],
        });
      }
    }
  });

  it('keeps the title on one line and the required fields in front', () => {
    const text = requestText({
      object,
      operation: 'create',
      title: 'New\ncustomer',
      fields: [
        { apiName: 'b', value: new LosslessNumber('1.10') },
        { apiName: 'a', value: 'x', required: true },
      ],
    });
    assert.ok(text.startsWith('### New customer\nPOST /cgi/crm/v2/data/create\n\n{\n'));
    assert.ok(text.indexOf('"a": "x"') < text.indexOf('"b": 1.10'));
    assert.ok(text.endsWith('}\n'));
  });

  it('knows an operation by our name for it and by the name that the API has', () => {
    for (const operation of requestOperations) assert.equal(operationNamed(operation), operation);
    assert.equal(operationNamed('invalid'), 'invalidate');
    assert.equal(operationNamed('explode'), undefined);
  });
});

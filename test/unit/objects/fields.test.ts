import assert from 'node:assert/strict';
import fs from 'node:fs';
import { isJsonObject, parseJson, type JsonObject } from '../../../src/base/json';
import { fieldsOf, type Field } from '../../../src/objects/fields';

describe('objects/fields', () => {
  const check = (name: string, fields: JsonObject, expected: Field[]) =>
    it(name, () => assert.deepEqual(fieldsOf({ fields }), expected));
  const plain = { required: false, options: [], target: undefined };

  check('reads label, type and whether it is required', { name: { label: '名称', type: 'text', is_required: true } }, [
    { ...plain, apiName: 'name', label: '名称', type: 'text', required: true },
  ]);
  check(
    'reads options',
    { level: { label: '级别', type: 'select_one', options: [{ label: '重点', value: '1' }, { value: '2' }, 'x'] } },
    [
      {
        ...plain,
        apiName: 'level',
        label: '级别',
        type: 'select_one',
        options: [
          { value: '1', label: '重点' },
          { value: '2', label: '2' },
        ],
      },
    ],
  );
  check('reads where a look-up leads', { account_id: { type: 'object_reference', target_api_name: 'AccountObj' } }, [
    { ...plain, apiName: 'account_id', label: 'account_id', type: 'object_reference', target: 'AccountObj' },
  ]);
  check(
    'leaves out inactive fields and keeps the order',
    { b: { type: 'text' }, x: { is_active: false }, a: {}, y: 1 },
    [
      { ...plain, apiName: 'b', label: 'b', type: 'text' },
      { ...plain, apiName: 'a', label: 'a', type: '' },
    ],
  );

  it('finds no fields where there are none', () => {
    assert.deepEqual(fieldsOf({}), []);
    assert.deepEqual(fieldsOf({ fields: [] }), []);
  });

  it('reads the published sample', () => {
    const body = parseJson(fs.readFileSync('test/fixtures/samples/object_describe_ProductObj.json', 'utf8'));
    assert.ok(isJsonObject(body) && isJsonObject(body['data']) && isJsonObject(body['data']['describe']));
    const fields = fieldsOf(body['data']['describe']);
    assert.ok(fields.length > 0);
    for (const { type } of fields) assert.notEqual(type, '');
  });
});

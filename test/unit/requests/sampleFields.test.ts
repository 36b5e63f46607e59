import assert from 'node:assert/strict';
import type { JsonValue } from '../../../src/base/json';
import type { Field } from '../../../src/objects/fields';
import { requiredSamples } from '../../../src/requests/sampleFields';

const field = (apiName: string, type: string, rest: Partial<Field> = {}): Field => ({
  apiName,
  label: '标签',
  type,
  required: true,
  options: [],
  target: undefined,
  ...rest,
});
const now = 1_763_782_991_000;

describe('requests/sampleFields', () => {
  const check = (type: string, value: JsonValue, rest?: Partial<Field>) =>
    it(`gives ${type} ${JSON.stringify(value)}`, () =>
      assert.deepEqual(requiredSamples([field('x', type, rest)], '1000', now), [
        { apiName: 'x', value, required: true },
      ]));
  const options = [
    { value: '1', label: '重点' },
    { value: '2', label: '普通' },
  ];

  for (const type of ['text', 'long_text', 'html_rich_text']) check(type, '标签');
  for (const type of ['number', 'currency', 'percentile']) check(type, '0');
  for (const type of ['select_one', 'record_type']) check(type, '1', { options });
  check('select_one', '');
  for (const type of ['select_many', 'tag']) check(type, ['1'], { options });
  check('select_many', []);
  for (const type of ['date', 'date_time', 'time']) check(type, now);
  check('true_or_false', false);
  for (const type of ['employee', 'employee_many']) check(type, ['1000']);
  for (const type of ['department', 'department_many', 'object_reference_many']) check(type, []);
  for (const type of ['file_attachment', 'image', 'signature']) check(type, []);
  for (const type of ['object_reference', 'master_detail']) check(type, '', { target: 'AccountObj' });

  for (const type of ['auto_number', 'formula', 'count', 'quote', 'group', 'embedded_object_list', 'lock_rule'])
    it(`leaves ${type} to the server`, () => {
      assert.deepEqual(requiredSamples([field('x', type), field('name', type)], '1000', now), []);
    });

  it('puts the name first, required or not, and leaves out other fields', () => {
    const fields = [
      field('b', 'text'),
      field('c', 'text', { required: false }),
      field('name', 'text', { required: false }),
    ];
    assert.deepEqual(requiredSamples(fields, '1000', now), [
      { apiName: 'name', value: '标签', required: false },
      { apiName: 'b', value: '标签', required: true },
    ]);
  });
});

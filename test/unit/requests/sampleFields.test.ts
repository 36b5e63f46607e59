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
const author = { employeeId: '1000', now };

describe('requests/sampleFields', () => {
  const check = (type: string, value: JsonValue, rest?: Partial<Field>) =>
    it(`gives ${type} ${JSON.stringify(value)}`, () =>
      assert.deepEqual(requiredSamples([field('x', type, rest)], author), [{ apiName: 'x', value, required: true }]));
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
  for (const type of ['department', 'department_many']) check(type, ['999999']);
  check('object_reference_many', []);
  for (const type of ['file_attachment', 'image', 'signature']) check(type, []);
  for (const type of ['object_reference', 'master_detail']) check(type, '', { target: 'AccountObj' });

  it('points look-ups to what it is told', () => {
    const fields = [
      field('a', 'object_reference', { target: 'AccountObj' }),
      field('b', 'master_detail', { target: 'OrderObj' }),
      field('c', 'object_reference_many', { target: 'AccountObj' }),
    ];
    const samples = requiredSamples(fields, { ...author, idFor: ({ target }) => `an ${target ?? ''}` });
    assert.deepEqual(
      samples.map(({ value }) => value),
      ['an AccountObj', 'an OrderObj', ['an AccountObj']],
    );
  });

  for (const type of ['auto_number', 'formula', 'count', 'quote', 'group', 'embedded_object_list', 'lock_rule'])
    it(`leaves ${type} to the server`, () => {
      assert.deepEqual(requiredSamples([field('x', type), field('name', type)], author), []);
    });

  it('puts the name first, required or not, and leaves out other fields', () => {
    const fields = [
      field('b', 'text'),
      field('c', 'text', { required: false }),
      field('name', 'text', { required: false }),
    ];
    assert.deepEqual(requiredSamples(fields, author), [
      { apiName: 'name', value: '标签', required: false },
      { apiName: 'b', value: '标签', required: true },
    ]);
  });
});

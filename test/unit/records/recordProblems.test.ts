import assert from 'node:assert/strict';
import { parseJson, printJson, type JsonObject } from '../../../src/base/json';
import { fieldsOf } from '../../../src/objects/fields';
import { recordProblems } from '../../../src/records/recordProblems';

const options = [{ value: '1', label: '重要' }];
const fields = fieldsOf({
  fields: {
    name: { type: 'text', is_required: true },
    level: { type: 'select_one', options },
    tags: { type: 'select_many', options },
    amount: { type: 'currency' },
    at: { type: 'date_time' },
    flag: { type: 'true_or_false', options: [{ value: true, label: '是' }] },
    people: { type: 'employee_many' },
    files: { type: 'file_attachment' },
    sum: { type: 'formula' },
    odd: { type: 'a_type_of_tomorrow' },
  },
});
const record = parseJson(
  '{"_id":"1","name":"n","level":"old","amount":"1.10","big":12345678901234567890,"sum":"2","owner":["1"],"version":"3","owner__r":{}}',
) as JsonObject;

describe('records/recordProblems', () => {
  const problemsIn = (text: string, known = true) =>
    recordProblems(text, { record, fields: known ? fields : undefined });
  /** Each problem as its code, what it is about, and the text it stands at. */
  const check = (name: string, changes: JsonObject, expected: string[][], known = true) =>
    it(name, () => {
      const text = printJson({ ...record, ...changes }, 2);
      const found = problemsIn(text, known).map(problem => [
        problem.code,
        'expected' in problem ? problem.expected : 'value' in problem ? problem.value : problem.field,
        text.slice(problem.start, problem.end),
      ]);
      assert.deepEqual(found, expected);
    });

  check('minds nothing that is as it was read, whatever it is', {}, []);
  check(
    'minds no good value',
    {
      name: 'm',
      level: '1',
      tags: ['1'],
      amount: 5,
      at: 1_763_782_991_000,
      flag: false,
      people: ['1000'],
      files: [{ path: 'N_1' }],
      odd: { any: 'thing' },
    },
    [],
  );
  check('minds no emptied field', { level: null, amount: '', tags: null }, []);
  check('minds an emptied field that is required', { name: '' }, [['required', 'name', '""']]);
  check('minds an unknown option', { level: '9' }, [['unknownOption', '9', '"9"']]);
  check('minds an unknown one of several options', { tags: ['1', '9'] }, [['unknownOption', '9', '"9"']]);
  check('minds an unknown field, at its name', { nmae: 'x' }, [['unknownField', 'nmae', '"nmae"']]);
  check('minds a changed field that only the server changes', { version: '4', sum: '3' }, [
    ['readOnly', 'sum', '"3"'],
    ['readOnly', 'version', '"4"'],
  ]);
  check('minds another owner', { owner: ['2'] }, [
    ['ownerChanged', 'owner', printJson(['2'], 2).replaceAll('\n', '\n  ')],
  ]);
  check(
    'minds values of another shape',
    { name: 1, amount: 'much', at: '2025', flag: 'true', people: '1000', files: {} },
    [
      ['wrongShape', 'text', '1'],
      ['wrongShape', 'number', '"much"'],
      ['wrongShape', 'time', '"2025"'],
      ['wrongShape', 'boolean', '"true"'],
      ['wrongShape', 'texts', '"1000"'],
      ['wrongShape', 'list', '{}'],
    ],
  );
  check('minds a changed companion, which is never sent', { owner__r: 'x' }, [['readOnly', 'owner__r', '"x"']]);
  check(
    'says what it knows without a description, and no more',
    { nmae: 'x', level: '9', version: '4' },
    [['readOnly', 'version', '"4"']],
    false,
  );

  it('minds fields that were taken out, at the beginning', () => {
    const rest = { ...record };
    delete rest['amount'];
    const text = ` ${printJson(rest)}`;
    assert.deepEqual(problemsIn(text), [{ code: 'removed', field: 'amount', start: 1, end: 2 }]);
  });

  it('does not mind what stands as it was in an older reading', () => {
    const newest = { ...record, version: '4', name: 'm' };
    assert.deepEqual(
      recordProblems(printJson(record), { record: newest, fields }).map(({ field }) => field),
      ['version'],
    );
    assert.deepEqual(recordProblems(printJson(record), { record: newest, fields, readings: [record] }), []);
  });

  it('does not miss what was empty', () => {
    const text = printJson(record);
    assert.deepEqual(recordProblems(text, { record: { ...record, gone: null }, fields }), []);
  });

  it('says nothing of what seems to be gone while the text is no JSON', () => {
    for (const text of ['', '{', '{"_id": "1", "name": ', '[1]', '"x"']) assert.deepEqual(problemsIn(text), []);
  });

  describe('of a new record', () => {
    const fields = fieldsOf({
      fields: {
        name: { type: 'text', is_required: true },
        owner: { type: 'employee', is_required: true },
        code: { type: 'auto_number', is_required: true },
        level: { type: 'select_one', options: [{ value: '1', label: 'x' }] },
      },
    });
    const of = (text: string) =>
      recordProblems(text, { record: {}, fields, isNew: true }).map(({ code, field }) => [code, field]);

    it('minds required fields that are missing, and none that the tenant makes itself', () =>
      assert.deepEqual(of('{"level": "1"}'), [
        ['required', 'name'],
        ['required', 'owner'],
      ]));
    it('takes an owner, and details', () =>
      assert.deepEqual(of('{"name": "x", "owner": ["1000"], "details": {"LineObj": [{}]}}'), []));
    it('minds what is still to be filled in', () =>
      assert.deepEqual(of('{"name": " ", "owner": ""}'), [
        ['blank', 'name'],
        ['blank', 'owner'],
      ]));
    it('minds in details what it minds in their master, at its place', () => {
      const line = fieldsOf({
        fields: {
          order: { type: 'master_detail', target_api_name: 'OrderObj', is_required: true },
          product: { type: 'object_reference', is_required: true },
          unit: { type: 'select_one', options },
          amount: { type: 'number' },
        },
      });
      const text =
        '{"name": "x", "owner": ["1"], "details": {"LineObj": [{"product": "p", "unit": "9", "amunt": 1}, {"amount": "much"}], "OddObj": [{"x": 1}]}}';
      const found = recordProblems(text, { record: {}, fields, isNew: true }, object =>
        object === 'LineObj' ? line : undefined,
      );
      assert.deepEqual(
        found.map(({ code, start, end }) => [code, text.slice(start, end)]),
        [
          ['unknownOption', '"9"'],
          ['unknownField', '"amunt"'],
          ['wrongShape', '"much"'],
          ['required', '{'],
        ],
      );
    });
    it('minds what else no one may give, unknown options and details of another shape', () =>
      assert.deepEqual(of('{"name": "x", "owner": ["1"], "code": "1", "_id": "i", "level": "9", "details": [1]}'), [
        ['readOnly', 'code'],
        ['readOnly', '_id'],
        ['unknownOption', 'level'],
        ['badDetails', 'details'],
      ]));
  });
});

import assert from 'node:assert/strict';
import { parseJson, printJson, type JsonObject } from '../../../src/base/json';
import { fieldsOf } from '../../../src/objects/fields';
import { cloneText, creationIn, newRecordSnippet, typedSince } from '../../../src/records/newRecord';

const author = { employeeId: '1000', now: 1700000000000 };
const describe_: JsonObject = {
  fields: {
    level: {
      type: 'select_one',
      is_required: true,
      options: [
        { value: '1', label: '重要' },
        { value: '2', label: '一般' },
      ],
    },
    amount: { type: 'currency', label: '金额', is_required: true },
    remark: { type: 'long_text', label: '备注' },
    since: { type: 'date', is_required: true },
    open: { type: 'true_or_false', is_required: true },
    parent: { type: 'object_reference', target_api_name: 'AccountObj', is_required: true },
    tags: { type: 'select_many', is_required: true },
    files: { type: 'file_attachment', is_required: true },
    owner: { type: 'employee', is_required: true },
    code: { type: 'auto_number', is_required: true },
    name: { type: 'text', label: '客户 "名称" $1}', is_required: true },
  },
};
const fields = fieldsOf(describe_);

/** What the text is when nobody goes to any of its places. */
function withDefaults(snippet: string): string {
  return snippet.replace(/\$\{\d+:((?:\\.|[^\\}])*)\}/g, (_, inside: string) => inside.replace(/\\([\\$}])/g, '$1'));
}

describe('records/newRecord', () => {
  describe('newRecordSnippet', () => {
    const snippet = newRecordSnippet(fields, author);
    const record = parseJson(withDefaults(snippet)) as JsonObject;

    it('has the name first, then all that is required, and nothing that the tenant makes itself', () => {
      assert.deepEqual(Object.keys(record), [
        ...['name', 'level', 'amount', 'since', 'open', 'parent', 'tags', 'files', 'owner'],
      ]);
    });

    it('has a value of the right form at each place', () => {
      assert.deepEqual(record, {
        name: '',
        level: '1',
        amount: '0',
        since: author.now,
        open: false,
        parent: '',
        tags: [],
        files: [],
        owner: ['1000'],
      });
    });

    it('numbers its places in the order of the text', () => {
      const stops = [...snippet.matchAll(/\$\{(\d+):/g)].map(([, stop]) => Number(stop));
      assert.deepEqual(stops, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('is an empty record where nothing is known of the object', () => {
      assert.deepEqual(parseJson(newRecordSnippet([], author).replace('$0', '')), {});
    });
  });

  describe('typedSince', () => {
    const check = (name: string, before: string, now: string, expected: JsonObject | undefined) =>
      it(name, () => assert.deepEqual(typedSince(before, now), expected));
    const text = '{"name": "x", "level": "1", "details": {"LineObj": [{"a": 1}]}}';
    check('is nothing in the same record, however it is written', text, JSON.stringify(JSON.parse(text), null, 4), {});
    check(
      'is what was changed, added and taken out',
      text,
      '{"name": "y", "amount": "2", "details": {"LineObj": [{"a": 1}]}}',
      { name: 'y', level: null, amount: '2' },
    );
    check('cannot be told of what is no record', text, '{"name": ', undefined);
    check('cannot be told of other details', text, '{"name": "x", "level": "1"}', undefined);
  });

  describe('cloneText', () => {
    const record: JsonObject = {
      _id: 'i',
      amount: parseJson('1.10'),
      code: 'C-1',
      level: '1',
      level__r: '重要',
      name: '北京纷扬',
      remark: null,
      record_type: 'default__c',
      owner: ['1003'],
      version: '3',
      create_time: 1,
      life_status: 'normal',
    };

    it('leaves out ids, system fields, companions, what is empty and what nobody may set', () => {
      const clone = parseJson(cloneText(record, fields, author));
      assert.equal(
        printJson(clone),
        '{"name":"北京纷扬","level":"1","amount":1.10,"record_type":"default__c","owner":["1000"]}',
      );
    });

    it('does so, as far as can be told, where nothing is known of the object', () => {
      const clone = parseJson(cloneText(record, undefined, author)) as JsonObject;
      assert.deepEqual(Object.keys(clone), ['name', 'amount', 'code', 'level', 'record_type', 'owner']);
    });
  });

  describe('creationIn', () => {
    const check = (name: string, text: string, expected: unknown) =>
      it(name, () => assert.deepEqual(creationIn(text), expected));

    check('takes the fields', '{"name":"x","owner":["1000"]}', {
      data: { name: 'x', owner: ['1000'] },
      details: undefined,
    });
    check('takes the details from beside the fields', '{"name":"x","details":{"LineObj":[{"a":1}]}}', {
      data: { name: 'x' },
      details: { LineObj: [{ a: 1 }] },
    });
    check('never sends companions', '{"name":"x","owner__r":{"name":"y"}}', {
      data: { name: 'x' },
      details: undefined,
    });
    for (const details of ['[]', '{"LineObj":{}}', '{"LineObj":[1]}', '"x"'])
      check(`refuses the details ${details}`, `{"name":"x","details":${details}}`, { problem: { code: 'badDetails' } });
    check('refuses a record without fields', '{}', { problem: { code: 'empty' } });
    check('refuses what is not a record', '[]', { problem: { code: 'notARecord' } });
    it('refuses what is not JSON', () => {
      const outcome = creationIn('{"name": ');
      assert.ok('problem' in outcome && outcome.problem.code === 'notJson');
    });
  });
});

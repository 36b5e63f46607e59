import assert from 'node:assert/strict';
import { fieldsOf } from '../../../src/objects/fields';
import { blamedSpans, brokenSpan } from '../../../src/records/recordBlame';

const record = { _id: 'i', name: 'n', account_name: 'a', level: '1' };
const fields = fieldsOf({ fields: { level: { type: 'select_one', label: '客户级别' } } });
const text = `{
  "_id": "i",
  "name": "m",
  "account_name": "b",
  "level": "1"
}`;

describe('records/recordBlame', () => {
  const check = (name: string, words: string, expected: string[]) =>
    it(name, () => {
      const spans = blamedSpans(text, words, { record, fields });
      assert.deepEqual(
        spans.map(({ start, end }) => text.slice(start, end)),
        expected,
      );
    });
  check('finds a field by its API name', 'account_name is too long', ['"account_name": "b"']);
  check('finds a field by its label', '客户级别不能修改', ['"level": "1"']);
  check('prefers what the text changes', 'level: a name must be unique', ['"name": "m"']);
  check('takes all that the text changes where none is named', 'The record is locked', [
    '"name": "m"',
    '"account_name": "b"',
  ]);
  it('falls back to the beginning', () => {
    assert.deepEqual(blamedSpans('{', 'no', { record, fields: undefined }), [{ start: 0, end: 1 }]);
  });

  it('finds where a text ceases to be JSON', () => {
    const broken = (text: string) => {
      const { start, end } = brokenSpan(text);
      return [text.slice(0, start).split('\n').length, text.slice(start, end)];
    };
    assert.deepEqual(broken('{\n  "name": "n"\n  "level": "1"\n}\n'), [3, '"level"']);
    assert.deepEqual(broken('{\n  "name": "n",\n}\n'), [3, '}']);
    assert.deepEqual(broken('{\n  "name": tru\n}\n'), [2, 'tru']);
    assert.deepEqual(broken('{\n  // why\n  "name": "n"\n}\n'), [2, '// why']);
    assert.deepEqual(broken('{\n  "name": "n"\n'), [2, '"']);
    assert.deepEqual(brokenSpan(''), { start: 0, end: 1 });
  });
});

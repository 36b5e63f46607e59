import assert from 'node:assert/strict';
import { fieldsOf } from '../../../src/objects/fields';
import { recordHints } from '../../../src/records/recordHints';

const fields = fieldsOf({
  fields: {
    name: { type: 'text', label: '客户名称' },
    level: { type: 'select_one', label: '客户级别', options: [{ value: '1', label: '重要' }] },
    owner: { type: 'employee', label: '负责人' },
    same: { type: 'text', label: 'same' },
  },
});
const record = { name: 'n', level: '1', owner: ['1000'], owner__r: { name: '张三' }, same: 'x' };

describe('records/recordHints', () => {
  /** Each hint stands where the text has `‹›`. */
  const check = (name: string, marked: string, expected: [label: string | undefined, meaning: string | undefined][]) =>
    it(name, () => {
      const places = marked.split('‹›');
      const text = places.join('');
      const hints = recordHints(text, { record, fields });
      const offsets = places.slice(0, -1).map((_, index) => places.slice(0, index + 1).join('').length);
      assert.deepEqual(
        hints.map(({ offset }) => offset),
        offsets,
      );
      assert.deepEqual(
        hints.map(({ label, meaning }) => [label, meaning?.kind === 'text' ? meaning.text : undefined]),
        expected,
      );
    });
  check('says label and meaning at the end of the line', '{\n  "name": "n",‹›\n  "level": "1"‹›\n}', [
    ['客户名称', undefined],
    ['客户级别', '重要'],
  ]);
  check('says it beside the key where the value has lines of its own', '{\n  "owner": [‹›\n    "1000"\n  ]\n}', [
    ['负责人', '张三'],
  ]);
  check('says it behind the value where others share the line', '{"name": "n"‹›, "level": "1"‹›}', [
    ['客户名称', undefined],
    ['客户级别', '重要'],
  ]);
  check('minds the ends of lines of another system', '{\r\n  "name": "n"‹›\r\n}', [['客户名称', undefined]]);
  check(
    'says nothing that the name says already, nor of companions, unknown and unfinished fields',
    '{"same": "x", "owner__r": {}, "z": 1, "name": }',
    [],
  );
});

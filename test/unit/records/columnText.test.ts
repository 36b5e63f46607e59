import assert from 'node:assert/strict';
import { fieldsOf } from '../../../src/objects/fields';
import { columnText } from '../../../src/records/columnText';

const fields = fieldsOf({
  fields: {
    level: { label: '级别', type: 'select_one', options: [{ value: '1', label: '重要' }] },
    due: { label: '到期', type: 'date' },
  },
});
const record = {
  level: '1',
  due: new Date(2026, 0, 31).getTime(),
  account_id: 'a1',
  account_id__r: '王府井百货',
  owner: ['1003'],
  owner__r: { name: '张三' },
  tags: ['x', 'y'],
  amount: '12.50',
  empty: null,
  none: [],
};

describe('records/columnText', () => {
  it('says what the fields hold, in words and in the order picked', () => {
    const columns = ['due', 'level', 'account_id', 'owner', 'tags', 'amount'];
    assert.equal(columnText(record, columns, fields), '2026-01-31 · 重要 · 王府井百货 · 张三 · x, y · 12.50');
  });

  it('leaves out what is empty', () => {
    assert.equal(columnText(record, ['empty', 'none', 'unknown', 'level'], fields), '重要');
  });

  it('names people where no description is known', () => {
    assert.equal(columnText(record, ['owner'], []), '张三');
    assert.equal(columnText({ owner: ['1003'] }, ['owner'], []), '1003');
  });
});

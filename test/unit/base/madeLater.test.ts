import assert from 'node:assert/strict';
import { madeLater } from '../../../src/base/madeLater';

describe('base/madeLater', () => {
  it('makes the table when somebody looks, and once', () => {
    let made = 0;
    const table = madeLater(() => ({ one: { at: ++made }, two: { at: made } }));
    assert.equal(made, 0);
    assert.deepEqual(table.two, { at: 1 });
    assert.equal(table.one, table.one);
    assert.equal(made, 1);
  });

  it('looks like the table itself', () => {
    const table = madeLater(() => ({ one: 1, two: 2 }));
    assert.deepEqual(Object.entries(table), [
      ['one', 1],
      ['two', 2],
    ]);
    assert.deepEqual({ ...table }, { one: 1, two: 2 });
    assert.ok('one' in table);
    assert.ok(!Object.hasOwn(table, 'three'));
  });
});

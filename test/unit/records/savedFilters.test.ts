import assert from 'node:assert/strict';
import type { Filter } from '../../../src/records/recordCalls';
import { SavedFilters } from '../../../src/records/savedFilters';
import { memoryState } from '../fakes';

const important: Filter = { field_name: 'account_level', operator: 'EQ', field_values: ['1'] };
const named: Filter = { field_name: 'name', operator: 'LIKE', field_values: ['x'] };

describe('records/savedFilters', () => {
  const setUp = () => {
    const state = memoryState();
    let last = 0;
    return { state, filters: new SavedFilters(state, () => `f${++last}`) };
  };

  it('keeps the filters of each tenant and object', async () => {
    const { state, filters } = setUp();
    await filters.add('c1', 'AccountObj', [important]);
    await filters.add('c1', 'AccountObj', [named]);
    await filters.add('c2', 'AccountObj', [named]);
    const again = new SavedFilters(state, () => 'unused');
    assert.deepEqual(again.list('c1', 'AccountObj'), [
      { id: 'f1', conditions: [important] },
      { id: 'f2', conditions: [named] },
    ]);
    assert.deepEqual(again.list('c2', 'AccountObj'), [{ id: 'f3', conditions: [named] }]);
    assert.deepEqual(again.list('c1', 'ContactObj'), []);
  });

  it('forgets those of one connection', async () => {
    const { filters } = setUp();
    for (const connection of ['c1', 'c12']) await filters.add(connection, 'AccountObj', [named]);
    await filters.forget('c1');
    assert.deepEqual(filters.list('c1', 'AccountObj'), []);
    assert.equal(filters.list('c12', 'AccountObj').length, 1);
  });

  it('changes and removes one alone', async () => {
    const { filters } = setUp();
    await filters.add('c1', 'AccountObj', [important]);
    await filters.add('c1', 'AccountObj', [important]);
    await filters.change('c1', 'AccountObj', 'f1', [named, important]);
    assert.deepEqual(filters.list('c1', 'AccountObj'), [
      { id: 'f1', conditions: [named, important] },
      { id: 'f2', conditions: [important] },
    ]);
    await filters.remove('c1', 'AccountObj', 'f2');
    await filters.change('c1', 'AccountObj', 'f1', []);
    assert.deepEqual(filters.list('c1', 'AccountObj'), []);
  });
});

import assert from 'node:assert/strict';
import { Columns } from '../../../src/objects/columns';
import { memoryState } from '../fakes';

describe('objects/columns', () => {
  it('keeps the fields picked for each object in their order, and forgets those of an empty choice', async () => {
    const state = memoryState();
    const columns = new Columns(state);
    assert.equal(columns.of('AccountObj'), undefined);
    await columns.choose('AccountObj', ['tel', 'account_level']);
    await columns.choose('ContactObj', ['mobile1']);
    assert.deepEqual(new Columns(state).of('AccountObj'), ['tel', 'account_level']);
    await columns.choose('AccountObj', []);
    assert.equal(columns.of('AccountObj'), undefined);
    assert.deepEqual(columns.of('ContactObj'), ['mobile1']);
  });
});

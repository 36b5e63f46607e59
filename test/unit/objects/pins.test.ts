import assert from 'node:assert/strict';
import { Pins } from '../../../src/objects/pins';
import { memoryState } from '../fakes';

describe('objects/pins', () => {
  it('keeps them in the order in which they were pinned, each once', async () => {
    const state = memoryState();
    const pins = new Pins(state);
    assert.deepEqual(pins.list(), []);
    for (const name of ['AccountObj', 'ContactObj', 'AccountObj']) await pins.pin(name);
    assert.deepEqual(pins.list(), ['ContactObj', 'AccountObj']);
    await pins.unpin('ContactObj');
    await pins.unpin('LeadsObj');
    assert.deepEqual(new Pins(state).list(), ['AccountObj']);
  });
});

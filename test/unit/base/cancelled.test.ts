import assert from 'node:assert/strict';
import { CancelledError, isCancellation } from '../../../src/base/cancelled';

describe('base/cancelled', () => {
  it('knows a cancellation of ours and of the platform', () => {
    assert.equal(isCancellation(new CancelledError()), true);
    assert.equal(isCancellation(AbortSignal.abort().reason), true);
    assert.equal(isCancellation(Object.assign(new Error('x'), { name: 'AbortError' })), true);
    for (const other of [new Error('Cancelled'), 'AbortError', undefined]) assert.equal(isCancellation(other), false);
  });
});

import assert from 'node:assert/strict';
import { lazy } from '../../../src/base/lazy';

describe('base/lazy', () => {
  it('makes nothing before somebody asks, and one for all who ask', async () => {
    let made = 0;
    const part = lazy(() => Promise.resolve(++made));
    assert.equal(made, 0);
    assert.deepEqual(await Promise.all([part(), part()]), [1, 1]);
    assert.equal(await part(), 1);
  });

  it('tries again after a failure', async () => {
    let tried = 0;
    const part = lazy(() => (++tried === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(tried)));
    await assert.rejects(part(), /gone/);
    assert.equal(await part(), 2);
  });
});

import assert from 'node:assert/strict';
import { inSlices } from '../../../src/base/slices';

describe('base/slices', () => {
  /** Keeps the process busy for longer than a slice. */
  function work(): void {
    const until = performance.now() + 10;
    while (performance.now() < until);
  }

  it('does all there is, in order', async () => {
    const done: number[] = [];
    assert.equal(
      await inSlices(
        [1, 2, 3],
        each => done.push(each),
        () => true,
      ),
      true,
    );
    assert.deepEqual(done, [1, 2, 3]);
  });

  it('lets others have the process between two slices', async () => {
    const done: (number | string)[] = [];
    setImmediate(() => done.push('another'));
    await inSlices(
      [1, 2],
      each => {
        done.push(each);
        work();
      },
      () => true,
    );
    assert.deepEqual(done, [1, 'another', 2]);
  });

  it('stops when nobody wants it any more', async () => {
    const done: number[] = [];
    const all = await inSlices(
      [1, 2, 3],
      each => {
        done.push(each);
        work();
      },
      () => false,
    );
    assert.equal(all, false);
    assert.deepEqual(done, [1]);
  });
});

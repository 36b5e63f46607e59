import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { OneByOne } from '../../../src/base/oneByOne';

describe('base/oneByOne', () => {
  let asked = 0;
  let closed = false;

  async function* listsOf<T>(lists: readonly (readonly T[])[]): AsyncGenerator<readonly T[], void, void> {
    try {
      for (const list of lists) {
        asked++;
        await Promise.resolve();
        yield list;
      }
    } finally {
      closed = true;
    }
  }

  beforeEach(() => {
    asked = 0;
    closed = false;
  });

  it('gives everything in its order, whatever the lists', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.option(fc.nat(), { nil: undefined }))), async lists => {
        const seen = [];
        for await (const each of new OneByOne(listsOf(lists))) seen.push(each);
        assert.deepEqual(seen, lists.flat());
      }),
    );
  });

  it('gives each thing once to those who ask at the same time', async () => {
    const all = new OneByOne(listsOf([[1, 2], [], [3], [4, 5, 6]]));
    const results = await Promise.all(Array.from({ length: 8 }, () => all.next()));
    const values = results.filter(({ done }) => !done).map(({ value }) => value);
    assert.deepEqual(values.sort(), [1, 2, 3, 4, 5, 6]);
  });

  it('asks for a list when the one before is taken', async () => {
    const all = new OneByOne(listsOf([[1, 2], [3]]));
    assert.equal(asked, 0);
    await all.next();
    await all.next();
    assert.equal(asked, 1);
    await all.next();
    assert.equal(asked, 2);
  });

  it('lets go of the lists when the reader leaves', async () => {
    for await (const each of new OneByOne(listsOf([[1, 2], [3]]))) {
      assert.equal(each, 1);
      break;
    }
    assert.deepEqual([asked, closed], [1, true]);
  });

  it('gives nothing more once it is left', async () => {
    const all = new OneByOne(listsOf([[1, 2], [3]]));
    await all.next();
    await all.return();
    assert.deepEqual(await all.next(), { value: undefined, done: true });
  });

  it('fails as the lists do, and is at its end then', async () => {
    const all = new OneByOne(
      (async function* () {
        yield await Promise.resolve([1]);
        throw new Error('broken');
      })(),
    );
    await all.next();
    await assert.rejects(all.next(), /broken/);
    assert.deepEqual(await all.next(), { value: undefined, done: true });
  });
});

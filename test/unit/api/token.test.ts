import assert from 'node:assert/strict';
import { tokenFrom, TokenSource, type Exclusive, type Token } from '../../../src/api/token';
import { CancelledError } from '../../../src/base/cancelled';
import { deferred, memoryTokens } from '../fakes';

const token = (accessToken: string, renewAt = 6_600_000): Token => ({
  accessToken,
  ea: '12345',
  expiresAt: renewAt + 600_000,
  renewAt,
});

/** A source whose fetches are settled by hand. */
function setUp(stored?: Token) {
  const store = memoryTokens(stored);
  const clock = { now: 0 };
  const fetches: ReturnType<typeof deferred<Token>>[] = [];
  let open = 0;
  let mostOpen = 0;
  const fetch = async () => {
    const fetching = deferred<Token>();
    fetches.push(fetching);
    mostOpen = Math.max(mostOpen, ++open);
    return fetching.promise.finally(() => open--);
  };
  const source = new TokenSource(fetch, store, () => clock.now);
  return { source, store, clock, fetches, mostOpen: () => mostOpen };
}

/** Lets everything run that waits for nothing but its turn. */
const turn = () => new Promise(resolve => setImmediate(resolve));

describe('api/token', () => {
  describe('tokenFrom', () => {
    const check = (name: string, expiresIn: number, expected: { expiresAt: number; renewAt: number }) =>
      it(name, () => {
        const { expiresAt, renewAt } = tokenFrom({ accessToken: 'A', ea: '12345' }, expiresIn, 1_000_000_000_000);
        assert.deepEqual({ expiresAt: expiresAt - 1e12, renewAt: renewAt - 1e12 }, expected);
      });
    check('renews a new token after 6600 s', 7200, { expiresAt: 7_200_000, renewAt: 6_600_000 });
    check('takes expiresIn as the seconds left', 7084, { expiresAt: 7_084_000, renewAt: 6_484_000 });
    check('renews an almost spent one halfway', 300, { expiresAt: 300_000, renewAt: 150_000 });
    check('takes more than 1e9 as a point in time', 1_000_007_200, { expiresAt: 7_200_000, renewAt: 6_600_000 });
  });

  it('fetches once however many ask', async () => {
    const { source, fetches } = setUp();
    const asked = Array.from({ length: 20 }, () => source.get());
    await turn();
    fetches[0]!.resolve(token('A'));
    assert.deepEqual(new Set((await Promise.all(asked)).map(each => each.accessToken)), new Set(['A']));
    assert.equal((await source.get()).accessToken, 'A');
    assert.equal(fetches.length, 1);
  });

  it('reads the store once for a token that stays fresh', async () => {
    const { source, store } = setUp(token('STORED'));
    let reads = 0;
    store.read = () => {
      reads++;
      return Promise.resolve(store.token);
    };
    for (let i = 0; i < 3; i++) await source.get();
    assert.equal(reads, 1);
  });

  it('fetches nothing before someone asks', async () => {
    const { fetches } = setUp();
    await turn();
    assert.equal(fetches.length, 0);
  });

  it('keeps a token until 6600 s and then fetches another', async () => {
    const { source, clock, fetches, store } = setUp();
    const first = source.get();
    await turn();
    fetches[0]!.resolve(tokenFrom({ accessToken: 'A', ea: '12345' }, 7200, 0));
    await first;
    clock.now = 6_599_999;
    assert.equal((await source.get()).accessToken, 'A');
    clock.now = 6_600_000;
    const second = source.get();
    await turn();
    fetches[1]!.resolve(tokenFrom({ accessToken: 'B', ea: '12345' }, 7200, clock.now));
    assert.equal((await second).accessToken, 'B');
    assert.equal(store.token?.accessToken, 'B');
  });

  it('takes the token that was stored before, when it is fresh', async () => {
    const { source, fetches } = setUp(token('STORED'));
    assert.equal((await source.get()).accessToken, 'STORED');
    assert.equal(fetches.length, 0);
  });

  it('fetches when the stored one is stale', async () => {
    const { source, fetches } = setUp(token('STORED', 0));
    const asked = source.get();
    await turn();
    fetches[0]!.resolve(token('A'));
    assert.equal((await asked).accessToken, 'A');
  });

  it('does not remember a failed fetch', async () => {
    const { source, fetches } = setUp();
    const asked = [source.get(), source.get()];
    await turn();
    fetches[0]!.reject(new Error('no network'));
    for (const outcome of await Promise.allSettled(asked)) assert.equal(outcome.status, 'rejected');
    const again = source.get();
    await turn();
    fetches[1]!.resolve(token('A'));
    assert.equal((await again).accessToken, 'A');
  });

  describe('when a token was refused', () => {
    it('fetches another and stores it', async () => {
      const { source, fetches, store } = setUp(token('OLD'));
      const old = await source.get();
      const renewed = source.renew(old);
      await turn();
      fetches[0]!.resolve(token('NEW'));
      assert.equal((await renewed).accessToken, 'NEW');
      assert.equal((await source.get()).accessToken, 'NEW');
      assert.equal(store.token?.accessToken, 'NEW');
    });

    it('takes the one that another window stored meanwhile', async () => {
      const { source, fetches, store } = setUp(token('OLD'));
      const old = await source.get();
      store.token = token('OTHER WINDOW');
      assert.equal((await source.renew(old)).accessToken, 'OTHER WINDOW');
      assert.equal((await source.get()).accessToken, 'OTHER WINDOW');
      assert.equal(fetches.length, 0);
    });

    it('gives latecomers the one that is there already', async () => {
      const { source, fetches } = setUp(token('OLD'));
      const old = await source.get();
      const renewed = source.renew(old);
      await turn();
      fetches[0]!.resolve(token('NEW'));
      await renewed;
      assert.equal((await source.renew(old)).accessToken, 'NEW');
      assert.equal(fetches.length, 1);
    });

    it('fetches once for all who were refused', async () => {
      const { source, fetches } = setUp(token('OLD'));
      const old = await source.get();
      const renewed = [source.renew(old), source.renew(old), source.get()];
      await turn();
      fetches[0]!.resolve(token('NEW'));
      assert.deepEqual(
        (await Promise.all(renewed)).map(each => each.accessToken),
        ['NEW', 'NEW', 'NEW'],
      );
      assert.equal(fetches.length, 1);
    });
  });

  describe('when one who waits gives up', () => {
    it('goes on for the others', async () => {
      const { source, fetches } = setUp();
      const giveUp = new AbortController();
      const first = source.get(giveUp.signal);
      const second = source.get();
      await turn();
      giveUp.abort();
      await assert.rejects(first, CancelledError);
      fetches[0]!.resolve(token('A'));
      assert.equal((await second).accessToken, 'A');
    });

    it('keeps the token that still arrives', async () => {
      const { source, fetches } = setUp();
      const giveUp = new AbortController();
      const asked = source.get(giveUp.signal);
      await turn();
      giveUp.abort();
      await assert.rejects(asked, CancelledError);
      fetches[0]!.resolve(token('A'));
      await turn();
      assert.equal((await source.get()).accessToken, 'A');
      assert.equal(fetches.length, 1);
    });

    it('lets nobody wait who gave up before', async () => {
      const { source } = setUp();
      await assert.rejects(source.get(AbortSignal.abort()), CancelledError);
    });
  });

  it('signs in anew whatever is cached', async () => {
    const { source, fetches } = setUp(token('STORED'));
    await source.get();
    const fresh = source.signIn();
    await turn();
    fetches[0]!.resolve(token('FRESH'));
    assert.equal((await fresh).accessToken, 'FRESH');
    assert.equal((await source.get()).accessToken, 'FRESH');
  });

  it('never fetches two at a time', async () => {
    const { source, fetches, mostOpen } = setUp();
    const asked: Promise<Token>[] = [source.get(), source.signIn(), source.renew(token('X')), source.signIn()];
    for (let i = 0; i < asked.length; i++) {
      await turn();
      fetches[i]?.resolve(token(`T${i}`));
    }
    await Promise.all(asked);
    assert.equal(mostOpen(), 1);
  });

  describe('in two windows', () => {
    /** Lets one at a time, as the lock of the windows does. */
    function turns(): Exclusive {
      let last: Promise<unknown> = Promise.resolve();
      return work => {
        const next = last.then(work);
        last = next.catch(() => undefined);
        return next;
      };
    }

    /** Two sources over one store, and everything that they fetch. */
    function windows(stored: Token | undefined, exclusive: Exclusive) {
      const store = memoryTokens(stored);
      const fetches: { last: Token | undefined; fetching: ReturnType<typeof deferred<Token>> }[] = [];
      const open = () =>
        new TokenSource(
          last => {
            const fetching = deferred<Token>();
            fetches.push({ last, fetching });
            return fetching.promise;
          },
          store,
          () => 0,
          exclusive,
        );
      return { store, fetches, sources: [open(), open()] as const };
    }

    it('fetches once for both', async () => {
      const { sources, fetches } = windows(undefined, turns());
      const asked = sources.map(source => source.get());
      await turn();
      assert.equal(fetches.length, 1);
      fetches[0]!.fetching.resolve(token('A'));
      assert.deepEqual(
        (await Promise.all(asked)).map(each => each.accessToken),
        ['A', 'A'],
      );
      assert.equal(fetches.length, 1);
    });

    it('renews once for both', async () => {
      const { sources, fetches } = windows(token('OLD'), turns());
      const old = await sources[0].get();
      await sources[1].get();
      const renewed = sources.map(source => source.renew(old));
      await turn();
      fetches[0]!.fetching.resolve(token('NEW'));
      assert.deepEqual(
        (await Promise.all(renewed)).map(each => each.accessToken),
        ['NEW', 'NEW'],
      );
      assert.equal(fetches.length, 1);
    });

    it('never fetches two at a time, though both are told to sign in anew', async () => {
      const { sources, fetches } = windows(undefined, turns());
      const asked = sources.map(source => source.signIn());
      await turn();
      assert.equal(fetches.length, 1);
      fetches[0]!.fetching.resolve(token('A'));
      await turn();
      assert.equal(fetches.length, 2);
      fetches[1]!.fetching.resolve(token('B'));
      assert.deepEqual(
        (await Promise.all(asked)).map(each => each.accessToken),
        ['A', 'B'],
      );
    });

    it('lets the other go on when one fails', async () => {
      const { sources, fetches } = windows(undefined, turns());
      const [first, second] = sources.map(source => source.get());
      await turn();
      fetches[0]!.fetching.reject(new Error('no network'));
      await assert.rejects(first!, /no network/);
      fetches[1]!.fetching.resolve(token('A'));
      assert.equal((await second!).accessToken, 'A');
    });

    it('fetches by means of the last token, stale as it is', async () => {
      const stale = token('STALE', 0);
      const { sources, fetches } = windows(stale, turns());
      void sources[0].get();
      await turn();
      assert.equal(fetches[0]!.last, stale);
    });

    it('takes what the quicker one fetched where they could not wait for each other', async () => {
      const { sources, fetches } = windows(token('STALE', 0), work => work());
      const [first, second] = sources.map(source => source.get());
      await turn();
      assert.equal(fetches.length, 2);
      fetches[0]!.fetching.resolve(token('A'));
      await first;
      fetches[1]!.fetching.reject(new Error('the refresh token is used up'));
      assert.equal((await second!).accessToken, 'A');
    });
  });
});

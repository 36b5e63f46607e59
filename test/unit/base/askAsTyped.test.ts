import assert from 'node:assert/strict';
import { AskAsTyped } from '../../../src/base/askAsTyped';
import { deferred } from '../fakes';
import { VirtualClock } from '../virtualClock';

function setUp() {
  const clock = new VirtualClock();
  const asked: string[] = [];
  const shown: string[] = [];
  const answers = new Map<string, ReturnType<typeof deferred<string>>>();
  const search = new AskAsTyped(
    clock,
    typed => {
      asked.push(typed);
      const answer = deferred<string>();
      answers.set(typed, answer);
      return answer.promise;
    },
    answer => shown.push(answer),
  );
  const answer = async (typed: string) => {
    answers.get(typed)!.resolve(`for ${typed}`);
    await clock.pass(0);
  };
  return { clock, asked, shown, search, answer };
}

describe('base/askAsTyped', () => {
  it('asks at once before anything is typed, then once for what is typed without a pause', async () => {
    const { clock, asked, search } = setUp();
    void search.begin();
    for (const typed of ['w', 'wa', 'wan']) {
      search.type(typed);
      await clock.pass(100);
    }
    await clock.pass(300);
    assert.deepEqual(asked, ['', 'wan']);
  });

  it('drops what comes after something else was typed', async () => {
    const { clock, shown, search, answer } = setUp();
    void search.begin();
    search.type('a');
    await clock.pass(300);
    search.type('ab');
    await clock.pass(300);
    await answer('ab');
    await answer('a');
    await answer('');
    assert.deepEqual(shown, ['for ab']);
  });

  it('asks and shows nothing any more once it is stopped', async () => {
    const { clock, asked, shown, search, answer } = setUp();
    void search.begin();
    search.type('a');
    search.stop();
    await clock.pass(1000);
    await answer('');
    assert.deepEqual([asked, shown], [[''], []]);
  });
});

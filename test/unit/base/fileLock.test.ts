import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock, type Clock } from '../../../src/base/clock';
import { locksIn } from '../../../src/base/fileLock';
import { deferred } from '../fakes';

/** Real time for the files, but nobody waits for it. */
const hasty: Clock = { now: () => Date.now(), after: (_, callback) => systemClock.after(1, callback) };

describe('base/fileLock', () => {
  let folder: string;
  beforeEach(() => (folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'fx-lock-')), 'locks')));
  afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true, force: true }));

  /** Work that goes on until it is told otherwise, begun. */
  const begin = async (clock: Clock) => {
    const begun = deferred<undefined>();
    const end = deferred<undefined>();
    const over = locksIn(folder, clock)('app')(() => {
      begun.resolve(undefined);
      return end.promise;
    });
    await begun.promise;
    return { end: () => end.resolve(undefined), over };
  };
  /** As if the file had been touched a minute ago. */
  const age = (milliseconds = -60_000) => {
    const then = new Date(Date.now() + milliseconds);
    fs.utimesSync(onlyFile(), then, then);
  };
  const files = () => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);
  const onlyFile = () => path.join(folder, files()[0]!);

  it('touches no disk before there is work', () => {
    locksIn(folder, hasty)('app');
    assert.deepEqual(files(), []);
  });

  it('lets two windows work one after the other, in whatever order', async () => {
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setTimeout(resolve, 5));
      running--;
    };
    const windows = [1, 2, 3].map(() => locksIn(folder, hasty)('app'));
    await Promise.all(windows.flatMap(run => [run(work), run(work)]));
    assert.deepEqual([most, running], [1, 0]);
    assert.deepEqual(files(), []);
  });

  it('does not keep one app waiting for another', async () => {
    const first = deferred<undefined>();
    const locks = locksIn(folder, hasty);
    const held = locks('one')(() => first.promise);
    assert.equal(await locks('two')(() => Promise.resolve('done')), 'done');
    first.resolve(undefined);
    await held;
  });

  it('gives the answer or the failure of the work, and lets go in both cases', async () => {
    const run = locksIn(folder, hasty)('app');
    assert.equal(await run(() => Promise.resolve(1)), 1);
    await assert.rejects(
      run(() => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(await run(() => Promise.resolve(2)), 2);
    assert.deepEqual(files(), []);
  });

  it('takes over from a window that is gone', async () => {
    // A clock that never comes round: this window says no more that it still works.
    const gone = await begin({ now: () => Date.now(), after: () => () => undefined });
    age();
    let mine = '';
    await locksIn(folder, hasty)('app')(async () => {
      mine = fs.readFileSync(onlyFile(), 'utf8');
      // It was not gone after all: what it leaves is not what another has taken.
      gone.end();
      await gone.over;
      assert.equal(fs.readFileSync(onlyFile(), 'utf8'), mine);
    });
    assert.notEqual(mine, '');
    assert.deepEqual(files(), []);
  });

  it('takes over from one that is gone and whose clock was ahead', async () => {
    const gone = await begin({ now: () => Date.now(), after: () => () => undefined });
    age(3_600_000);
    assert.equal(await locksIn(folder, hasty)('app')(() => Promise.resolve('done')), 'done');
    gone.end();
    await gone.over;
  });

  it('says that it still works, so that nobody takes over', async () => {
    const { end, over } = await begin(hasty);
    age();
    while (fs.statSync(onlyFile()).mtimeMs < Date.now() - 30_000) await new Promise(resolve => setTimeout(resolve, 1));
    end();
    await over;
  });

  it('works without a lock where there can be none', async () => {
    fs.writeFileSync(folder, 'a file where the folder should be');
    assert.equal(await locksIn(folder, hasty)('app')(() => Promise.resolve('done')), 'done');
  });

  it('writes nothing down about the app', async () => {
    await locksIn(folder, hasty)('https://open.fxiaoke.com FSAID_1')(() => {
      const [name = ''] = files();
      assert.doesNotMatch(`${name}${fs.readFileSync(onlyFile(), 'utf8')}`, /fxiaoke|FSAID/);
      return Promise.resolve();
    });
  });
});

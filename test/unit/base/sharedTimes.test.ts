import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sharedTimesIn } from '../../../src/base/sharedTimes';

describe('base/sharedTimes', () => {
  let folder: string;
  beforeEach(() => (folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'fx-times-')), 'locks')));
  afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true, force: true }));
  const files = () => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);

  it('are seen by another process, and by no other name', async () => {
    await sharedTimesIn(folder)('one').write([1, 2, 1763782991000]);
    assert.deepEqual(await sharedTimesIn(folder)('one').read(), [1, 2, 1763782991000]);
    assert.deepEqual(await sharedTimesIn(folder)('two').read(), []);
  });

  it('touch no disk when they are read, and tell nothing by their name', async () => {
    const times = sharedTimesIn(folder)('https://open.fxiaoke.com FSAID_1');
    assert.deepEqual(await times.read(), []);
    assert.deepEqual(files(), []);
    await times.write([1]);
    assert.match(files().join(), /^[\da-f]{16}\.times$/);
  });

  it('are none where the file holds something else', async () => {
    const times = sharedTimesIn(folder)('one');
    await times.write([]);
    assert.deepEqual(await times.read(), []);
    fs.writeFileSync(path.join(folder, files()[0]!), '{"half":');
    assert.deepEqual(await times.read(), []);
  });

  it('go when nobody has written to them for a day', async () => {
    await sharedTimesIn(folder)('old').write([1]);
    const old = path.join(folder, files()[0]!);
    const then = new Date(Date.now() - 25 * 3_600_000);
    fs.utimesSync(old, then, then);
    fs.writeFileSync(path.join(folder, 'old.lock'), '');
    fs.utimesSync(path.join(folder, 'old.lock'), then, then);
    await sharedTimesIn(folder)('new').write([2]);
    assert.deepEqual([fs.existsSync(old), files().length], [false, 2]);
  });

  it('are not needed where the disk does not let us', async () => {
    fs.writeFileSync(folder, 'a file where the folder should be');
    const times = sharedTimesIn(folder)('one');
    await times.write([1]);
    assert.deepEqual(await times.read(), []);
  });
});

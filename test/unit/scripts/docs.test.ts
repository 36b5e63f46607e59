import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

// From out/test/unit/scripts.
const script = path.resolve(__dirname, '../../../../scripts/docs.mjs');

describe('scripts/docs', () => {
  it('finds the generated pages up to date', function () {
    this.timeout(30_000);
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });
});

import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// From out/test/unit/scripts.
const module = pathToFileURL(path.resolve(__dirname, '../../../../scripts/lib/release-notes.mjs')).href;

describe('scripts/release-notes', () => {
  const changelog =
    '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-01-02\n\n### Added\n\n- A thing.\n\n## [1.0.0]\n';
  const gives = (name: string, version: string, notes: string | undefined) =>
    it(name, async () => {
      const { releaseNotes } = (await import(module)) as {
        releaseNotes: (changelog: string, version: string) => string | undefined;
      };
      assert.equal(releaseNotes(changelog, version), notes);
    });
  gives('gives the entry of the version', '1.1.0', '### Added\n\n- A thing.');
  gives('gives nothing where the entry is empty', '1.0.0', undefined);
  gives('gives nothing where there is no entry', '1.1', undefined);
});

// Prints what CHANGELOG.md says of a version, or ends with an error where it says nothing:
//   node scripts/release-notes.mjs VERSION
import fs from 'node:fs';
import path from 'node:path';
import { projectFolder } from './lib/prepare.mjs';
import { releaseNotes } from './lib/release-notes.mjs';

const [version] = process.argv.slice(2);
const notes = releaseNotes(fs.readFileSync(path.join(projectFolder, 'CHANGELOG.md'), 'utf8'), version);
if (notes === undefined) {
  console.error(`CHANGELOG.md has no entry for ${version}.`);
  process.exitCode = 1;
} else {
  console.log(notes);
}

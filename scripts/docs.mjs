// Writes the generated pages of docs/, or says which of them are not up to date:
//   npm run docs [-- --check]
import fs from 'node:fs';
import path from 'node:path';
import { apiCoveragePage } from './lib/api-coverage.mjs';
import { projectFolder } from './lib/prepare.mjs';

const pages = { 'docs/api-coverage.md': apiCoveragePage };
const check = process.argv.includes('--check');

for (const [file, write] of Object.entries(pages)) {
  const target = path.join(projectFolder, file);
  const text = await write();
  if (!check) {
    fs.writeFileSync(target, text);
  } else if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== text) {
    console.error(`${file} is not up to date: run "npm run docs".`);
    process.exitCode = 1;
  }
}

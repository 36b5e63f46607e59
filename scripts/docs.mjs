// Writes the generated pages of docs/, or says which of them are not up to date:
//   npm run docs [-- --check]
import fs from 'node:fs';
import path from 'node:path';
import { apiCoveragePage } from './lib/api-coverage.mjs';
import { commandsPage } from './lib/commands-page.mjs';
import { projectFolder } from './lib/prepare.mjs';
import { troubleshootingPage } from './lib/troubleshooting-page.mjs';

const pages = {
  'docs/api-coverage.md': apiCoveragePage,
  'docs/commands.md': () => commandsPage('en'),
  'docs/commands.zh-CN.md': () => commandsPage('zh'),
  'docs/troubleshooting.md': () => troubleshootingPage('en'),
  'docs/troubleshooting.zh-CN.md': () => troubleshootingPage('zh'),
};
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

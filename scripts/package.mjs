// Builds fxiaoke-crm-<version>.vsix; `--out FILE` names another file.
import fs from 'node:fs';
import path from 'node:path';
import { prepare, projectFolder, tool } from './lib/prepare.mjs';
import { runNode } from './lib/run.mjs';

try {
  prepare();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const { name, version } = JSON.parse(fs.readFileSync(path.join(projectFolder, 'package.json'), 'utf8'));
const given = process.argv.indexOf('--out');
const out = given > 0 ? process.argv[given + 1] : `${name}-${version}.vsix`;

// What runs is bundled, so there are no dependencies to pack; links in the README stay as they are written.
const { ok } = await runNode([
  tool('@vscode/vsce/vsce'),
  ...['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', out],
]);
process.exitCode = ok ? 0 : 1;

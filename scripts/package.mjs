// Builds fxiaoke-crm-<version>.vsix; `--out FILE` names another file.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { prepare, projectFolder, tool } from './lib/prepare.mjs';
import { runNode } from './lib/run.mjs';
import { thirdPartyNotices } from './lib/third-party.mjs';

/** Nothing in here ships, and vsce, which looks at every file, would take twenty seconds for it. */
const unneeded = new Set(['.git', 'node_modules', 'out', 'src', 'test', 'test-results']);

/** Copies what may ship; `.vscodeignore` goes with it and decides. */
function stage(folder) {
  for (const name of fs.readdirSync(projectFolder)) {
    if (unneeded.has(name) || name.endsWith('.vsix')) continue;
    fs.cpSync(path.join(projectFolder, name), path.join(folder, name), { recursive: true });
  }
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  delete manifest.scripts['vscode:prepublish']; // it has been run
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  fs.writeFileSync(path.join(folder, 'ThirdPartyNotices.txt'), thirdPartyNotices());
  return manifest;
}

function outFile({ name, version }) {
  const given = process.argv.indexOf('--out');
  return path.resolve(projectFolder, given > 0 ? process.argv[given + 1] : `${name}-${version}.vsix`);
}

async function main() {
  prepare();
  const built = await runNode(['esbuild.js', '--production']);
  if (!built.ok) return false;
  const staging = fs.mkdtempSync(path.join(os.tmpdir(), 'fxiaoke-package-'));
  try {
    const out = outFile(stage(staging));
    fs.mkdirSync(path.dirname(out), { recursive: true });
    // What runs is bundled, so there are no dependencies to pack. The README's links are led to the repository.
    const options = ['--no-dependencies', '--out', out];
    const { ok } = await runNode([tool('@vscode/vsce/vsce'), 'package', ...options], { cwd: staging });
    return ok;
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { Measurement } from './measurement';

/** Answers in a real VS Code, as bench/host measures them in its extension host. */
export async function answer(): Promise<Measurement[]> {
  // A short path: the desktop editor puts a socket in there.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fx-'));
  const results = path.join(scratch, 'results.json');
  const workspace = path.join(scratch, 'workspace');
  fs.mkdirSync(workspace);
  try {
    await runTests({
      vscodeExecutablePath: path.resolve('test/vscode-host/bin/vscode-host'),
      extensionDevelopmentPath: path.resolve('.'),
      extensionTestsPath: path.resolve('out/bench/host/index.js'),
      extensionTestsEnv: { FXIAOKE_BENCH_RESULTS: results },
      launchArgs: [
        workspace,
        `--user-data-dir=${path.join(scratch, 'user')}`,
        `--extensions-dir=${path.join(scratch, 'extensions')}`,
      ],
    });
    return JSON.parse(fs.readFileSync(results, 'utf8')) as Measurement[];
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

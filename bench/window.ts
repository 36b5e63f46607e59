import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';

export interface BenchWindow {
  /** The file in out/bench/host that runs in its extension host. */
  readonly entry: string;
  /** The extension that is there besides the editor's own: ours, unless told. */
  readonly extension?: string;
}

/** Opens a window of a real VS Code with a fresh profile; gives what `entry` found out there. */
export async function inWindow<T>({ entry, extension = path.resolve('.') }: BenchWindow): Promise<T> {
  // A short path: the desktop editor puts a socket in there.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fx-'));
  const results = path.join(scratch, 'results.json');
  const workspace = path.join(scratch, 'workspace');
  fs.mkdirSync(workspace);
  try {
    await runTests({
      vscodeExecutablePath: path.resolve('test/vscode-host/bin/vscode-host'),
      extensionDevelopmentPath: extension,
      extensionTestsPath: path.resolve('out/bench/host', entry),
      extensionTestsEnv: { FXIAOKE_BENCH_RESULTS: results },
      launchArgs: [
        workspace,
        `--user-data-dir=${path.join(scratch, 'user')}`,
        `--extensions-dir=${path.join(scratch, 'extensions')}`,
      ],
    });
    return JSON.parse(fs.readFileSync(results, 'utf8')) as T;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

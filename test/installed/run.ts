// Installs the packaged .vsix into a real VS Code with a fresh profile and runs the suite beside it.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';

const projectFolder = path.resolve(__dirname, '../../..');
const launcher = path.join(projectFolder, 'test/vscode-host/bin/vscode-host');
const vsix = path.join(projectFolder, 'test-results/fxiaoke-crm.vsix');

/** Tests run beside an extension under development; this one is empty, so that ours can only be the installed one. */
const driver = { name: 'driver', publisher: 'fxiaoke-test', version: '0.0.1', engines: { vscode: '*' } };

async function main(): Promise<void> {
  // A short path: the desktop editor puts a socket in there.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fx-'));
  process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
  process.once('SIGTERM', () => process.exit(1));
  const [workspace, development, extensions] = ['workspace', 'driver', 'extensions'].map(name => {
    fs.mkdirSync(path.join(scratch, name));
    return path.join(scratch, name);
  }) as [string, string, string];
  fs.writeFileSync(path.join(development, 'package.json'), JSON.stringify(driver));
  const folders = [`--user-data-dir=${path.join(scratch, 'user')}`, `--extensions-dir=${extensions}`];
  execFileSync(process.execPath, [launcher, `--install-extension=${vsix}`, ...folders], { stdio: 'inherit' });
  await runTests({
    vscodeExecutablePath: launcher,
    extensionDevelopmentPath: development,
    extensionTestsPath: path.join(__dirname, 'index.js'),
    extensionTestsEnv: { FXIAOKE_TEST_EXTENSIONS: extensions },
    launchArgs: [workspace, ...folders],
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

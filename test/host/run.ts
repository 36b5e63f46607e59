// Runs the in-host suite in a real VS Code: the one from npm, or with --desktop a downloaded one.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';

const projectFolder = path.resolve(__dirname, '../../..');
const launcher = path.join(projectFolder, 'test/vscode-host/bin/vscode-host');

const editor = process.argv.includes('--desktop')
  ? { version: process.env['VSCODE_VERSION'] ?? 'stable' }
  : { vscodeExecutablePath: launcher };
const desktopArguments = process.argv.includes('--desktop')
  ? ['--disable-extensions', '--use-inmemory-secretstorage']
  : [];

async function main(): Promise<void> {
  // Every run has its own profile and workspace. A short path: the desktop editor puts a socket in there.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fx-'));
  const workspace = path.join(scratch, 'workspace');
  fs.cpSync(path.join(projectFolder, 'test/host/workspace'), workspace, { recursive: true });
  // A workspace of one folder, so that a test can add another without a new window.
  const workspaceFile = path.join(scratch, 'test.code-workspace');
  fs.writeFileSync(workspaceFile, JSON.stringify({ folders: [{ path: 'workspace' }] }));
  process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
  process.once('SIGTERM', () => process.exit(1));
  await runTests({
    ...editor,
    extensionDevelopmentPath: projectFolder,
    extensionTestsPath: path.join(__dirname, 'index.js'),
    extensionTestsEnv: {
      FXIAOKE_TEST_USER_DATA: path.join(scratch, 'user'),
      // Node reads it when it starts: the server behind the tests' proxy is known by this authority.
      NODE_EXTRA_CA_CERTS: path.join(projectFolder, 'test/host/certificates/authority.pem'),
    },
    launchArgs: [
      workspaceFile,
      `--user-data-dir=${path.join(scratch, 'user')}`,
      `--extensions-dir=${path.join(scratch, 'extensions')}`,
      ...desktopArguments,
    ],
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Desktop-only, or already how this host behaves. */
const accepted = new Set([
  'no-sandbox',
  'disable-gpu-sandbox',
  'disable-gpu',
  'disable-updates',
  'skip-welcome',
  'skip-release-notes',
  'disable-workspace-trust',
  'disable-telemetry',
  'disable-crash-reporter',
  'new-window',
  'wait',
  'verbose',
]);

const takesFile = file => (file.startsWith('file://') ? fileURLToPath(file) : file);

/** What each option of the `code` command line that takes a value sets. */
const withValue = {
  extensionDevelopmentPath: (options, value) => options.extensionDevelopmentPath.push(takesFile(value)),
  extensionTestsPath: (options, value) => (options.extensionTestsPath = takesFile(value)),
  'user-data-dir': (options, value) => (options.userDataDir = value),
  'extensions-dir': (options, value) => (options.extensionsDir = value),
  'folder-uri': (options, value) => (options.folder = takesFile(value)),
  'file-uri': (options, value) => (options.workspace = takesFile(value)),
  'enable-proposed-api': (options, value) => options.proposedApi.push(value),
  log: (options, value) => (options.log = value),
  locale: (options, value) => (options.displayLanguage = value.toLowerCase()),
  'install-extension': (options, value) => options.cli.push('--install-extension', value),
  'uninstall-extension': (options, value) => options.cli.push('--uninstall-extension', value),
};

const cliFlags = new Set(['list-extensions', 'show-versions', 'force', 'version', 'help']);

/** Reads as much of the `code` command line as @vscode/test-electron uses. `cli` is not empty when no window opens. */
export function parseArguments(argv) {
  const options = { extensionDevelopmentPath: [], proposedApi: [], cli: [] };
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [, name, inline] = /^--([\w-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) openFile(options, argument);
    else if (withValue[name]) withValue[name](options, inline ?? rest.shift() ?? '');
    else if (name === 'disable-extensions') options.disableExtensions = true;
    else if (cliFlags.has(name)) options.cli.push(argument);
    else if (!accepted.has(name)) console.error(`[vscode-host] ignoring ${argument}`);
  }
  return options;
}

function openFile(options, file) {
  if (fs.statSync(file).isDirectory()) options.folder ??= file;
  else if (file.endsWith('.code-workspace')) options.workspace ??= file;
  else console.error(`[vscode-host] ignoring the file ${file}`);
}

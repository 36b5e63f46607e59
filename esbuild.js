// Builds what ships (dist/) and, with --tests or --bench, the test suites or the measurements (out/).
//   node esbuild.js [--production] [--watch] [--tests] [--bench]
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');
const { inChunks } = require('./scripts/lib/chunks.cjs');

const has = flag => process.argv.includes(`--${flag}`);
const production = has('production');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  charset: 'utf8',
  logLevel: 'warning',
};

/** What axios brings for what we do not ask of it, and what stands in its place: all of it is read with the first call. */
const unused = {
  // We send JSON, and Node has FormData. The package holds a table of all media types (137 KB).
  'form-data': 'module.exports = globalThis.FormData',
  // Calls are made over HTTP/1.1. Loading Node's HTTP/2 takes 1 MB of the extension host.
  http2: 'module.exports = {}',
  // Redirects are not followed, and the proxy is the editor's: see src/api/transport.ts.
  'follow-redirects': 'module.exports = {}',
  'https-proxy-agent': 'module.exports = class {}',
  'proxy-from-env': "exports.getProxyForUrl = () => ''",
};

const leanAxios = {
  name: 'lean-axios',
  setup(build) {
    const filter = new RegExp(`^(${Object.keys(unused).join('|')})$`);
    build.onResolve({ filter }, ({ path: name }) => ({ path: name, namespace: 'unused' }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path: name }) => ({ contents: unused[name] }));
  },
};

/**
 * Each file that imports an external module gets a copy of what the module exports, name by name, and the editor exports
 * hundreds of names. So our files get what the editor gives, as it is, from one module of ours.
 */
const oneEditor = {
  name: 'one-editor',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
      const text = await fs.promises.readFile(file, 'utf8');
      const contents = text.replace(/^import \* as vscode from 'vscode';$/m, "import { vscode } from 'one-editor';");
      return { contents, loader: 'ts' };
    });
    build.onResolve({ filter: /^one-editor$/ }, () => ({ path: 'vscode', namespace: 'editor' }));
    build.onLoad({ filter: /.*/, namespace: 'editor' }, () => ({
      contents: "export const vscode = require('vscode')",
    }));
  },
};

const product = {
  ...common,
  outdir: 'dist',
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
};

/** What is loaded at activation; the files of what is imported later are read then. */
const extension = written =>
  inChunks(
    {
      ...product,
      entryPoints: { extension: 'src/extension.ts' },
      external: ['vscode'],
      plugins: [leanAxios, oneEditor],
    },
    written,
  );

/** A process of its own. */
const sandbox = { ...product, entryPoints: { sandbox: 'src/sandbox/main.ts' }, metafile: true };

const find = (folder, name) =>
  fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      entry => entry.isFile() && name.test(entry.name) && !(entry.parentPath ?? entry.path).includes('vscode-host'),
    )
    .map(entry => path.join(entry.parentPath ?? entry.path, entry.name));

const tests = () => ({
  ...common,
  entryPoints: find('test', /\.test\.ts$|^(index|run)\.ts$/),
  outdir: 'out/test',
  outbase: 'test',
  external: ['vscode'],
  packages: 'external',
  sourcemap: 'inline',
});

/** Everything bundled, as in what ships; what is measured of the editor's features runs without the editor. */
const bench = {
  ...common,
  // The stand-in has only what the measured functions use.
  logOverride: { 'import-is-undefined': 'silent' },
  alias: { vscode: path.resolve('bench/vscode.ts') },
  external: ['@vscode/test-electron'],
  entryPoints: ['bench/main.ts'],
  outdir: 'out/bench',
  sourcemap: 'inline',
};

/** What is measured inside the editor, with the editor's own API. */
const benchHost = {
  ...common,
  entryPoints: ['bench/host/index.ts', 'bench/host/activation.ts'],
  outdir: 'out/bench/host',
  external: ['vscode'],
  sourcemap: 'inline',
};

/** What the last build wrote stays only where this one writes it too. */
function finish(...metafiles) {
  const [inputs, outputs] = ['inputs', 'outputs'].map(part => Object.assign({}, ...metafiles.map(each => each[part])));
  fs.writeFileSync('dist/meta.json', JSON.stringify({ inputs, outputs }));
  for (const name of fs.readdirSync('dist')) {
    if (name !== 'meta.json' && !(`dist/${name}` in outputs)) fs.rmSync(path.join('dist', name), { recursive: true });
  }
}

async function main() {
  const { metafile } = await esbuild.build(sandbox);
  if (has('watch')) {
    const contexts = [extension(written => finish(metafile, written)), sandbox];
    for (const options of contexts) await (await esbuild.context({ ...options, logLevel: 'info' })).watch();
    return;
  }
  await esbuild.build(extension(written => finish(metafile, written)));
  if (has('tests')) {
    fs.rmSync('out', { recursive: true, force: true });
    await esbuild.build(tests());
  }
  if (has('bench')) await Promise.all([esbuild.build(bench), esbuild.build(benchHost)]);
}

main().catch(error => {
  if (!error.errors) console.error(error);
  process.exit(1);
});

// Builds what ships (dist/) and, with --tests or --bench, the test suites or the measurements (out/).
//   node esbuild.js [--production] [--watch] [--tests] [--bench]
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

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

/**
 * axios brings a form-data package of its own, with a table of all media types (137 KB). We send JSON, and Node
 * has FormData.
 */
const nodesFormData = {
  name: 'nodes-form-data',
  setup(build) {
    build.onResolve({ filter: /^form-data$/ }, () => ({ path: 'form-data', namespace: 'nodes' }));
    build.onLoad({ filter: /.*/, namespace: 'nodes' }, () => ({ contents: 'module.exports = globalThis.FormData' }));
  },
};

/**
 * Each file that imports an external module gets a copy of what the module exports, name by name, and the editor
 * exports hundreds of names. With one module in between they are copied once at the start, not ninety times.
 */
const oneEditor = {
  name: 'one-editor',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'editor' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'editor' },
    );
    build.onLoad({ filter: /.*/, namespace: 'editor' }, () => ({ contents: "export * from 'vscode'" }));
  },
};

/** A quarter of all code, and needed from the first call on only: it is a file of its own, read then. */
const axiosApart = {
  name: 'axios-apart',
  setup(build) {
    build.onResolve({ filter: /^axios$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './axios.js', external: true } : undefined,
    );
  },
};

const product = {
  ...common,
  plugins: [nodesFormData, oneEditor, axiosApart],
  entryPoints: { extension: 'src/extension.ts', axios: 'axios', sandbox: 'src/sandbox/main.ts' },
  // Written as `require`: a native import() of axios.js would put its exports one level down.
  supported: { 'dynamic-import': false },
  outdir: 'dist',
  minify: production,
  sourcemap: !production,
  metafile: true,
  legalComments: 'none',
};

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

async function main() {
  if (production) fs.rmSync('dist', { recursive: true, force: true });
  if (has('watch')) {
    const context = await esbuild.context({ ...product, logLevel: 'info' });
    await context.watch();
    return;
  }
  const { metafile } = await esbuild.build(product);
  fs.writeFileSync('dist/meta.json', JSON.stringify(metafile));
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

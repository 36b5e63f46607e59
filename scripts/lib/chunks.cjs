// Bundles what ships as CommonJS that is read piece by piece: the entry, and a file for each `import()` in it, which is
// read when that runs. esbuild splits ES modules only, and makes a chunk of whatever any two of its outputs share, so that
// the entry would be a dozen files. So it splits in memory, and then the chunks that belong together become one file.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

/** What several late files share and is smaller than this, in bytes as it was written, is not worth a file of its own. */
const worthAFile = 20_000;

/**
 * @typedef {object} File
 * @property {string} name in the folder
 * @property {string} [main] the chunk whose exports are those of the file
 * @property {string[]} chunks all that are in it
 */

/**
 * Options for `esbuild.build` or `esbuild.context`, of a bundle with one entry. `written` is told of the metafile, in
 * terms of the files that were written.
 */
function inChunks({ minify, sourcemap, plugins = [], ...options }, written) {
  const writeFiles = {
    name: 'in-chunks',
    setup(build) {
      build.onEnd(async ({ errors, outputFiles, metafile }) => {
        if (errors.length > 0) return;
        const texts = new Map(outputFiles.map(({ path: file, text }) => [path.basename(file), text]));
        try {
          written(await write(texts, metafile, { ...options, minify, sourcemap }));
        } catch (error) {
          return { errors: [{ text: error.message }] };
        }
      });
    },
  };
  return {
    ...options,
    format: 'esm',
    splitting: true,
    // No other text holds such a name: they are replaced.
    chunkNames: '[name]-[hash]',
    sourcemap: sourcemap ? 'inline' : false,
    metafile: true,
    write: false,
    plugins: [...plugins, writeFiles],
  };
}

async function write(texts, { inputs, outputs }, options) {
  const chunks = chunksOf(outputs);
  const files = filesOf(`${Object.keys(options.entryPoints)[0]}.js`, chunks);
  const place = new Map(files.flatMap(file => file.chunks.map(chunk => [chunk, file])));
  fs.mkdirSync(options.outdir, { recursive: true });
  const summaries = files.map(async file => {
    const hasDefault = file.main !== undefined && outputs[`${options.outdir}/${file.main}`].exports.includes('default');
    const text = placed(await bundled({ ...file, hasDefault }, texts, options), place);
    fs.writeFileSync(path.join(options.outdir, file.name), text);
    const own = file.chunks.map(chunk => chunks.get(chunk));
    const imports = own.flatMap(({ now, later }) => [...now, ...later]).map(chunk => place.get(chunk).name);
    const summary = { bytes: Buffer.byteLength(text), inputs: Object.assign({}, ...own.map(each => each.inputs)) };
    return [`${options.outdir}/${file.name}`, { ...summary, imports: [...new Set(imports)] }];
  });
  return { inputs, outputs: Object.fromEntries(await Promise.all(summaries)) };
}

/** By name: what each holds, and which others it needs at once and later. */
function chunksOf(outputs) {
  return new Map(
    Object.entries(outputs).map(([output, { imports, inputs, entryPoint }]) => {
      const own = imports.filter(({ external }) => !external);
      const names = kind => own.filter(each => each.kind === kind).map(each => path.basename(each.path));
      const chunk = { inputs, entryPoint, now: names('import-statement'), later: names('dynamic-import') };
      return [path.basename(output), chunk];
    }),
  );
}

/** @returns {File[]} */
function filesOf(entry, chunks) {
  const early = needed(entry, chunks);
  const late = [...chunks.keys()].filter(chunk => !early.includes(chunk));
  const imported = late.filter(chunk => chunks.get(chunk).entryPoint !== undefined);
  // What is imported later, but needed at once by another late file, is a chunk that has no exports of its own.
  const bodyOf = new Map(
    imported.map(chunk => [chunk, late.find(each => chunks.get(chunk).entryPoint in chunks.get(each).inputs)]),
  );
  const main = new Map([...bodyOf].map(([chunk, body]) => [body, chunk]));
  const isSmall = chunk => !main.has(chunk) && sizeOf(chunks.get(chunk)) < worthAFile;
  const small = late.filter(chunk => needed(chunk, chunks).every(each => early.includes(each) || isSmall(each)));
  const files = [
    { name: entry, main: entry, chunks: early },
    ...late
      .filter(chunk => !small.includes(chunk) && (bodyOf.get(chunk) ?? chunk) === chunk)
      .map(chunk => ({
        name: nameOf(chunks.get(main.get(chunk) ?? chunk)),
        main: main.get(chunk) ?? chunk,
        chunks: [...new Set([chunk, main.get(chunk) ?? chunk])],
      })),
    ...(small.length > 0 ? [{ name: 'shared.js', chunks: small }] : []),
  ];
  const names = files.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw new Error(`Two files would have the same name: ${names.sort().join(' ')}`);
  const [placed] = [files.flatMap(file => file.chunks)];
  if (placed.length !== chunks.size || new Set(placed).size !== chunks.size)
    throw new Error('A chunk has no file, or several.');
  return files;
}

/** A chunk and all that it needs at once. */
function needed(chunk, chunks, found = []) {
  if (found.includes(chunk)) return found;
  found.push(chunk);
  for (const each of chunks.get(chunk).now) needed(each, chunks, found);
  return found;
}

const sizeOf = ({ inputs }) => Object.values(inputs).reduce((sum, { bytesInOutput }) => sum + bytesInOutput, 0);

/** After the module that is imported, or the greatest that is shared; a package's by the package. */
function nameOf({ entryPoint, inputs }) {
  const [greatest] = Object.keys(inputs).sort((a, b) => inputs[b].bytesInOutput - inputs[a].bytesInOutput);
  const input = entryPoint ?? greatest;
  const [, ofPackage] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  return `${ofPackage ?? path.parse(input).name}.js`;
}

/** The chunks of a file as one; what they need of others they still ask of chunks. */
async function bundled(
  { main, hasDefault, chunks },
  texts,
  { minify, sourcemap, target, platform, charset, external },
) {
  const contents = [
    ...(main ? [`export * from './${main}';`] : []),
    ...(hasDefault ? [`export { default } from './${main}';`] : []),
    // For the other files, so that there is one of each.
    ...chunks.filter(chunk => chunk !== main).map(chunk => `export * as ${aliasOf(chunk)} from './${chunk}';`),
  ];
  const fromMemory = {
    name: 'from-memory',
    setup(build) {
      build.onResolve({ filter: /^\.\// }, ({ path: name }) =>
        chunks.includes(path.basename(name))
          ? { path: path.basename(name), namespace: 'chunk' }
          : { path: name, external: true },
      );
      build.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path: name }) => ({
        // What esbuild has ES modules call where CommonJS has the thing itself.
        contents: texts.get(name).replaceAll('__require(', 'require('),
      }));
    },
  };
  const { outputFiles } = await esbuild.build({
    stdin: { contents: contents.join('\n') },
    ...{ minify, target, platform, charset, external },
    bundle: true,
    format: 'cjs',
    supported: { 'dynamic-import': false },
    sourcemap: sourcemap ? 'inline' : false,
    legalComments: 'none',
    write: false,
    plugins: [fromMemory],
  });
  return outputFiles[0].text;
}

const aliasOf = chunk => `chunk_${chunk.replace(/\W/g, '_')}`;

/** With the files where the chunks are. */
function placed(text, place) {
  let result = text;
  for (const [chunk, file] of place) {
    const lent = chunk === file.main ? '' : `.${aliasOf(chunk)}`;
    result = result.replaceAll(`require("./${chunk}")`, `require("./${file.name}")${lent}`);
  }
  return result;
}

module.exports = { inChunks };

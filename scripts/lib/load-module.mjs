import path from 'node:path';
import { build } from 'esbuild';
import { projectFolder } from './prepare.mjs';

/** Imports a TypeScript module of the project, which must need nothing but Node and what can be bundled. */
export async function loadModule(file) {
  const { outputFiles } = await build({
    entryPoints: [path.join(projectFolder, file)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    charset: 'utf8',
    logLevel: 'silent',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

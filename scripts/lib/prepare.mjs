// What every script of this folder needs before it can begin. Node builtins only: nothing may be installed yet.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../../test/vscode-host/lib/install.mjs';

export const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const OLDEST_NODE = 20;

/** Checks Node and installs the project's packages; throws an error that says in words what is missing. */
export function prepare() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    throw new Error(`Node ${OLDEST_NODE} or newer is needed; this is Node ${process.versions.node}.`);
  }
  ensureInstalled(projectFolder, 'the packages of this project');
}

/** The script of an installed package, to be run with Node: no shell and no npx, so it is the same on every system. */
export const tool = name => path.join(projectFolder, 'node_modules', name);

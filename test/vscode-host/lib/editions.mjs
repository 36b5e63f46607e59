// Which VS Code: the newest that npm has, or the oldest that the extension supports (`engines.vscode`).
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const folders = { newest: folder, oldest: path.join(folder, 'oldest') };

/** Modules that every edition shares: the browser, its fonts, Playwright, Node. */
export const sharedModules = path.join(folder, 'node_modules');

/**
 * The edition that VSCODE_HOST_VERSION names, newest by default: where it is installed.
 * @returns {{ name: string, folder: string, root: string, serverMain: string }}
 */
export function edition(name = process.env.VSCODE_HOST_VERSION || 'newest') {
  const home = folders[name];
  if (!home) throw new Error(`VSCODE_HOST_VERSION is "${name}"; it can be ${Object.keys(folders).join(' or ')}.`);
  const root = path.join(home, 'node_modules/code-server/lib/vscode');
  return { name, folder: home, root, serverMain: path.join(root, 'out/server-main.js') };
}

/** Installs an edition on its first use, and the shared modules with it. */
export function installEdition(chosen = edition()) {
  ensureInstalled(folders.newest, 'a VS Code, a browser and fonts from npm (about 30 s, once)');
  if (chosen.name !== 'newest') ensureInstalled(chosen.folder, `the ${chosen.name} supported VS Code from npm (once)`);
  linkModules(chosen);
  return chosen;
}

/** VS Code looks for its modules in lib/vscode/node_modules; its server serves wasm from there too. */
function linkModules({ folder: home, root }) {
  try {
    fs.symlinkSync(path.relative(root, path.join(home, 'node_modules')), path.join(root, 'node_modules'), 'dir');
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

/** A Node that VS Code's server can run on (1.136 and later need 22.15); the one from npm comes first. */
export function nodeBinary() {
  if (process.env.VSCODE_HOST_NODE) return process.env.VSCODE_HOST_NODE;
  const own = path.join(sharedModules, `node-linux-${process.arch}/bin/node`);
  if (process.platform === 'linux' && fs.existsSync(own)) return own;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return process.execPath;
  throw new Error(
    `VS Code's server needs Node 22.15 or newer. This is ${process.version}, and npm has no Node package for ` +
      `${process.platform} ${process.arch}: install a newer Node, or name one in VSCODE_HOST_NODE.`,
  );
}

'use strict';
// Loads a built extension in a Node of its own, with an editor that only takes notes, activates it and prints as JSON
// what it did meanwhile:
//   node activate.cjs FILE [STATE] [STEP]
// STATE is the JSON of what an earlier session kept; STEP is what a person does then: `tree` looks at the objects,
// `request` and `record` open such a document, `end` closes the window. Without one, that it ends by itself shows that nothing was left running.
const Module = require('node:module');

const [, , file, state = '{}', step] = process.argv;
const notes = { modules: [], touched: [], shown: [], commands: [], synced: [], error: undefined };

/** Calls the function as before and takes a note. */
function watch(holder, name, note) {
  const original = holder[name];
  holder[name] = function (...args) {
    note(args);
    return new.target ? Reflect.construct(original, args, new.target) : original.apply(this, args);
  };
}

/** Every function of a module, but for what Node itself calls to load the file. */
function watchAll(module, name) {
  for (const key of Object.keys(module)) {
    if (typeof module[key] !== 'function' || /^[A-Z]|^_/.test(key)) continue;
    watch(module, key, ([first]) => {
      if (!(typeof first === 'string' && first.startsWith(file))) notes.touched.push(`${name}.${key}`);
    });
  }
}

function watchNode() {
  watchAll(require('node:fs'), 'fs');
  watchAll(require('node:fs').promises, 'fs.promises');
  watchAll(require('node:child_process'), 'child_process');
  watchAll(require('node:dns'), 'dns');
  for (const name of ['http', 'https']) {
    for (const key of ['request', 'get']) {
      watch(require(`node:${name}`), key, () => notes.touched.push(`${name}.${key}`));
    }
  }
  const { Socket, Server } = require('node:net');
  watch(Socket.prototype, 'connect', () => notes.touched.push('net.connect'));
  watch(Server.prototype, 'listen', () => notes.touched.push('net.listen'));
  const load = Module._load;
  Module._load = function (name, ...rest) {
    notes.modules.push(name.replace(/^node:/, ''));
    return name === 'vscode' ? vscode : load.call(this, name, ...rest);
  };
}

/** Whatever it is taken for: it can be called, constructed, extended and asked for anything. */
function anything() {
  const known = new Map();
  return new Proxy(function () {}, {
    get(target, key) {
      if (key === 'prototype') return target.prototype;
      if (key === 'then') return undefined;
      if (key === Symbol.toPrimitive) return () => '';
      if (key === Symbol.iterator) return () => [][Symbol.iterator]();
      if (!known.has(key)) known.set(key, anything());
      return known.get(key);
    },
    set(target, key, value) {
      known.set(key, value);
      return true;
    },
    apply: () => anything(),
    construct: (target, args, newTarget) =>
      newTarget.prototype === target.prototype ? anything() : Object.create(newTarget.prototype),
  });
}

/** Every name that the editor exports; a bundler copies them one by one. */
const api = require('node:fs').readFileSync(require.resolve('@types/vscode/index.d.ts'), 'utf8');
const exported = [...api.matchAll(/^\s*export (?:namespace|class|enum|const|let|function) (\w+)/gm)].map(
  ([, name]) => name,
);
const vscode = Object.fromEntries(exported.map(name => [name, anything()]));
vscode.l10n = { t: text => String(text) };
vscode.ExtensionMode = { Production: 1, Development: 2, Test: 3 };
vscode.workspace.getConfiguration = () => ({ get: (_, otherwise) => otherwise, has: () => false });
vscode.workspace.textDocuments = [];
const openers = [];
vscode.workspace.onDidOpenTextDocument = listener => {
  openers.push(listener);
  return { dispose() {} };
};
const trees = new Map();
vscode.window.createTreeView = (id, { treeDataProvider }) => {
  trees.set(id, treeDataProvider);
  return anything();
};
vscode.workspace.openTextDocument = () => void notes.shown.push('openTextDocument');
vscode.commands.registerCommand = id => {
  notes.commands.push(id);
  return { dispose() {} };
};
vscode.commands.executeCommand = async id => {
  // A context key only tells menus what to offer.
  if (id !== 'setContext') notes.shown.push(`executeCommand ${id}`);
};
for (const name of ['InformationMessage', 'WarningMessage', 'ErrorMessage', 'QuickPick', 'InputBox', 'TextDocument']) {
  vscode.window[`show${name}`] = () => void notes.shown.push(`show${name}`);
}
vscode.window.withProgress = () => void notes.shown.push('withProgress');
vscode.env.openExternal = () => void notes.shown.push('openExternal');

/** Reading a secret counts as a prompt, for a keyring may ask for its password. */
const memento = kept => ({
  get: (key, otherwise) => kept[key] ?? otherwise,
  update: async key => void notes.shown.push(`update ${key}`),
  keys: () => Object.keys(kept),
  setKeysForSync: keys => void notes.synced.push(...keys),
});
const context = {
  subscriptions: [],
  globalState: memento(JSON.parse(state)),
  workspaceState: memento({}),
  secrets: {
    get: async () => void notes.shown.push('secrets.get'),
    store: async () => void notes.shown.push('secrets.store'),
    delete: async () => void notes.shown.push('secrets.delete'),
    onDidChange: () => ({ dispose() {} }),
  },
  extensionUri: anything(),
  extensionPath: '/nowhere',
  extension: { packageJSON: { version: '0.0.0' } },
  extensionMode: 1,
};

const steps = {
  tree: () => trees.get('fxiaoke.objects').getChildren(),
  request: () => open({ languageId: 'fxiaoke-request', uri: { scheme: 'file' } }),
  record: () => open({ languageId: 'json', uri: { scheme: 'fxiaoke-record' } }),
  end: () => require(file).deactivate(),
};

async function open(document) {
  for (const listener of [...openers]) listener(document);
  await require('node:timers/promises').setImmediate();
}

watchNode();
process.once('exit', () => process.stdout.write(JSON.stringify(notes)));
(async () => {
  await require(file).activate(context);
  if (step === undefined) return;
  notes.modules = [];
  await steps[step]();
  process.exit();
})().catch(error => {
  notes.error = error.stack;
});

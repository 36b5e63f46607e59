'use strict';
// Loaded in the extension host in place of the real extensionTestsPath. It runs the real one and records, in a
// file that survives a crash, what was printed and that the run really ended. When an extension host dies, the
// workbench reports exit code 0, so only this record means success.
const fs = require('node:fs');
const path = require('node:path');
const url = require('node:url');
const util = require('node:util');

const entry = process.env.VSCODE_HOST_TEST_ENTRY;
const file = fs.openSync(process.env.VSCODE_HOST_TEST_RECORD, 'a');
const record = event => fs.writeSync(file, `${JSON.stringify(event)}\n`);

function recordQuietly(event) {
  try {
    record(event);
  } catch {
    // recording what is printed must never break a test
  }
}

function copyConsole() {
  for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace']) {
    const original = console[level];
    const copy = (...args) => {
      recordQuietly({
        stream: level === 'warn' || level === 'error' ? 'stderr' : 'stdout',
        text: `${util.format(...args)}\n`,
      });
      original.apply(console, args);
    };
    // VS Code defines these with a setter that ignores assignments.
    Object.defineProperty(console, level, { configurable: true, get: () => copy, set() {} });
  }
}

function copyStreams() {
  for (const stream of ['stdout', 'stderr']) {
    const original = process[stream].write;
    process[stream].write = function (chunk, ...rest) {
      recordQuietly({ stream, text: String(chunk) });
      return original.call(this, chunk, ...rest);
    };
  }
}

async function load() {
  const resolved = require.resolve(entry);
  try {
    return require(resolved);
  } catch (error) {
    if (error?.code !== 'ERR_REQUIRE_ESM') throw error;
    return import(url.pathToFileURL(resolved).href);
  }
}

/** VS Code allows run() to return a promise or to take a callback. */
function call(run) {
  return new Promise((resolve, reject) => {
    const done = (error, failures) => {
      if (error) reject(error);
      else if (failures > 0) reject(new Error(`${failures} tests failed`));
      else resolve();
    };
    const result = run(path.dirname(entry), done);
    if (typeof result?.then === 'function') result.then(resolve, reject);
  });
}

exports.run = async () => {
  copyConsole();
  copyStreams();
  record({ started: process.pid });
  try {
    const loaded = await load();
    const run = loaded.run ?? loaded.default?.run;
    if (typeof run !== 'function') throw new Error(`${entry} does not export a run() function`);
    await call(run);
    record({ ended: 0 });
  } catch (error) {
    record({ ended: 1, error: error?.stack ?? String(error) });
    throw error;
  }
};

// Installs what is needed and runs every test, on a fresh clone too:
//   npm test [-- STEP…] [--grep TEXT]
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from '../test/vscode-host/lib/chromium.mjs';
import { edition, installEdition, nodeBinary } from '../test/vscode-host/lib/editions.mjs';
import { prepare, projectFolder, tool } from './lib/prepare.mjs';
import { runNode } from './lib/run.mjs';
import { readTally } from './lib/tally.mjs';

const results = path.join(projectFolder, 'test-results');
const reporter = path.join(projectFolder, 'test/support/reporter.cjs');
const LIMIT_MS = 900_000;

const { selected, grep } = readArguments(process.argv.slice(2));

/** Commands that pass or fail as a whole; all of them run. */
const commands =
  (...list) =>
  async () => {
    const failures = [];
    for (const args of list) {
      const { ok, reason } = await runNode(args, { limitMs: LIMIT_MS });
      if (!ok) failures.push(`${path.basename(args[0])}: ${reason}`);
    }
    return { passed: 0, failed: failures.length > 0 ? 1 : 0, failures };
  };

/** A program that runs mocha with our reporter. */
const mochaRun =
  (args, env = {}) =>
  async step => {
    const file = path.join(results, 'tally', `${step}.json`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.rmSync(file, { force: true });
    const outcome = await runNode(args, {
      env: { ...env, MOCHA_TALLY_FILE: file, ...(grep ? { MOCHA_GREP: grep } : {}) },
      limitMs: LIMIT_MS,
    });
    return readTally(file, outcome);
  };

const mocha = (folder, ...options) =>
  mochaRun([
    ...['--enable-source-maps', tool('mocha/bin/mocha.js'), '--reporter', reporter, ...options],
    ...(grep ? ['--grep', grep] : []),
    `out/test/${folder}/**/*.test.js`,
  ]);

const runner = 'out/test/host/run.js';
/** With the packaged .vsix installed. */
const installedRunner = 'out/test/installed/run.js';
const oldest = { VSCODE_HOST_VERSION: 'oldest' };

/** Installs a VS Code from npm, and says now rather than in the middle of a run what this machine lacks. */
const editor = name => () => {
  installEdition(edition(name));
  nodeBinary();
  chromium();
  return { passed: 0, failed: 0, failures: [] };
};

/** In order. `needs` are steps that run first and without which a step is not tried. */
const steps = {
  lint: {
    run: commands(
      [tool('eslint/bin/eslint.js'), '.', '--max-warnings', '0'],
      [tool('prettier/bin/prettier.cjs'), '--check', '.'],
    ),
  },
  types: { run: commands([tool('typescript/bin/tsc'), '--noEmit']) },
  // The production build: what is tested is what ships.
  build: { run: commands(['esbuild.js', '--production', '--tests']) },
  unit: { needs: ['build'], run: mocha('unit', '--timeout', '30000') },
  contract: { needs: ['build'], run: mocha('contract', '--timeout', '60000') },
  bundle: { needs: ['build'], run: mocha('bundle', '--timeout', '60000') },
  editor: { run: editor('newest') },
  host: { needs: ['build', 'editor'], run: mochaRun([runner]) },
  package: { run: commands(['scripts/package.mjs', '--out', 'test-results/fxiaoke-crm.vsix']) },
  installed: { needs: ['build', 'editor', 'package'], run: mochaRun([installedRunner]) },
  ui: { needs: ['build', 'editor', 'package'], run: mocha('ui', '--timeout', '60000') },
  oldestEditor: { run: editor('oldest'), onDemand: true },
  oldest: { needs: ['build', 'oldestEditor'], run: mochaRun([runner], oldest), onDemand: true },
  oldestInstalled: {
    needs: ['build', 'package', 'oldestEditor'],
    run: mochaRun([installedRunner], oldest),
    onDemand: true,
  },
  desktop: { needs: ['build'], run: mochaRun([runner, '--desktop']), onDemand: true },
};

function readArguments(argv) {
  const at = argv.indexOf('--grep');
  const pattern = at >= 0 ? argv.splice(at, 2)[1] : undefined;
  return { selected: argv, grep: pattern };
}

/** The names of the steps to run, in order, those that they need included. */
function plan() {
  const unknown = selected.filter(name => !steps[name]);
  if (unknown.length > 0) {
    throw new Error(`There is no step "${unknown[0]}"; there are ${Object.keys(steps).join(', ')}.`);
  }
  const wanted = new Set(selected.length > 0 ? selected : Object.keys(steps).filter(name => !steps[name].onDemand));
  for (const name of [...wanted]) for (const need of steps[name].needs ?? []) wanted.add(need);
  return Object.keys(steps).filter(name => wanted.has(name));
}

async function runStep(name, outcomes) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}`);
  const missing = (steps[name].needs ?? []).find(need => outcomes.get(need)?.failed);
  if (missing) return { passed: 0, failed: 1, failures: [`not tried, because ${missing} failed`] };
  try {
    return await steps[name].run(name);
  } catch (error) {
    return { passed: 0, failed: 1, failures: [error.message] };
  }
}

const inSeconds = milliseconds => `${(milliseconds / 1000).toFixed(1)} s`;

function describe({ passed, failed }) {
  if (passed + failed === 0) return 'ok';
  return passed === 0 ? 'failed' : `${passed} passed, ${failed} failed`;
}

async function main() {
  const outcomes = new Map();
  try {
    prepare();
    // What an earlier run left about its failures.
    for (const name of ['ui', 'vscode-host']) fs.rmSync(path.join(results, name), { recursive: true, force: true });
    for (const name of plan()) {
      const started = performance.now();
      const outcome = await runStep(name, outcomes);
      outcomes.set(name, { ...outcome, time: performance.now() - started });
      for (const failure of outcome.failures) console.log(`✖ ${failure}`);
      console.log(`${name}: ${describe(outcome)} (${inSeconds(outcomes.get(name).time)})`);
    }
  } catch (error) {
    console.error(`\n${error.message}`);
    outcomes.set('preparation', { passed: 0, failed: 1, failures: [error.message.split('\n')[0]], time: 0 });
  }
  summarize(outcomes);
}

function summarize(outcomes) {
  console.log(`\n── summary ${'─'.repeat(53)}`);
  for (const [name, outcome] of outcomes) {
    console.log(`${name.padEnd(17)}${describe(outcome).padEnd(24)}${inSeconds(outcome.time).padStart(8)}`);
    for (const failure of outcome.failures) console.log(`  ✖ ${failure}`);
  }
  const sum = key => [...outcomes.values()].reduce((total, outcome) => total + outcome[key], 0);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
}

await main();

// The launcher behind bin/vscode-host.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArguments } from './arguments.mjs';
import { keepArtifacts } from './artifacts.mjs';
import { TestRecord } from './record.mjs';
import { runCli } from './server.mjs';
import { openWorkbench } from './workbench.mjs';

const testEntry = fileURLToPath(new URL('./test-entry.cjs', import.meta.url));
const debug = Boolean(process.env.VSCODE_HOST_DEBUG);
/** Limits, in milliseconds: for a whole run, and for its tests to begin. */
const runTimeout = Number(process.env.VSCODE_HOST_TIMEOUT_MS ?? 600_000);
const startTimeout = Number(process.env.VSCODE_HOST_START_TIMEOUT_MS ?? 60_000);
const artifacts = path.resolve(process.env.VSCODE_HOST_ARTIFACTS ?? 'test-results/vscode-host');

/** @returns {Promise<number>} the exit code */
export async function main(argv) {
  const { cli, ...options } = parseArguments(argv);
  if (cli.length > 0) {
    const folders = [
      ...(options.extensionsDir ? ['--extensions-dir', path.resolve(options.extensionsDir)] : []),
      ...(options.userDataDir ? ['--user-data-dir', path.resolve(options.userDataDir)] : []),
    ];
    process.stdout.write(runCli([...cli, ...folders]));
    return 0;
  }
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'vscode-host-run-'));
  const record = new TestRecord(path.join(scratch, 'record.ndjson'));
  try {
    return await run(options, record, path.join(scratch, 'record.ndjson'));
  } finally {
    record.stop();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function run(options, record, recordFile) {
  const testing = options.extensionTestsPath !== undefined;
  const env = testing
    ? { VSCODE_HOST_TEST_ENTRY: path.resolve(options.extensionTestsPath), VSCODE_HOST_TEST_RECORD: recordFile }
    : {};
  let host;
  const interrupted = new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => (host ? resolve({ code: 130, reason: signal }) : process.exit(130)));
    }
    if (testing) void parentGone().then(() => resolve({ code: 130, reason: 'who started this run has gone' }));
  });
  host = await openWorkbench({
    ...options,
    ...(testing ? { extensionTestsPath: testEntry } : {}),
    env,
    onOutput: text => debug && process.stderr.write(text),
    onConsole: (type, args) => debug && console.error(`[workbench ${type}]`, ...args),
  });
  try {
    console.log(`[vscode-host] workbench open after ${host.milliseconds} ms`);
    const over = await Promise.race([host.exit, interrupted, ...(testing ? limits(record) : [])]);
    record.stop();
    const { code, reason } = testing ? judge(over, record) : over;
    if (reason) console.error(`[vscode-host] ${reason}`);
    if (reason && code !== 130) await keepArtifacts(host, artifacts);
    return code;
  } finally {
    await host.close();
  }
}

function parentGone() {
  const parent = process.ppid;
  return new Promise(resolve => {
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, 500).unref();
  });
}

/** What ends a run that does not end by itself: an extension host that cannot start hangs for ever. */
function limits(record) {
  const after = (milliseconds, result) =>
    new Promise(resolve => setTimeout(() => result() && resolve(result()), milliseconds).unref());
  return [
    after(runTimeout, () => ({ code: 1, reason: `no result within ${runTimeout} ms` })),
    after(
      startTimeout,
      () => !record.startedBy && { code: 1, reason: `the tests did not begin within ${startTimeout} ms` },
    ),
  ];
}

/** The workbench says 0 when the extension host has died too; only a recorded end is a success. */
function judge(over, record) {
  if (over.reason) return over;
  if (record.end?.ended === 0) return { code: over.code };
  if (record.end) return { code: 1, reason: `the tests failed: ${record.end.error?.split('\n')[0]}` };
  const host = record.startedBy ? ` (process ${record.startedBy})` : '';
  return { code: 1, reason: `the extension host${host} ended before the tests did` };
}

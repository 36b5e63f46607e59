// A process beside `npm start` that ends everything it started and removes its folder as soon as it is gone. It
// reads one JSON object a line, `{ group }`, `{ lock }` or `{ folder }`; the end of its input means that the
// other side has ended, in whatever way: a pipe closes after SIGKILL too.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import readline from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const GRACE_MS = 1500;
const POLL_MS = 50;

/** Process groups to end, files that hold a process id, folders to remove. */
const groups = [];
const locks = [];
const folders = [];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { group, lock, folder } = JSON.parse(line);
  if (group) groups.push(group);
  if (lock) locks.push(lock);
  if (folder) folders.push(folder);
}

const processes = locks.flatMap(readProcessId);
signalAll('SIGTERM');
for (let waited = 0; waited < GRACE_MS && anyAlive(); waited += POLL_MS) await wait(POLL_MS);
signalAll('SIGKILL');
for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

/** A desktop VS Code leaves its command line behind and writes its process id into a file. */
function readProcessId(file) {
  const id = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0;
  return id > 0 ? [id] : [];
}

function signalAll(signal) {
  if (process.platform === 'win32') {
    for (const id of [...groups, ...processes]) spawnSync('taskkill', ['/pid', String(id), '/T', '/F']);
    return;
  }
  for (const id of groups) send(-id, signal);
  for (const id of processes) send(id, signal);
}

function anyAlive() {
  return groups.some(id => send(-id, 0)) || processes.some(id => send(id, 0));
}

function send(id, signal) {
  try {
    process.kill(id, signal);
    return true;
  } catch {
    return false; // it has gone
  }
}

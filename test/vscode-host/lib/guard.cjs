'use strict';
// Preloaded (`node --require`) into a process that was started in a group of its own: when the process that
// started it has gone, even by SIGKILL, it ends the whole group.

// The starter names itself, in case it is gone before this line runs; grandchildren must not see the name.
const parent = Number(process.env.VSCODE_HOST_GUARD_PARENT) || process.ppid;
delete process.env.VSCODE_HOST_GUARD_PARENT;

setInterval(() => {
  if (process.ppid === parent) return;
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(1); // not the leader of a group
  }
}, 500).unref();

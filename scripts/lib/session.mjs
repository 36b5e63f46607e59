import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const reaper = fileURLToPath(new URL('./reaper.mjs', import.meta.url));

/** A private folder and the processes of one `npm start`; nothing of either outlives this process. */
export class Session {
  /** Only its owner can enter it. */
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fxiaoke-crm-'));
  #reaper;

  constructor() {
    this.#reaper = spawn(process.execPath, [reaper], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
    this.#reaper.stdin.on('error', () => {}); // it has been ended; there is nobody left to tell
    this.#tell({ folder: this.folder });
  }

  /** A path in the session's folder. */
  path(name) {
    return path.join(this.folder, name);
  }

  /** Ends the group of a child that was started with `detached`. */
  own(child) {
    if (child.pid) this.#tell({ group: child.pid });
    return child;
  }

  /** Ends the process whose id is in this file, if there is one then. */
  ownLock(file) {
    this.#tell({ lock: file });
  }

  /** Ends and removes everything. */
  async end() {
    const gone = new Promise(resolve => this.#reaper.once('exit', resolve));
    if (this.#reaper.exitCode !== null) return;
    this.#reaper.stdin.end();
    await gone;
  }

  #tell(message) {
    this.#reaper.stdin.write(`${JSON.stringify(message)}\n`);
  }
}

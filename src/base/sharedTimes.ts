import fs from 'node:fs/promises';
import path from 'node:path';
import { hashOf } from './fileLock';

/** When something was done lately, epoch milliseconds, oldest first. */
export interface SharedTimes {
  read(): Promise<number[]>;
  write(times: readonly number[]): Promise<void>;
}

const ending = '.times';
/** What nobody has written to for a day is not lately any more: the sandbox has a new address each time, and so a name. */
const forgotten = 24 * 3_600_000;

/**
 * Times for each name that all processes of the machine see, in a file whose name tells nothing. Who writes holds the
 * lock of the same name. Where the disk does not let us, nothing is known of others: that is no reason not to work.
 */
export function sharedTimesIn(folder: string) {
  return (name: string): SharedTimes => {
    const file = path.join(folder, hashOf(name) + ending);
    return {
      read: () => fs.readFile(file, 'utf8').then(timesIn, () => []),
      write: times => write(folder, file, times).catch(() => undefined),
    };
  };
}

async function write(folder: string, file: string, times: readonly number[]): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(file, times.join('\n'));
  for (const name of await fs.readdir(folder)) {
    if (!name.endsWith(ending)) continue;
    const other = path.join(folder, name);
    const { mtimeMs } = await fs.stat(other);
    if (Date.now() - mtimeMs > forgotten) await fs.rm(other, { force: true });
  }
}

function timesIn(text: string): number[] {
  return text
    .split('\n')
    .filter(line => /^\d+$/.test(line))
    .map(Number);
}

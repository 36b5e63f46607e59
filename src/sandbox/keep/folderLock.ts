import { open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';

/** Takes a folder for this process; the result gives it back. Two processes on one journal would destroy it. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => unlink(file).catch(() => undefined);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (isAlive(owner)) {
      throw new Error(`${folder} is used by process ${owner}. If that is no sandbox, remove the file lock in it.`);
    }
    // It was killed, and left its lock behind.
    await unlink(file).catch(() => undefined);
  }
  throw new Error(`${folder} is being taken by another process.`);
}

/** Our own number is one that a killed process had before us, as happens in containers. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import { open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';

/** Takes a folder for this process; the result gives it back. Two processes on one journal would destroy it. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(`${process.pid} ${performance.timeOrigin}`);
      await handle.close();
      return () => unlink(file).catch(() => undefined);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [pid, since] = (await readFile(file, 'utf8').catch(() => '')).split(' ').map(Number);
    if (isAlive(pid ?? 0, since ?? 0)) {
      throw new Error(`${folder} is used by process ${pid}. If that is no sandbox, remove the file lock in it.`);
    }
    // It was killed, and left its lock behind.
    await unlink(file).catch(() => undefined);
  }
  throw new Error(`${folder} is being taken by another process.`);
}

/** In containers a killed process may have had our own number; then it began at another time. */
function isAlive(pid: number, since: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return since === performance.timeOrigin;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

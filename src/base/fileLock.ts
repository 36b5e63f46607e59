import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { sleep, type Clock } from './clock';

/** How often the one who works says that it still does. All in milliseconds. */
const beat = 2_000;
/** Whoever has not said so for that long is gone: its window was closed or has crashed. */
const staleAfter = 10_000;
const pause = 100;

/**
 * Lets processes of one machine do something one at a time: who creates the file may go on. A lock that cannot be had,
 * because the disk is full or the folder is not ours, is no reason not to work.
 */
export class FileLock {
  constructor(
    private readonly file: string,
    private readonly clock: Clock,
  ) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    const mark = randomUUID();
    if (!(await this.#take(mark))) return work();
    const stop = this.#keepFresh();
    try {
      return await work();
    } finally {
      stop();
      await this.#leave(mark);
    }
  }

  async #take(mark: string): Promise<boolean> {
    if (!(await succeeds(fs.mkdir(path.dirname(this.file), { recursive: true })))) return false;
    for (;;) {
      try {
        await fs.writeFile(this.file, mark, { flag: 'wx' });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
      }
      if (!(await this.#isStale())) await sleep(this.clock, pause);
      else if (!(await this.#remove())) return false;
    }
  }

  async #isStale(): Promise<boolean> {
    const stat = await fs.stat(this.file).catch(() => undefined);
    // Either way: a clock that was put back must not make others wait for it to come round.
    return stat !== undefined && Math.abs(this.clock.now() - stat.mtimeMs) > staleAfter;
  }

  #remove(): Promise<boolean> {
    return succeeds(fs.rm(this.file, { force: true }));
  }

  #keepFresh(): () => void {
    let stop: () => void;
    const next = () => {
      stop = this.clock.after(beat, () => {
        const now = new Date(this.clock.now());
        fs.utimes(this.file, now, now).catch(() => undefined);
        next();
      });
    };
    next();
    return () => stop();
  }

  /** Not what is another's by now. */
  async #leave(mark: string): Promise<void> {
    const found = await fs.readFile(this.file, 'utf8').catch(() => '');
    if (found === mark) await this.#remove();
  }
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** A lock for each name, as a file whose name tells nothing and which holds nothing but a random mark. */
export function locksIn(folder: string, clock: Clock) {
  return (name: string) => {
    const lock = new FileLock(path.join(folder, `${hashOf(name)}.lock`), clock);
    return <T>(work: () => Promise<T>): Promise<T> => lock.run(work);
  };
}

export function hashOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}

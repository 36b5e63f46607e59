import { open, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject, parseJson, printJson, type JsonObject, type JsonValue } from '../../base/json';
import type { Change, Keepable } from './change';
import { linesOf } from './lines';

const fileName = 'journal.jsonl';
/** So many lines may be out of date before the journal is written anew, and never fewer than are still good. */
const staleLines = 10_000;
const pieceBytes = 1 << 20;

interface Waiting {
  line: string;
  changes: number;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * What calls changed, one line of JSON per call, so that a call is kept whole or not at all. The first line says of
 * which seed they are. `append` ends when the line is safe on the disk; calls that come meanwhile share the next sync.
 */
export class Journal {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private broken: unknown;

  private constructor(
    private readonly folder: string,
    private readonly header: JsonObject,
    private readonly keepable: Keepable,
    private file: FileHandle,
    /** Changes in the file, the superseded ones included. */
    private written: number,
  ) {}

  /** The first line of a folder's journal; undefined when there is none yet. */
  static async headerIn(folder: string): Promise<JsonObject | undefined> {
    if (!(await exists(path.join(folder, fileName)))) return undefined;
    for await (const { text, complete } of linesOf(path.join(folder, fileName))) {
      // Cut off within its first line: nothing was ever acknowledged.
      if (!complete) return undefined;
      const header = understood(text);
      if (isJsonObject(header) && header['format'] === 1) return header;
      throw new Error(`${folder} holds a journal of another version of the sandbox.`);
    }
    return undefined;
  }

  /** Restores what the folder holds, and is then ready for more. `note` hears of what had to be ignored. */
  static async open(
    folder: string,
    header: JsonObject,
    keepable: Keepable,
    note: (text: string) => void,
  ): Promise<Journal> {
    const file = path.join(folder, fileName);
    const kept = await Journal.headerIn(folder);
    if (kept && printJson(kept) !== printJson(header)) {
      throw new Error(`${folder} holds changes to other records: ${printJson(kept)} instead of ${printJson(header)}.`);
    }
    await unlink(newOf(folder)).catch(() => undefined);
    const { good, changes } = kept ? await restore(file, keepable, note) : { good: 0, changes: 0 };
    const handle = await open(file, kept ? 'r+' : 'w', 0o600);
    // What a crash left half-written would spoil the line that comes after it.
    await handle.truncate(good);
    await handle.close();
    const journal = new Journal(folder, header, keepable, await open(file, 'a', 0o600), changes);
    if (!kept) await journal.begin();
    else if (journal.isStale()) await journal.compact();
    return journal;
  }

  append(changes: Change[]): Promise<void> {
    if (changes.length === 0) return Promise.resolve();
    const line = `${printJson(changes)}\n`;
    return new Promise((done, failed) => {
      this.waiting.push({ line, changes: changes.length, done, failed });
      this.running ??= this.run();
    });
  }

  async close(): Promise<void> {
    await this.running;
    await this.file.close();
  }

  private async begin(): Promise<void> {
    await this.file.appendFile(`${printJson(this.header)}\n`);
    await this.file.datasync();
    await syncFolder(this.folder);
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.write(batch);
        for (const { done } of batch) done();
      } catch (error) {
        // After a failed write nobody knows what is on the disk: nothing more is taken.
        this.broken = error;
        for (const { failed } of batch) failed(error);
      }
    }
    this.running = undefined;
  }

  private async write(batch: Waiting[]): Promise<void> {
    if (this.broken !== undefined) throw this.broken as Error;
    if (this.isStale()) await this.compact();
    await this.file.appendFile(batch.map(({ line }) => line).join(''));
    await this.file.datasync();
    this.written += batch.reduce((sum, { changes }) => sum + changes, 0);
  }

  private isStale(): boolean {
    return this.written > 2 * this.keepable.size + staleLines;
  }

  /** Writes the journal anew with only what still counts. Until the rename the old one is the good one. */
  private async compact(): Promise<void> {
    const all = this.keepable.all();
    const handle = await open(newOf(this.folder), 'w', 0o600);
    try {
      let piece = `${printJson(this.header)}\n`;
      for (const change of all) {
        piece += `${printJson([change])}\n`;
        if (piece.length < pieceBytes) continue;
        await handle.appendFile(piece);
        piece = '';
      }
      await handle.appendFile(piece);
      await handle.datasync();
      await rename(newOf(this.folder), path.join(this.folder, fileName));
    } catch (error) {
      await handle.close();
      throw error;
    }
    await syncFolder(this.folder);
    await this.file.close();
    this.file = handle;
    this.written = all.length;
  }
}

const newOf = (folder: string): string => path.join(folder, 'journal.new');

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Applies every whole line; a broken one is forgiven only at the end, where a crash leaves it. */
async function restore(
  file: string,
  keepable: Keepable,
  note: (text: string) => void,
): Promise<{ good: number; changes: number }> {
  let good = 0;
  let changes = 0;
  let bad: number | undefined;
  let number = 0;
  for await (const { text, next, complete } of linesOf(file)) {
    number += 1;
    const line = complete ? understood(text) : undefined;
    if (bad !== undefined && line !== undefined) throw new Error(`${file} is damaged in line ${bad}.`);
    if (line === undefined) {
      bad ??= number;
      continue;
    }
    if (number > 1) {
      for (const change of line as Change[]) keepable.restore(change);
      changes += (line as Change[]).length;
    }
    good = next;
  }
  if (bad !== undefined) note(`${file}: line ${bad} was not written to its end and is ignored.`);
  return { good, changes };
}

function understood(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Makes a new name in a folder last. Windows cannot, and need not, do this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

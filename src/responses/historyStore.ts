import type { HistoryEntry } from './history';

/** Files of one folder, by name. */
export interface HistoryFiles {
  /** `undefined` where there is none. */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  delete(name: string): Promise<void>;
}

const index = 'index.json';
const version = 1;
const textFile = (id: string) => `${id}.json`;
/** A longer answer is in memory only. */
const longestText = 1_000_000;
/** Of all answers together; beyond this the older ones lose their text. */
const mostCharacters = 20_000_000;

interface Index {
  readonly version: typeof version;
  readonly entries: readonly HistoryEntry[];
  /** Which of them have their text in a file, and its length. */
  readonly texts: Readonly<Record<string, number>>;
}

/** The history on disk: a list of what was asked and answered, and the texts up to a size. Nothing in it is secret. */
export class HistoryStore {
  #texts: Record<string, number> = {};

  constructor(
    private readonly files: HistoryFiles,
    /** Whether the texts of answers, which are data of the tenants, may be kept on disk at all. */
    private readonly keepsTexts: () => boolean,
  ) {}

  async read(): Promise<readonly HistoryEntry[]> {
    const { entries, texts } = parseIndex(await this.files.read(index));
    this.#texts = { ...texts };
    return entries;
  }

  async readText(id: string): Promise<string | undefined> {
    return this.files.read(textFile(id));
  }

  /** `text` gives the text of an entry that is in memory. */
  async write(entries: readonly HistoryEntry[], text: (id: string) => string | undefined): Promise<void> {
    const before = this.#texts;
    const kept: Record<string, number> = {};
    const fresh = new Map<string, string>();
    let left = this.keepsTexts() ? mostCharacters : 0;
    for (const { id, call } of [...entries].reverse()) {
      if (left <= 0) break;
      if ((call?.characters ?? 0) > longestText) continue;
      const written = before[id] === undefined ? text(id) : undefined;
      const length = before[id] ?? written?.length ?? Infinity;
      if (length > longestText) continue;
      left -= length;
      kept[id] = length;
      if (written !== undefined) fresh.set(id, written);
    }
    this.#texts = kept;
    const content: Index = { version, entries, texts: kept };
    // The list comes first: of a text without an entry nobody would know.
    await this.files.write(index, JSON.stringify(content));
    for (const [id, written] of fresh) await this.files.write(textFile(id), written);
    for (const id of Object.keys(before)) if (!(id in kept)) await this.files.delete(textFile(id));
  }
}

/** What cannot be read, or was written by another version, is an empty history. */
function parseIndex(text: string | undefined): Pick<Index, 'entries' | 'texts'> {
  try {
    const read = JSON.parse(text ?? '') as Partial<Index>;
    if (read.version === version && Array.isArray(read.entries)) {
      return { entries: read.entries as HistoryEntry[], texts: read.texts ?? {} };
    }
  } catch {
    // As below.
  }
  return { entries: [], texts: {} };
}

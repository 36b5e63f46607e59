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

/**
 * The history on disk: a list of what was asked and answered, and the texts up to a size. Nothing in it is secret.
 * Windows without a folder share one, so that what another window wrote meanwhile stays.
 */
export class HistoryStore {
  /** Those that this window has had: what is missing among its entries it has dropped, what it never had is another's. */
  readonly #had = new Set<string>();
  /** Texts that the list names and that could not be written. */
  readonly #unwritten = new Set<string>();

  constructor(
    private readonly files: HistoryFiles,
    /** Whether the texts of answers, which are data of the tenants, may be kept on disk at all. */
    private readonly keepsTexts: () => boolean,
  ) {}

  async read(): Promise<readonly HistoryEntry[]> {
    const { entries } = await this.#index();
    for (const { id } of entries) this.#had.add(id);
    return entries;
  }

  async readText(id: string): Promise<string | undefined> {
    return this.files.read(textFile(id));
  }

  /** `text` gives the text of an entry that is in memory; of all entries the newest `most` stay. */
  async write(own: readonly HistoryEntry[], text: (id: string) => string | undefined, most: number): Promise<void> {
    const onDisk = await this.#index();
    for (const { id } of own) this.#had.add(id);
    const others = onDisk.entries.filter(({ id }) => !this.#had.has(id));
    const entries = others.length === 0 ? own : [...own, ...others].sort((a, b) => a.time - b.time).slice(-most);
    const { texts, fresh } = this.#textsOf(entries, onDisk.texts, text);
    // The list comes first: of a text without an entry nobody would know.
    await this.#writeIndex(entries, texts);
    for (const id of fresh.keys()) this.#unwritten.add(id);
    for (const [id, written] of fresh) {
      await this.files.write(textFile(id), written);
      this.#unwritten.delete(id);
    }
    for (const id of Object.keys(onDisk.texts)) if (!(id in texts)) await this.files.delete(textFile(id));
  }

  /** What other windows wrote, too. */
  async clear(): Promise<void> {
    const { texts } = await this.#index();
    await this.#writeIndex([], {});
    for (const id of Object.keys(texts)) await this.files.delete(textFile(id));
  }

  #textsOf(entries: readonly HistoryEntry[], before: Index['texts'], text: (id: string) => string | undefined) {
    const texts: Record<string, number> = {};
    const fresh = new Map<string, string>();
    let left = this.keepsTexts() ? mostCharacters : 0;
    for (const { id, call } of [...entries].reverse()) {
      if (left <= 0) break;
      if ((call?.characters ?? 0) > longestText) continue;
      const known = this.#unwritten.has(id) ? undefined : before[id];
      const written = known === undefined ? text(id) : undefined;
      const length = known ?? written?.length ?? Infinity;
      if (length > longestText) continue;
      left -= length;
      texts[id] = length;
      if (written !== undefined) fresh.set(id, written);
    }
    return { texts, fresh };
  }

  async #index(): Promise<Pick<Index, 'entries' | 'texts'>> {
    return parseIndex(await this.files.read(index));
  }

  async #writeIndex(entries: Index['entries'], texts: Index['texts']): Promise<void> {
    const content: Index = { version, entries, texts };
    await this.files.write(index, JSON.stringify(content));
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

import type { Clock } from '../base/clock';
import type { Answer } from '../api/answer';
import { Emitter } from '../base/emitter';
import type { HistoryCall } from './historyCall';
import type { HistoryStore } from './historyStore';
import { PackedText } from './packedText';
import { prettyText } from './response';

/** An answer kept for looking at. */
export interface HistoryEntry {
  readonly id: string;
  /** What the tab is called, e.g. `query AccountObj`. */
  readonly title: string;
  /** Epoch milliseconds. */
  readonly time: number;
  /** Of what is not the answer to one call, such as the results of a batch, nothing more is known. */
  readonly call?: HistoryCall;
  /** The id of the answer whose tab this one took over. */
  readonly tab?: string;
}

export interface HistoryOptions {
  readonly size: () => number;
  /** Takes secrets out. */
  readonly clean: (text: string) => string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly store: HistoryStore;
  /** Told why the history could not be written; it stays in memory, and is written with the next answer. */
  readonly failed: (error: unknown) => void;
}

/** Answers of many megabytes must not fill the memory: beyond this the older ones are on disk or gone. */
const mostCharactersInMemory = 50_000_000;
/** Beyond this they are packed a moment after they were shown: packed JSON takes a tenth of the room. */
const longestUnpacked = 1_000_000;
const packAfter = 1_000;
/** So long after an answer the history is written, with what came in between. */
const writeAfter = 1_000;

/** The last answers, newest last. Those of an earlier window are read when somebody first looks. */
export class History {
  #entries = new Map<string, HistoryEntry>();
  /** As they came; cleaned and indented when they are shown. */
  readonly #texts = new Map<string, string | PackedText>();
  readonly #ids = new WeakMap<Answer, string>();
  readonly #changes = new Emitter();
  readonly onDidChange = this.#changes.event;
  #loaded: Promise<void> | undefined;
  #stopTimer: (() => void) | undefined;
  /** Whether there is anything that is not on disk, nor on its way there. */
  #isUnwritten = false;
  #writing = Promise.resolve();

  constructor(private readonly options: HistoryOptions) {}

  add(title: string, text: string, call?: HistoryCall): HistoryEntry {
    const { clock, newId } = this.options;
    const time = clock.now();
    const id = newId();
    const entry = this.#cleaned({ id, title, time, ...(call && { call }) });
    this.#entries.set(id, entry);
    this.#texts.set(id, text);
    this.#changed();
    return entry;
  }

  /** Keeps the answer to a call; `entryOf` finds it again. */
  keep(kept: HistoryCall, answer: Answer): void {
    const title = [kept.operation, kept.object].filter(part => part !== undefined).join(' ');
    this.#ids.set(answer, this.add(title, answer.text, kept).id);
  }

  entryOf(answer: Answer): HistoryEntry | undefined {
    return this.#entries.get(this.#ids.get(answer) ?? '');
  }

  /** Better words for an entry, from who knows more. */
  change(id: string, { title, request }: { readonly title: string; readonly request: string | undefined }): void {
    const entry = this.#entries.get(id);
    if (!entry?.call) return;
    this.#entries.set(id, this.#cleaned({ ...entry, title, call: { ...entry.call, request } }));
    this.#changed();
  }

  /** From now on, in the next window too, a tab that was opened for one answer shows another one. */
  takeTab(id: string, tab: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.set(id, { ...entry, tab });
    this.#writeSoon();
  }

  /** The last that took over the tab of an answer. */
  newestIn(tab: string): HistoryEntry | undefined {
    return [...this.#entries.values()].findLast(entry => entry.tab === tab);
  }

  /** Newest first. */
  async list(): Promise<readonly HistoryEntry[]> {
    await this.#load();
    return [...this.#entries.values()].reverse();
  }

  async entry(id: string): Promise<HistoryEntry | undefined> {
    if (!this.#entries.has(id)) await this.#load();
    return this.#entries.get(id);
  }

  /** The newest of this window whose answer that is. */
  withText(text: string): HistoryEntry | undefined {
    const id = [...this.#texts].findLast(([, each]) => each === text)?.[0];
    return id === undefined ? undefined : this.#entries.get(id);
  }

  /** The answer in two-space JSON without secrets; `undefined` where it is not kept any more. */
  async text(id: string): Promise<string | undefined> {
    const text = this.#texts.get(id);
    if (text === undefined) return this.options.store.readText(id);
    if (typeof text !== 'string') return this.#shown(await text.unpacked());
    // Not now: it would hold up the text on its way to the person.
    if (text.length > longestUnpacked) this.options.clock.after(packAfter, () => void this.#pack(id, text));
    return this.#shown(text);
  }

  /** A long answer was looked at, and may never be again. */
  async #pack(id: string, text: string): Promise<void> {
    const packed = await PackedText.of(text);
    if (this.#texts.get(id) === text) this.#texts.set(id, packed);
  }

  /** How much is to be kept is another now: memory follows at once and the disk a moment later. */
  keepAsSet(): void {
    this.#changed();
  }

  async clear(): Promise<void> {
    await this.#load();
    this.#entries.clear();
    this.#texts.clear();
    this.#changed();
    await this.#inTurn(() => this.options.store.clear());
  }

  /** Writes what is not written yet. Never rejects. */
  async write(): Promise<void> {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    if (!this.#isUnwritten) return this.#writing;
    this.#isUnwritten = false;
    await this.#inTurn(() => this.#write()).catch(() => {
      this.#isUnwritten = true;
    });
  }

  /** One after the other, also after one that failed. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(work);
    this.#writing = done.catch(this.options.failed);
    return done;
  }

  async #write(): Promise<void> {
    await this.#load();
    const shown = (id: string) => {
      const text = this.#texts.get(id);
      // What is packed is too long to be written.
      return typeof text === 'string' ? this.#shown(text) : undefined;
    };
    await this.options.store.write([...this.#entries.values()], shown, this.options.size());
  }

  #load(): Promise<void> {
    this.#loaded ??= this.options.store.read().then(older => {
      this.#entries = new Map([...older.map(entry => [entry.id, entry] as const), ...this.#entries]);
      this.#trim();
    });
    return this.#loaded;
  }

  #changed(): void {
    this.#trim();
    this.#changes.fire();
    this.#writeSoon();
  }

  #writeSoon(): void {
    this.#isUnwritten = true;
    this.#stopTimer ??= this.options.clock.after(writeAfter, () => {
      this.#stopTimer = undefined;
      void this.write();
    });
  }

  #trim(): void {
    const size = this.options.size();
    for (const oldest of [...this.#entries.keys()].slice(0, Math.max(0, this.#entries.size - size))) {
      this.#entries.delete(oldest);
      this.#texts.delete(oldest);
    }
    let left = mostCharactersInMemory;
    for (const [id, text] of [...this.#texts].reverse()) {
      left -= text.length;
      if (left < 0 && text.length < mostCharactersInMemory) this.#texts.delete(id);
    }
  }

  #shown(text: string): string {
    return this.options.clean(prettyText(text));
  }

  #cleaned(entry: HistoryEntry): HistoryEntry {
    return withTexts(entry, this.options.clean);
  }
}

/** The same with every text in it changed. */
function withTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTexts(each, change)])) as T;
}

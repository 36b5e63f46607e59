import { parseJson, printJson } from '../base/json';

/** An answer kept for looking at. Holds what came back, never what signed the call. */
export interface ResponseEntry {
  readonly id: string;
  /** What the tab is called, e.g. `query AccountObj`. */
  readonly title: string;
  /** Pretty-printed JSON. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** The answer in two-space JSON; text that is not JSON stays as it came. */
export function prettyText(text: string): string {
  try {
    return printJson(parseJson(text), 2) + '\n';
  } catch {
    return text;
  }
}

/** The last answers, oldest dropped first. */
export class ResponseLog {
  readonly #entries = new Map<string, ResponseEntry>();
  #count = 0;

  constructor(
    private readonly size: () => number,
    private readonly clean: (text: string) => string,
    private readonly now: () => number,
  ) {}

  add(title: string, text: string): ResponseEntry {
    const id = String(++this.#count);
    const entry = { id, title, text: this.clean(text), time: this.now() };
    this.#entries.set(id, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.size()) break;
      this.#entries.delete(oldest);
    }
    return entry;
  }

  get(id: string): ResponseEntry | undefined {
    return this.#entries.get(id);
  }
}

import type { RequestFile } from './nodes';
import { ParsedFile } from './parsedFile';
import { ParsedSection } from './parsedSection';
import { PlacedSection } from './placedSection';
import { splitSections } from './scanner';

/** Reads a request file. Never fails: what is missing is absent from the tree, what is wrong is a problem with a place. */
export function parse(text: string): RequestFile {
  return new Parser().parse(text);
}

/** A replacement in a text: the range that goes and what comes. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Reads one version of a file after the other, and of each only the sections that the one before did not hold. */
export class Parser {
  #file = new ParsedFile([]);

  /** A text of which nobody says what changed in it: sections are compared by their text, from both ends. */
  parse(text: string): RequestFile {
    const { sections, end } = this.#file;
    const shift = text.length - end;
    const same = this.#sameAtStart(text);
    const left = this.#sameAtEnd(text, same, shift);
    const piece = text.slice(startOf(sections, same), (sections[left]?.start ?? end) + shift);
    return this.#renew(same, left, sections.length === 0 ? piece : copied(piece));
  }

  /** A change to the text that was read last, which is looked into only where it was changed. */
  edit({ start, end, text }: TextEdit): RequestFile {
    const { sections } = this.#file;
    const touched = sections.findIndex(section => start <= section.end);
    // The section above may go on where a separator was; the one below stays unless the edit reaches it.
    const first = Math.max(0, touched - 1);
    const last = Math.max(
      first,
      sections.findLastIndex(section => section.start <= end),
    );
    const from = startOf(sections, first);
    const before = this.#file.textOf(first, last + 1);
    return this.#renew(first, last + 1, before.slice(0, start - from) + text + before.slice(end - from));
  }

  /** Puts the sections of a piece of text where some of those of the last version were. */
  #renew(first: number, end: number, piece: string): RequestFile {
    const { sections, end: oldEnd } = this.#file;
    const known = new Map(sections.slice(first, end).map(section => [section.parsed.text, section]));
    const renewed = sections.slice(0, first);
    const from = startOf(sections, first);
    let line = renewed.at(-1)?.lineBelow ?? 0;
    for (const span of splitSections(piece, first === 0)) {
      const text = piece.slice(span.start, span.end);
      // A text is hashed to be looked up.
      const old = known.size > 0 ? known.get(text) : undefined;
      const start = from + span.start;
      const stays = old?.start === start && old.line === line;
      const section = stays ? old : new PlacedSection(old?.parsed ?? new ParsedSection(text), start, line);
      renewed.push(section);
      line = section.lineBelow;
    }
    // What stands above an edit stays where it is; what stands below it has moved.
    const below = sections[end];
    const distance = from + piece.length - (below?.start ?? oldEnd);
    const lines = line - (below?.line ?? line);
    const isMoved = distance !== 0 || lines !== 0;
    for (const section of sections.slice(end)) renewed.push(isMoved ? section.movedBy(distance, lines) : section);
    return (this.#file = new ParsedFile(renewed));
  }

  /** How many sections at the start are as they were. The last of them may have lost the separator behind it. */
  #sameAtStart(text: string): number {
    const { sections, mark } = this.#file;
    if (text.startsWith('\uFEFF') !== (mark !== '')) return 0;
    const changed = sections.findIndex(each => !stands(each, text, 0));
    return Math.max(0, (changed < 0 ? sections.length : changed) - 1);
  }

  /** The first of the sections at the end that are as they were. The one before may have lost its line break. */
  #sameAtEnd(text: string, same: number, shift: number): number {
    const { sections } = this.#file;
    let left = sections.length;
    for (; left > same; left--) {
      const section = sections[left - 1];
      if (!section || section.start + shift < startOf(sections, same)) break;
      if (!stands(section, text, shift)) break;
    }
    return Math.min(sections.length, left + 1);
  }
}

/** Where a piece of text begins: the first one with the byte order mark, if there is one. */
function startOf(sections: readonly PlacedSection[], at: number): number {
  return at === 0 ? 0 : (sections[at - 1]?.end ?? 0);
}

/** Whether a section stands so far behind its old place. (Comparing slices is many times faster than `startsWith`.) */
function stands({ start, end, parsed }: PlacedSection, text: string, shift: number): boolean {
  return text.slice(start + shift, end + shift) === parsed.text;
}

/** A text of its own: a slice would keep the whole text alive that it was cut from, for each edit another one. */
function copied(slice: string): string {
  return ` ${slice}`.slice(1);
}

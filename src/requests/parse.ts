import type { RequestFile, VariableNode } from './nodes';
import { parseSection } from './parseSection';
import { PlacedSection } from './placedSection';
import { problem, type Problem } from './problems';
import { splitSections } from './scanner';

/** Reads a request file. Never fails: what is missing is absent from the tree, what is wrong is a problem with a place. */
export function parse(text: string): RequestFile {
  return new Parser().parse(text);
}

/**
 * Reads one version of a file after the other, and of each only the sections that the one before did not hold. What
 * changed need not be told: sections are compared by their text, from both ends.
 */
export class Parser {
  #text = '';
  #sections: readonly PlacedSection[] = [];

  parse(text: string): RequestFile {
    const before = this.#sections;
    const shift = text.length - this.#text.length;
    const same = this.#sameAtStart(text);
    const left = this.#sameAtEnd(text, same, shift);
    const kept = before.slice(0, same);
    const [from, to] = [kept.at(-1)?.end ?? 0, (before[left]?.start ?? this.#text.length) + shift];
    const known = new Map(before.slice(same, left).map(section => [section.parsed.text, section]));
    const read = splitSections(text, { start: from, end: to }).map(({ start, end }) => {
      const own = text.slice(start, end);
      const old = known.get(own);
      return old?.start === start
        ? old
        : new PlacedSection(old?.parsed ?? parseSection(before.length === 0 ? own : copied(own)), start);
    });
    // What stands before an edit stays where it is; what stands behind it has moved.
    const moved = before.slice(left).map(each => (shift === 0 ? each : each.movedBy(shift)));
    this.#text = text;
    this.#sections = [...kept, ...read, ...moved];
    return new ParsedFile(text, this.#sections);
  }

  /** How many sections at the start are as they were. The last of them may have lost the separator behind it. */
  #sameAtStart(text: string): number {
    // A byte order mark is in no section.
    if (text.startsWith('\uFEFF') !== this.#text.startsWith('\uFEFF')) return 0;
    const changed = this.#sections.findIndex(each => !stands(each, text, 0));
    return Math.max(0, (changed < 0 ? this.#sections.length : changed) - 1);
  }

  /** The first of the sections at the end that are as they were. The one before may have lost its line break. */
  #sameAtEnd(text: string, same: number, shift: number): number {
    let left = this.#sections.length;
    for (; left > same; left--) {
      const section = this.#sections[left - 1];
      if (!section || section.start + shift < (this.#sections[same]?.start ?? 0)) break;
      if (!stands(section, text, shift)) break;
    }
    return Math.min(this.#sections.length, left + 1);
  }
}

/** What only the sections together tell. */
class ParsedFile implements RequestFile {
  readonly kind = 'file';
  readonly start = 0;
  readonly end: number;
  #problems: readonly Problem[] | undefined;
  #variables: ReadonlyMap<string, VariableNode> | undefined;

  constructor(
    readonly text: string,
    readonly sections: readonly PlacedSection[],
  ) {
    this.end = text.length;
  }

  get requests() {
    return this.sections.flatMap(({ request }) => request ?? []);
  }

  get variables() {
    return (this.#variables ??= new Map(this.#definitions().map(node => [node.name.text, node])));
  }

  get connection() {
    const [first] = this.sections;
    return first?.separator ? undefined : first?.directives.find(({ name }) => name === 'connection');
  }

  get problems() {
    return (this.#problems ??= this.#findProblems());
  }

  #definitions(): VariableNode[] {
    return this.sections.flatMap(({ variables }) => variables);
  }

  #findProblems(): readonly Problem[] {
    const problems = [
      ...this.sections.flatMap(section => section.problems),
      ...duplicates(this.#definitions().map(({ name }) => name)).map(node =>
        problem('variableDuplicate', node, { name: node.text }),
      ),
      ...duplicates(this.sections.filter(({ heading }) => heading?.name !== undefined).map(named)).map(
        ({ section, text: name }) => problem('nameDuplicate', section.name ?? section, { name }),
      ),
    ];
    return problems.sort(inOrder);
  }
}

function named(section: PlacedSection): { readonly section: PlacedSection; readonly text: string } {
  return { section, text: section.heading?.name ?? '' };
}

/** Whether a section stands so far behind its old place. (Comparing slices is many times faster than `startsWith`.) */
function stands({ start, end, parsed }: PlacedSection, text: string, shift: number): boolean {
  return text.slice(start + shift, end + shift) === parsed.text;
}

/** A text of its own: a slice would keep the whole text alive that it was cut from, for each edit another one. */
function copied(slice: string): string {
  return ` ${slice}`.slice(1);
}

function duplicates<T extends { readonly text: string }>(names: readonly T[]): T[] {
  const seen = new Set<string>();
  return names.filter(({ text }) => text !== '' && (seen.has(text) || !seen.add(text)));
}

function inOrder(a: Problem, b: Problem): number {
  return a.start - b.start || a.end - b.end;
}

import type { RequestFile, Section, Span, VariableNode } from './nodes';
import { parseSection } from './parseSection';
import { PlacedSection } from './placedSection';
import { problem, type Problem } from './problems';
import { splitSections } from './scanner';

/** Reads a request file. Never fails: what is missing is absent from the tree, what is wrong is a problem with a place. */
export function parse(text: string): RequestFile {
  return new Parser().parse(text);
}

/**
 * Reads one version of a file after the other, and of each only the sections that the one before did not hold. A
 * section is known by its text, so what changed need not be told.
 */
export class Parser {
  #known = new Map<string, Section>();
  #last: readonly PlacedSection[] = [];

  parse(text: string): RequestFile {
    const known = new Map<string, Section>();
    const sections = splitSections(text).map((span, at) => {
      const own = text.slice(span.start, span.end);
      const parsed = known.get(own) ?? this.#known.get(own) ?? parseSection(own);
      known.set(own, parsed);
      return this.#placed(parsed, span, at);
    });
    this.#known = known;
    this.#last = sections;
    return new ParsedFile(text, sections);
  }

  /** What stands before an edit stays where it is. */
  #placed(parsed: Section, { start }: Span, at: number): PlacedSection {
    const last = this.#last[at];
    return last?.parsed === parsed && last.start === start ? last : new PlacedSection(parsed, start);
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
    const names = this.sections.filter(({ parsed }) => parsed.request?.name).map(({ request }) => request?.name?.value);
    const problems = [
      ...this.sections.flatMap(section => section.problems),
      ...duplicates(this.#definitions().map(({ name }) => name)).map(node =>
        problem('variableDuplicate', node, { name: node.text }),
      ),
      ...duplicates(names.filter(node => node !== undefined)).map(node =>
        problem('nameDuplicate', node, { name: node.text }),
      ),
    ];
    return problems.sort(inOrder);
  }
}

function duplicates<T extends { readonly text: string }>(names: readonly T[]): T[] {
  const seen = new Set<string>();
  return names.filter(({ text }) => text !== '' && (seen.has(text) || !seen.add(text)));
}

function inOrder(a: Problem, b: Problem): number {
  return a.start - b.start || a.end - b.end;
}

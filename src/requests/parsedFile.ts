import type { RequestFile, RequestNode, VariableNode } from './nodes';
import type { PlacedSection } from './placedSection';
import { problem, type Problem } from './problems';

/** What only the sections together tell, told when somebody asks. */
export class ParsedFile implements RequestFile {
  readonly kind = 'file';
  readonly start = 0;
  readonly end: number;
  #text: string | undefined;
  #variables: ReadonlyMap<string, VariableNode> | undefined;
  #duplicates: readonly Problem[] | undefined;

  constructor(readonly sections: readonly PlacedSection[]) {
    this.end = sections.at(-1)?.end ?? 0;
  }

  /** The byte order mark, where there is one: it is in no section. */
  get mark(): string {
    return this.sections[0]?.start === 1 ? '\uFEFF' : '';
  }

  get text(): string {
    return (this.#text ??= this.textOf(0, this.sections.length));
  }

  /** The text of some of its sections. */
  textOf(first: number, end: number): string {
    const texts = this.sections.slice(first, end).map(({ parsed }) => parsed.text);
    return (first === 0 ? this.mark : '') + texts.join('');
  }

  get requests(): RequestNode[] {
    return this.sections.flatMap(({ request }) => request ?? []);
  }

  get variables(): ReadonlyMap<string, VariableNode> {
    return (this.#variables ??= new Map(this.#definitions().map(node => [node.name.text, node])));
  }

  get connection() {
    const [first] = this.sections;
    return first?.separator ? undefined : first?.directives.find(({ name }) => name === 'connection');
  }

  get problems(): readonly Problem[] {
    return [...this.sections.flatMap(section => section.problems), ...this.duplicates].sort(inOrder);
  }

  get duplicates(): readonly Problem[] {
    return (this.#duplicates ??= this.#findDuplicates());
  }

  #definitions(): VariableNode[] {
    return this.sections.flatMap(({ variables }) => variables);
  }

  #findDuplicates(): readonly Problem[] {
    const variables = duplicates(this.#definitions(), ({ name }) => name.text);
    const names = duplicates(this.sections, ({ parsed }) => parsed.heading?.name ?? '');
    return [
      ...variables.map(({ name }) => problem('variableDuplicate', name, { name: name.text })),
      ...names.flatMap(({ name }) => (name ? problem('nameDuplicate', name, { name: name.text }) : [])),
    ];
  }
}

/** Those whose name another one in front of them has. */
function duplicates<T>(all: readonly T[], nameOf: (each: T) => string): T[] {
  const seen = new Set<string>();
  return all.filter(each => {
    const name = nameOf(each);
    return name !== '' && (seen.has(name) || !seen.add(name));
  });
}

function inOrder(a: Problem, b: Problem): number {
  return a.start - b.start || a.end - b.end;
}

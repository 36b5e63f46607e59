import { walk, nodeAt, type RequestFile, type Span } from '../nodes';

/** A name that is defined at one place of a file, a variable or a request, and used in templates. */
export interface NamedThing {
  readonly name: string;
  /** Where it is defined; missing where the environment defines it. */
  readonly definition: Span | undefined;
  /** Every place that names it, the definition included, in the order of the text. */
  readonly places: readonly Span[];
}

/** The thing whose name stands at an offset. */
export function namedThingAt(file: RequestFile, offset: number): NamedThing | undefined {
  const name = nameAt(file, offset);
  if (name === undefined) return undefined;
  const definition = definitionOf(file, name);
  const places = [...(definition ? [definition] : []), ...usesOf(file, name)];
  return { name, definition, places: places.sort((a, b) => a.start - b.start) };
}

/** Whether a text may be the name of a variable or a request. */
export function isName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(text);
}

function nameAt(file: RequestFile, offset: number): string | undefined {
  const node = nodeAt(file, offset);
  if (node?.kind === 'template' && node.expression.type === 'reference') return node.expression.name;
  const inside = ({ start, end }: Span) => start <= offset && offset <= end;
  for (const [name, variable] of file.variables) if (inside(variable.name)) return name;
  return file.requests.find(({ name }) => name && inside(name.value))?.name?.value.text;
}

function definitionOf(file: RequestFile, name: string): Span | undefined {
  const variable = file.variables.get(name);
  if (variable) return variable.name;
  return file.sections.findLast(({ heading }) => heading?.name === name)?.request?.name?.value;
}

function usesOf(file: RequestFile, name: string): Span[] {
  const uses: Span[] = [];
  walk(file, node => {
    if (node.kind !== 'template' || node.expression.type !== 'reference' || node.expression.name !== name) return;
    const at = file.text.indexOf(name, node.start + 2);
    uses.push({ start: at, end: at + name.length });
  });
  return uses;
}

import { walk, nodeAt, requestNamed, type Expression, type RequestFile, type Span } from '../nodes';

/** What a name is of: a variable of the file, a request, or what only the environment has. */
type NameKind = 'variable' | 'request' | 'environment';

/** A name that is defined in a file, of a variable or a request, and used in templates. */
export interface NamedThing {
  readonly name: string;
  readonly kind: NameKind;
  /** Where it is defined; of several places the one that holds. Missing where the environment defines it. */
  readonly definition: Span | undefined;
  readonly definitions: readonly Span[];
  /** Every place that names it, the definitions included, in the order of the text. */
  readonly places: readonly Span[];
}

/** The thing whose name stands at an offset. */
export function namedThingAt(file: RequestFile, offset: number): NamedThing | undefined {
  const found = nameAt(file, offset);
  if (!found) return undefined;
  const definitions = definitionsOf(file, found);
  const places = [...definitions, ...usesOf(file, found)].sort((a, b) => a.start - b.start);
  return { ...found, definition: definitions.at(-1), definitions, places };
}

/** Whether a name means something in the file already, so that another thing cannot have it. */
export function isTaken(file: RequestFile, name: string): boolean {
  if (file.variables.has(name) || requestNamed(file, name)) return true;
  return usesOf(file, { name, kind: 'environment' }).length > 0;
}

interface Name {
  readonly name: string;
  readonly kind: NameKind;
}

function nameAt(file: RequestFile, offset: number): Name | undefined {
  const node = nodeAt(file, offset);
  if (node?.kind === 'template') return nameIn(file, node.expression);
  const inside = ({ start, end }: Span) => start <= offset && offset <= end;
  const variable = file.sections.flatMap(({ variables }) => variables).find(each => inside(each.name));
  if (variable) return { name: variable.name.text, kind: 'variable' };
  const request = file.requests.find(({ name }) => name && inside(name.value))?.name;
  return request && { name: request.value.text, kind: 'request' };
}

/** As `Variables` looks for its value: a path leads into an answer, and a variable of the file has none. */
function nameIn(file: RequestFile, expression: Expression): Name | undefined {
  if (expression.type !== 'reference') return undefined;
  const { name, path } = expression;
  if (path.length === 0 && file.variables.has(name)) return { name, kind: 'variable' };
  return { name, kind: requestNamed(file, name) ? 'request' : 'environment' };
}

function definitionsOf(file: RequestFile, { name, kind }: Name): Span[] {
  switch (kind) {
    case 'variable':
      return file.sections.flatMap(({ variables }) =>
        variables.flatMap(each => (each.name.text === name ? [each.name] : [])),
      );
    case 'request':
      return file.sections.flatMap(section => (section.heading?.name === name && section.name ? [section.name] : []));
    case 'environment':
      return [];
  }
}

function usesOf(file: RequestFile, { name, kind }: Name): Span[] {
  const uses: Span[] = [];
  walk(file, node => {
    if (node.kind !== 'template') return;
    const found = nameIn(file, node.expression);
    if (found?.name !== name || found.kind !== kind) return;
    const at = file.text.indexOf(name, node.start + 2);
    uses.push({ start: at, end: at + name.length });
  });
  return uses;
}

import { JsonNode } from './jsonNode';
import type {
  CommentNode,
  DirectiveNode,
  RequestNode,
  Section,
  SeparatorNode,
  Span,
  TextNode,
  VariableNode,
} from './nodes';
import type { Heading, ParsedSection } from './parsedSection';
import type { Problem } from './problems';

type Nodes = Pick<Section, 'separator' | 'comments' | 'directives' | 'variables' | 'request'>;

/**
 * A parsed section where it stands in one version of a text. Most sections are only moved by an edit, and most are
 * never looked into again: their nodes are put in place when somebody does.
 */
export class PlacedSection implements Section {
  readonly kind = 'section';
  #nodes: Nodes | undefined;

  constructor(
    /** Its offsets count from 0; shared by all versions of the text that hold the section. */
    readonly parsed: ParsedSection,
    readonly start: number,
    /** The line of the text that it starts on. */
    readonly line: number,
  ) {}

  get end(): number {
    return this.start + this.parsed.end;
  }

  /** The line that the next section starts on. */
  get lineBelow(): number {
    return this.line + this.parsed.lineBreaks;
  }

  movedBy(distance: number, lines: number): PlacedSection {
    return new PlacedSection(this.parsed, this.start + distance, this.line + lines);
  }

  /** Line and character in the text of an offset in the section. */
  placeOf(offset: number): { readonly line: number; readonly character: number } {
    const { line, character } = this.parsed.placeOf(offset);
    return { line: this.line + line, character };
  }

  /** The request's name where it stands. */
  get name(): TextNode | undefined {
    const { name } = this.parsed.request ?? {};
    return name && moved(name.value, this.start);
  }

  /** Told without reading all of the section. */
  get heading(): Heading | undefined {
    const { parsed, start } = this;
    const { heading } = parsed;
    return heading && { ...moved(heading, start), top: heading.top + start, lineEnd: heading.lineEnd + start };
  }

  get separator(): SeparatorNode | undefined {
    return this.#placed.separator;
  }

  get comments(): CommentNode[] {
    return this.#placed.comments;
  }

  get directives(): DirectiveNode[] {
    return this.#placed.directives;
  }

  get variables(): VariableNode[] {
    const { variables } = this.parsed;
    return variables.length === 0 ? variables : this.#placed.variables;
  }

  get request(): RequestNode | undefined {
    return this.#placed.request;
  }

  get problems(): readonly Problem[] {
    const { problems } = this.parsed;
    return problems.length === 0 ? problems : moved(problems, this.start);
  }

  get #placed(): Nodes {
    return (this.#nodes ??= this.#place());
  }

  #place(): Nodes {
    const { separator, comments, directives, variables, request } = this.parsed;
    const place = <T>(part: T) => moved(part, this.start);
    return {
      separator: place(separator),
      comments: place(comments),
      directives: place(directives),
      variables: place(variables),
      request: place(request),
    };
  }
}

/** Parts of nodes that hold no offsets of the text. */
const placeless: ReadonlySet<string> = new Set(['data', 'expression']);

function moved<T>(value: T, distance: number): T {
  if (typeof value !== 'object' || value === null || distance === 0) return value;
  if (Array.isArray(value)) return (value as unknown[]).map(each => moved(each, distance)) as T;
  if (value instanceof JsonNode) return value.movedBy(distance) as T;
  const { start, end } = value as unknown as Span;
  const parts = Object.entries(value as Record<string, unknown>).map(([key, part]): [string, unknown] => [
    key,
    placeless.has(key) ? part : moved(part, distance),
  ]);
  return { ...Object.fromEntries(parts), start: start + distance, end: end + distance } as T;
}

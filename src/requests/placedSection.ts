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
import type { ParsedSection } from './parseSection';
import type { Problem } from './problems';

/** What lists show of a request. */
export interface Heading extends Span {
  /** Where the separator above it stands; its own start without one. */
  readonly top: number;
  /** The name after `@name`. */
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly method?: string | undefined;
  readonly target?: string | undefined;
}

/**
 * A parsed section where it stands in one version of a text. Most sections are only moved by an edit, and most are
 * never looked into again: their nodes are put in place when somebody does.
 */
export class PlacedSection implements Section {
  readonly kind = 'section';
  #nodes: Section | undefined;
  #heading: Heading | undefined;

  constructor(
    /** Its offsets count from 0; shared by all versions of the text that hold the section. */
    readonly parsed: ParsedSection,
    readonly start: number,
  ) {}

  get end(): number {
    return this.start + this.parsed.end;
  }

  movedBy(distance: number): PlacedSection {
    return new PlacedSection(this.parsed, this.start + distance);
  }

  /** The request's name where it stands; told, like the heading, without putting the nodes in place. */
  get name(): TextNode | undefined {
    const { name } = this.parsed.request ?? {};
    return name && moved(name.value, this.start);
  }

  get heading(): Heading | undefined {
    return (this.#heading ??= this.#findHeading());
  }

  #findHeading(): Heading | undefined {
    const { request } = this.parsed;
    if (!request) return undefined;
    const { name, title, method, target } = request;
    return {
      top: this.start + (this.parsed.separator?.start ?? request.start),
      start: this.start + request.start,
      end: this.start + request.end,
      name: name?.value.text,
      title: title?.text,
      method: method?.text,
      target: target?.text,
    };
  }

  get separator(): SeparatorNode | undefined {
    return this.parsed.separator && this.#placed.separator;
  }

  get comments(): CommentNode[] {
    return this.#placed.comments;
  }

  get directives(): DirectiveNode[] {
    return this.parsed.directives.length === 0 ? [] : this.#placed.directives;
  }

  get variables(): VariableNode[] {
    return this.parsed.variables.length === 0 ? [] : this.#placed.variables;
  }

  get request(): RequestNode | undefined {
    return this.parsed.request && this.#placed.request;
  }

  get problems(): readonly Problem[] {
    const { problems, request } = this.parsed;
    const ofBody = request?.body instanceof JsonNode ? request.body.problems : none;
    if (problems.length + ofBody.length === 0) return none;
    return moved([...problems, ...ofBody], this.start);
  }

  get #placed(): Section {
    return (this.#nodes ??= moved(this.parsed, this.start));
  }
}

/** Most sections have no problem. */
const none: readonly Problem[] = [];

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

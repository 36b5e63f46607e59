import { JsonNode } from './jsonNode';
import type { CommentNode, DirectiveNode, RequestNode, Section, SeparatorNode, Span, VariableNode } from './nodes';
import { SectionParser, type SectionContent } from './parseSection';
import { problem, type Problem } from './problems';
import { requestLineIn } from './scanner';
import { isName } from './names';

/** What lists show of a request: its first lines tell. It ends with the last line of the section that is not blank. */
export interface Heading extends Span {
  /** Where the separator above it stands; its own start without one. */
  readonly top: number;
  /** Where the request line ends. */
  readonly lineEnd: number;
  /** The name after `@name`. */
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly method?: string | undefined;
  readonly target?: string | undefined;
}

/** Those of the body; where another request begins in it, that is what is wrong from there on. */
function bodyProblems(text: string, { start, end, problems }: JsonNode): readonly Problem[] {
  if (problems.length === 0) return problems;
  const next = requestLineIn(text, { start, end });
  if (!next) return problems;
  // A body without its last brackets ends there too.
  return [...problems.filter(found => found.start < next.start), problem('separatorMissing', next, {})];
}

const mayName = /[@＠]name/i;
const none: readonly never[] = [];

/**
 * A section by itself, its offsets counted from 0. It is read when somebody looks into it: the head for lists, the rest
 * for whoever checks, colours or sends the request, and its body after that.
 */
export class ParsedSection implements Section {
  readonly kind = 'section';
  readonly start = 0;
  readonly lineBreaks: number;
  #parser: SectionParser | undefined;
  #content: SectionContent | undefined;
  #problems: readonly Problem[] | undefined;
  #heading: { readonly found: Heading | undefined } | undefined;

  constructor(readonly text: string) {
    this.lineBreaks = this.placeOf(text.length).line;
  }

  get end(): number {
    return this.text.length;
  }

  get heading(): Heading | undefined {
    return (this.#heading ??= { found: this.#findHeading() }).found;
  }

  get separator(): SeparatorNode | undefined {
    return this.#read.separator;
  }

  get comments(): CommentNode[] {
    return this.#read.comments;
  }

  get directives(): DirectiveNode[] {
    return this.#read.directives;
  }

  get variables(): VariableNode[] {
    return this.#head.variables;
  }

  get request(): RequestNode | undefined {
    return this.#read.request;
  }

  /** Those of the body included, which is read for them. */
  get problems(): readonly Problem[] {
    return (this.#problems ??= this.#findProblems());
  }

  /** Line and character of an offset. An editor's text has no other line breaks than these. */
  placeOf(offset: number): { readonly line: number; readonly character: number } {
    const { text } = this;
    let [line, start] = [0, 0];
    for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', start)) {
      line++;
      start = at + 1;
    }
    return { line, character: offset - start };
  }

  get #head() {
    return (this.#parser ??= new SectionParser(this.text)).head;
  }

  get #read(): SectionContent {
    return (this.#content ??= (this.#parser ??= new SectionParser(this.text)).content());
  }

  #findHeading(): Heading | undefined {
    const { separator, request, lineEnd } = this.#head;
    if (!request) return undefined;
    const { start, title, method, target } = request;
    return {
      top: separator?.start ?? start,
      start,
      lineEnd,
      end: this.text.trimEnd().length,
      name: this.#findName(),
      title: title?.text,
      method: method?.text,
      target: target?.text,
    };
  }

  /** A name above the request line holds, and is no name where it is no word. One below it is rare. */
  #findName(): string | undefined {
    const above = this.#head.directives.find(({ name }) => name === 'name')?.value.text;
    if (above !== undefined) return isName(above) ? above : undefined;
    return mayName.test(this.text) ? this.request?.name?.value.text : undefined;
  }

  #findProblems(): readonly Problem[] {
    const { problems, request } = this.#read;
    const ofBody = request?.body instanceof JsonNode ? bodyProblems(this.text, request.body) : none;
    return problems.length + ofBody.length === 0 ? none : [...problems, ...ofBody];
  }
}

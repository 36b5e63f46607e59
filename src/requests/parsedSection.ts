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
const none: never[] = [];

/** Blank, or a comment that says nothing to us. */
const plainLines = String.raw`(?:(?:#(?![#＃])[^@＠\r\n]*)?\r?\n)*`;
/**
 * The head of a section as nearly all are: separator, comments, a name, request line. What such a head holds is told
 * without going through the grammar line by line, which would find the same.
 */
const plainHead = new RegExp(
  [
    String.raw`^(?:###+(?![#＃])([^\r\n]*)\r?\n)?`,
    plainLines,
    String.raw`(?:# @name ([A-Za-z_][\w-]*)\r?\n${plainLines})?`,
    String.raw`((?:([A-Za-z]+)[ \t]+)?(/(?!/)\S*))[ \t]*(?![^\r\n])`,
  ].join(''),
);

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
  #isPlain = false;

  constructor(readonly text: string) {
    this.lineBreaks = lineBreaksIn(text, 0, text.length);
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
    return this.heading && this.#isPlain ? none : this.#head.variables;
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
    const { text, lineBreaks } = this;
    const isNearEnd = offset > text.length / 2;
    return {
      line: isNearEnd ? lineBreaks - lineBreaksIn(text, offset, text.length) : lineBreaksIn(text, 0, offset),
      character: offset === 0 ? 0 : offset - text.lastIndexOf('\n', offset - 1) - 1,
    };
  }

  get #head() {
    return (this.#parser ??= new SectionParser(this.text)).head;
  }

  get #read(): SectionContent {
    return (this.#content ??= (this.#parser ??= new SectionParser(this.text)).content());
  }

  #findHeading(): Heading | undefined {
    const match = plainHead.exec(this.text);
    if (match) return this.#plainHeading(match);
    const { separator, request, lineEnd } = this.#head;
    if (!request) return undefined;
    const { start, title, method, target } = request;
    return {
      top: separator?.start ?? start,
      start,
      lineEnd,
      end: this.text.trimEnd().length,
      name: this.#findName(lineEnd),
      title: title?.text,
      method: method?.text,
      target: target?.text,
    };
  }

  #plainHeading([head, title, name, line = '', method, target]: RegExpExecArray): Heading {
    this.#isPlain = true;
    const lineEnd = head.trimEnd().length;
    const start = lineEnd - line.length;
    return {
      top: title === undefined ? start : 0,
      start,
      lineEnd,
      end: this.text.trimEnd().length,
      name: name ?? this.#nameBelow(lineEnd),
      title: title === undefined || isBlank(title) ? undefined : title.trim(),
      method: method?.toUpperCase(),
      target,
    };
  }

  /** A name above the request line holds, and is no name where it is no word. */
  #findName(lineEnd: number): string | undefined {
    const above = this.#head.directives.find(({ name }) => name === 'name')?.value.text;
    if (above !== undefined) return isName(above) ? above : undefined;
    return this.#nameBelow(lineEnd);
  }

  /** One below the request line stands between the headers, and is rare. */
  #nameBelow(lineEnd: number): string | undefined {
    const { text } = this;
    const blank = text.indexOf('\n\n', lineEnd);
    return mayName.test(text.slice(lineEnd, blank < 0 ? text.length : blank))
      ? this.request?.name?.value.text
      : undefined;
  }

  #findProblems(): readonly Problem[] {
    const { problems, request } = this.#read;
    const ofBody = request?.body instanceof JsonNode ? bodyProblems(this.text, request.body) : none;
    return problems.length + ofBody.length === 0 ? none : [...problems, ...ofBody];
  }
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function lineBreaksIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

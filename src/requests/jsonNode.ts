import { parseTree, printParseErrorCode, visit, type Node as JsonTree, type ParseError } from 'jsonc-parser';
import { findTemplates } from './expressions';
import type { Span, TemplateNode } from './nodes';
import { problem, type Problem } from './problems';
import { toAscii } from './scanner';

/** jsonc-parser recurses: deeper than this is a problem, so that the stack never is one. */
const maxDepth = 200;
const maxErrors = 20;

type TokenKind = 'string' | 'fullWidthString' | 'comment' | 'template' | 'fullWidth' | 'open' | 'close' | 'other';

export interface BodyToken {
  kind: TokenKind;
  text: string;
  at: number;
}

const lineStart = String.raw`(?:^|[\r\n])[^\S\r\n]*`;

/**
 * The words of a body. A string ends on its line, so nothing at the start of a line is ever inside one: there `#` starts
 * a comment as it does in the rest of the file, and `//` and block comments do so anywhere outside strings.
 */
const tokenRules: readonly (readonly [TokenKind, string])[] = [
  ['string', String.raw`"(?:[^"\\\r\n]|\\[^\r\n])*"`],
  ['fullWidthString', String.raw`[“”＂][^“”＂"\r\n]*[“”＂"]|"[^“”＂"\r\n]*[“”＂]`],
  ['other', String.raw`"(?:[^"\\\r\n]|\\[^\r\n])*`],
  ['comment', String.raw`\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)|#(?<=${lineStart}#)[^\r\n]*`],
  ['template', String.raw`\{\{[^{}"\r\n]*\}\}`],
  ['fullWidth', String.raw`[：，｛｝［］“”＂\u3000]`],
  ['open', String.raw`[[{]`],
  ['close', String.raw`[\]}]`],
];
const tokens = new RegExp(tokenRules.map(([, rule]) => `(${rule})`).join('|'), 'g');

/** All of a body. */
export function* scanBody(text: string): Generator<BodyToken> {
  let done = 0;
  for (const token of marksIn(text)) {
    if (token.at > done) yield { kind: 'other', text: text.slice(done, token.at), at: done };
    yield token;
    done = token.at + token.text.length;
  }
  if (done < text.length) yield { kind: 'other', text: text.slice(done), at: done };
}

/** The words of a body but for what is copied as it is: white space, commas, numbers. */
function* marksIn(text: string): Generator<BodyToken> {
  for (const match of text.matchAll(tokens)) {
    const groups: readonly (string | undefined)[] = match;
    const [kind] = tokenRules[groups.findIndex((group, at) => at > 0 && group !== undefined) - 1] ?? ['other'];
    yield { kind, text: match[0], at: match.index };
  }
}

interface JsonContent {
  readonly text: string;
  readonly masked: string;
  /** Their offsets count from the start of the text, as those of the tree do. */
  readonly templates: TemplateNode[];
  readonly problems: Problem[];
  readonly tree: JsonTree | undefined;
}

/**
 * JSON with comments, trailing commas and templates: a body, or what an assertion compares with. It is read when
 * somebody looks into it, and once for all places that its section is moved to: bodies are most of a file's text.
 */
export class JsonNode implements Span {
  readonly kind = 'json';
  #templates: TemplateNode[] | undefined;

  private constructor(
    readonly start: number,
    readonly end: number,
    private readonly content: () => JsonContent,
  ) {}

  /** The JSON of a range; `undefined` where it holds nothing but comments. */
  static read(source: string, { start, end }: Span): JsonNode | undefined {
    const text = source.slice(start, end);
    let content: JsonContent | undefined;
    const read = () => (content ??= readJson(text));
    const mayBeEmpty = /^\s*(?:\/[/*]|$)/.test(text);
    return mayBeEmpty && isEmpty(text) ? undefined : new JsonNode(start, end, read);
  }

  /** jsonc-parser's tree, its offsets relative to `start`. A template that stands for a value is a string in it. */
  get tree(): JsonTree | undefined {
    return this.content().tree;
  }

  get templates(): TemplateNode[] {
    return (this.#templates ??= this.content().templates.map(each => movedSpan(each, this.start)));
  }

  get problems(): Problem[] {
    const { problems } = this.content();
    return problems.length === 0 ? problems : problems.map(each => movedSpan(each, this.start));
  }

  /** The text with blanks for comments and strings for templates, as long as the range. */
  get masked(): string {
    return this.content().masked;
  }

  /** How a node of the tree is written. */
  textOf({ offset, length }: JsonTree): string {
    return this.content().text.slice(offset, offset + length);
  }

  movedBy(distance: number): JsonNode {
    return new JsonNode(this.start + distance, this.end + distance, this.content);
  }
}

function movedSpan<T extends Span>(span: T, distance: number): T {
  return { ...span, start: span.start + distance, end: span.end + distance };
}

function isEmpty(text: string): boolean {
  return mask(text, []).masked.trim() === '';
}

function readJson(text: string): JsonContent {
  const problems: Problem[] = [];
  const { masked, templates, depth } = isPlain(text) ? { masked: text, templates: [], depth: 0 } : mask(text, problems);
  if (depth > maxDepth) {
    problems.push(problem('jsonTooDeep', { start: 0, end: text.length }, { limit: maxDepth }));
    return { text, masked, templates, problems, tree: undefined };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(masked, errors, { allowTrailingComma: true });
  // Of a text in another format, which is wrong from its first character on, nothing more need be said.
  const shown = errors[0]?.offset === 0 ? 1 : maxErrors;
  for (const { error, offset, length } of errors.slice(0, shown)) {
    const start = Math.min(offset, masked.length);
    const end = Math.min(start + length, text.length);
    problems.push(problem('jsonInvalid', { start, end }, { error: printParseErrorCode(error) }));
  }
  return { text, masked, templates, problems, tree };
}

const needsMask = /\{\{|\/[/*]|[#：，｛｝［］“”＂\u3000]/;

/** Whether jsonc-parser can read a text as it is; most bodies are so, and masking costs more than parsing. */
function isPlain(text: string): boolean {
  return !needsMask.test(text) && text.split(/[[{]/, maxDepth + 1).length <= maxDepth;
}

/** The text, as long as before, with blanks for comments, strings for templates and ASCII for full-width characters. */
function mask(source: string, problems: Problem[]) {
  const templates: TemplateNode[] = [];
  const pieces: string[] = [];
  let done = 0;
  let level = 0;
  let depth = 0;
  const replace = ({ at, text }: BodyToken, masked: string) => {
    pieces.push(source.slice(done, at), masked);
    done = at + text.length;
  };
  const addTemplates = ({ at, text }: BodyToken, context: TemplateNode['context']) => {
    if (!text.includes('{{')) return;
    templates.push(...findTemplates(source, { start: at, end: at + text.length }, context, problems));
  };
  for (const token of marksIn(source)) {
    const { kind, text, at } = token;
    switch (kind) {
      case 'string':
        addTemplates(token, 'jsonString');
        break;
      case 'fullWidthString':
        addTemplates(token, 'jsonString');
        replace(token, maskFullWidth(text, at, problems));
        break;
      case 'template':
        addTemplates(token, 'json');
        replace(token, `"${'_'.repeat(text.length - 2)}"`);
        break;
      case 'fullWidth':
        replace(token, maskFullWidth(text, at, problems));
        break;
      case 'comment':
        reportDirective(text, at, problems);
        replace(
          token,
          text.replace(/[^\r\n]+/g, line => ' '.repeat(line.length)),
        );
        break;
      case 'open':
        depth = Math.max(depth, ++level);
        break;
      case 'close':
        level--;
        break;
      case 'other':
    }
  }
  pieces.push(source.slice(done));
  return { masked: pieces.join(''), templates, depth };
}

/** A directive is read before the body only; in it, one would go unnoticed. */
function reportDirective(comment: string, start: number, problems: Problem[]): void {
  const [before, name] = /^(?:#+|\/\/+)[^\S\r\n]*@(name|connection|confirm)(?![^\s:=])/.exec(comment) ?? [];
  if (before === undefined || name === undefined) return;
  const end = start + before.length;
  problems.push(problem('directiveMisplaced', { start: end - name.length, end }, { name }));
}

function maskFullWidth(text: string, start: number, problems: Problem[]): string {
  const masked = (found: string, at: number) => {
    const expected = found === '\u3000' ? ' ' : toAscii(found);
    problems.push(problem('fullWidthPunctuation', { start: start + at, end: start + at + 1 }, { found, expected }));
    return expected;
  };
  // Of a string only its quotes are punctuation.
  if (text.length === 1) return masked(text, 0);
  const last = text.length - 1;
  const quote = (at: number) => (text[at] === '"' ? '"' : masked(text.charAt(at), at));
  return quote(0) + text.slice(1, last) + quote(last);
}

/** Strict JSON from JSON with comments and trailing commas; numbers, strings, order and duplicates stay as they are. */
export function toStrictJson(text: string): { json: string } | { error: string; offset: number } {
  if (nesting(text) > maxDepth) return { error: 'TooDeep', offset: 0 };
  const pieces: string[] = [];
  let error: { error: string; offset: number } | undefined;
  let separate = false;
  const put = (piece: string, separateNext: boolean) => {
    pieces.push(separate ? `,${piece}` : piece);
    separate = separateNext;
  };
  const close = (piece: string) => {
    separate = false;
    put(piece, true);
  };
  const verbatim = (offset: number, length: number) => text.slice(offset, offset + length);
  visit(
    text,
    {
      onObjectBegin: () => put('{', false),
      onObjectEnd: () => close('}'),
      onArrayBegin: () => put('[', false),
      onArrayEnd: () => close(']'),
      onObjectProperty: (_name, offset, length) => put(`${verbatim(offset, length)}:`, false),
      onLiteralValue: (_value, offset, length) => put(verbatim(offset, length), true),
      onError: (code, offset) => (error ??= { error: printParseErrorCode(code), offset }),
    },
    { allowTrailingComma: true },
  );
  return error ?? { json: pieces.join('') };
}

function nesting(text: string): number {
  let level = 0;
  let depth = 0;
  for (const { kind } of marksIn(text)) {
    // What reads as a template here is two braces.
    if (kind === 'template') depth = Math.max(depth, level + 2);
    if (kind === 'open') depth = Math.max(depth, ++level);
    if (kind === 'close') level--;
  }
  return depth;
}

import type { Span } from './nodes';
import { problem, type Problem } from './problems';

export interface Line<K extends string = string> extends Span {
  kind: K;
  /** Where the named groups of the rule matched. */
  groups: Record<string, Span | undefined>;
  /** Start of the line that follows. */
  next: number;
}

/** How a line may read. `starts` are the characters that it can begin with, any where it is left out. */
export interface LineRule<K extends string> {
  readonly kind: K;
  readonly starts: string | undefined;
  readonly pattern: RegExp;
  /** What the groups of the pattern are called; `undefined` for what is not asked for. */
  readonly names: readonly (string | undefined)[];
}
/** They are tried in order. */
export type LineRules<K extends string> = readonly LineRule<K>[];

type Part = RegExp | readonly [name: string, pattern: RegExp];

/**
 * The parts follow each other without a gap, so that their lengths tell where each one is. (That is many times faster
 * than asking the engine for the places.) `\s` would cross the end of the line, hence `[^\S\r\n]`.
 */
function line<K extends string>(kind: K, starts: string | undefined, ...parts: readonly Part[]): LineRule<K> {
  const all = [blanks, ...parts].map(part => (part instanceof RegExp ? ([undefined, part] as const) : part));
  const pattern = new RegExp(all.map(([, { source }]) => `(${source})`).join(''), 'iy');
  return { kind, starts, pattern, names: all.map(([name]) => name) };
}

const blanks = /[^\S\r\n]*/;
const rest = /[^\r\n]*/;
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const comments = [
  line(
    'directive',
    '#＃/',
    ['marks', /[#＃]{1,2}|\/\/+/],
    blanks,
    ['at', /[@＠]/],
    ['name', /[^\s:=]+/],
    /(?:[^\S\r\n]*[:=])?/,
    ['value', rest],
  ),
  line('comment', '#＃/', ['marks', /[#＃]|\/\//]),
] as const;
const blank = line('blank', '\r\n', /(?![^\r\n])/);
const assertion = line(
  'assertion',
  '?？',
  ['marks', /[?？]{2}/],
  blanks,
  ['path', /[^\s=!<>＝！＜＞]*/],
  blanks,
  ['operator', /[=!<>＝！＜＞]+|[^\s"{[\d]*/],
  ['value', rest],
);
/** `<@`, which other HTTP clients have for a file whose variables are filled in. (`<a>` begins an XML text.) */
const bodyFile = line('bodyFile', '<', ['mark', /<(?:@[\w-]*)?(?![^\r\n]*>)/], ['path', rest]);
/** What JetBrains' HTTP client does before and after a request, and where it puts the response. */
const scriptBefore = line('script', '<', /<[^\S\r\n]*(?:\{%|\S+\.js\b)/, rest);
const scriptAfter = line('script', '>', />[^\S\r\n]*(?:\{%|\S+\.js\b)/, rest);
const responseFile = line('responseFile', '<>', /<>|>>/, rest);
const json = line('json', '[{｛［', /[[{｛［](?!\{)/);
const text = line('text', undefined);

/** Before the request line. */
export const headRules = [
  line('separator', '#＃', ['marks', /[#＃]{3,}/], ['title', rest]),
  ...comments,
  blank,
  line('variable', '@＠', ['at', /[@＠]/], ['name', /[^\s=＝]*/], blanks, ['equals', /[=＝]?/], ['value', rest]),
  json,
  scriptBefore,
  line('target', '/hH{', ['target', /(?:\/|https?:\/\/|\{\{)[^\r\n]*/]),
  line('request', letters, ['method', /[a-z]+(?!\S)/], ['target', rest]),
  text,
] as const satisfies LineRules<string>;

/** Lines that the request line goes on with. */
export const queryRules = [text] as const satisfies LineRules<string>;

/** From the request line to the first blank line. */
export const headerRules = [
  ...comments,
  blank,
  assertion,
  scriptAfter,
  responseFile,
  json,
  bodyFile,
  line('header', undefined, ['name', /[^\s:：]+/], blanks, ['colon', /[:：]/], ['value', rest]),
  text,
] as const satisfies LineRules<string>;

/** After the blank line, up to the body. */
export const gapRules = [
  ...comments,
  blank,
  assertion,
  scriptAfter,
  responseFile,
  bodyFile,
  text,
] as const satisfies LineRules<string>;

/** After the body. */
export const tailRules = [
  ...comments,
  blank,
  assertion,
  scriptAfter,
  responseFile,
  text,
] as const satisfies LineRules<string>;

/** What stands below a body, or where one is missing. */
export function isTail({ kind }: Line): boolean {
  return kind === 'assertion' || kind === 'script' || kind === 'responseFile';
}

export function scanLine<K extends string>(rules: LineRules<K>, source: string, start: number): Line<K> {
  const end = endOfLine(source, start);
  const next = source.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, source.length);
  const first = firstCharacter(source, start);
  for (const { kind, starts, pattern, names } of rules) {
    if (starts !== undefined && !starts.includes(first)) continue;
    pattern.lastIndex = start;
    const match = pattern.exec(source);
    if (match) return { kind, start, end, next, groups: groupsOf(source, match, names) };
  }
  throw new Error('The last rule matches every line.');
}

function groupsOf(source: string, match: RegExpExecArray, names: LineRule<string>['names']): Line['groups'] {
  const groups: Line['groups'] = {};
  let at = match.index;
  names.forEach((name, n) => {
    const end = at + (match[n + 1]?.length ?? 0);
    if (name !== undefined) groups[name] = trimmed(source, at, end);
    at = end;
  });
  return groups;
}

const indent = /[^\S\r\n]*/y;
/** Of a line; a line break where it is blank. */
function firstCharacter(source: string, start: number): string {
  indent.lastIndex = start;
  indent.test(source);
  return source.charAt(indent.lastIndex) || '\n';
}

const lineBreak = /[\r\n]/g;
function endOfLine(source: string, start: number): number {
  lineBreak.lastIndex = start;
  return lineBreak.test(source) ? lineBreak.lastIndex - 1 : source.length;
}

/** The range without white space around it; of nothing else, its start. */
export function trimmed(source: string, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && isSpace(source, from)) from++;
  if (from === end) return { start, end: start };
  while (isSpace(source, to - 1)) to--;
  return { start: from, end: to };
}

function isSpace(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return code < 128 ? code === 32 || (code >= 9 && code <= 13) : /\s/.test(source.charAt(at));
}

const separatorStart = /(?:^\uFEFF?|[\r\n])[^\S\r\n]*[#＃]{3}/g;

/**
 * Cuts a text, or a piece of one that begins and ends where sections do, at the lines that start with `###`: whatever
 * stands around such a line, it separates. So sections can be told apart, and parsed again, without looking into them.
 */
export function splitSections(text: string, isStart = true): Span[] {
  // A byte order mark is in no section.
  const first = isStart && text.startsWith('\uFEFF') ? 1 : 0;
  const starts: number[] = [];
  separatorStart.lastIndex = 0;
  while (separatorStart.test(text)) starts.push(startOfLine(text, separatorStart.lastIndex, first));
  if (starts[0] !== first && (first < text.length || isStart)) starts.unshift(first);
  return starts.map((start, n) => ({ start, end: starts[n + 1] ?? text.length }));
}

function startOfLine(text: string, offset: number, first: number): number {
  let start = offset;
  while (start > first && !isLineBreak(text.charCodeAt(start - 1))) start--;
  return start;
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

const tailStart = /(?:^|[\r\n])[^\S\r\n]*(?:[?？]{2}|<>|>>|>[^\S\r\n]*(?:\{%|\S+\.js\b))/;

/** Where the lines of a body end: at the first assertion or script, or at the end of the section. */
export function endOfBody(source: string, { start, end }: Span): number {
  const match = tailStart.exec(source.slice(start, end));
  return match ? start + match.index + (/^[\r\n]/.test(match[0]) ? 1 : 0) : end;
}

/** Behind a script: between `{%` and `%}`, over several lines as a rule; else the line names a file with one. */
export function endOfScript(source: string, { start, end, next }: Line): number {
  if (!/\{%(?![^]*%\})/.test(source.slice(start, end))) return next;
  const closed = source.indexOf('%}', end);
  return closed < 0 ? source.length : scanLine(queryRules, source, closed).next;
}

const requestLine = /^[^\S\r\n]*((?:get|post|put|patch|delete)[^\S\r\n]+(?:\/|https?:\/\/|\{\{)[^\r\n]*)/gim;

/** The first line of a range that reads as one that begins a request. */
export function requestLineIn(source: string, { start, end }: Span): Span | undefined {
  requestLine.lastIndex = start;
  const match = requestLine.exec(source);
  if (!match || requestLine.lastIndex > end) return undefined;
  return trimmed(source, match.index, requestLine.lastIndex);
}

/** What an input method types instead of the ASCII character the grammar has. */
const asciiTwins: Readonly<Record<string, string>> = {
  '：': ':',
  '，': ',',
  '“': '"',
  '”': '"',
  '＂': '"',
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
  '＃': '#',
  '＠': '@',
  '＝': '=',
  '？': '?',
  '！': '!',
  '＜': '<',
  '＞': '>',
};

export function toAscii(found: string): string {
  return asciiTwins[found] ?? found;
}

/** The range in ASCII, and a problem for each character that was typed full-width. */
export function readAscii(source: string, { start, end }: Span, problems: Problem[]): string {
  let ascii = '';
  for (let at = start; at < end; at++) {
    const found = source.charAt(at);
    const expected = toAscii(found);
    ascii += expected;
    if (expected !== found)
      problems.push(problem('fullWidthPunctuation', { start: at, end: at + 1 }, { found, expected }));
  }
  return ascii;
}

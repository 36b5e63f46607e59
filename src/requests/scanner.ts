import type { Span } from './nodes';
import { problem, type Problem } from './problems';

/**
 * Rules are tried in order at the start of a line; `\s` would cross it, hence `[^\S\r\n]`. Most need not be tried at all:
 * `starts` are the characters that such a line can begin with, any where it is left out.
 */
export type LineRules<K extends string> = readonly (readonly [kind: K, pattern: RegExp, starts?: string])[];

export interface Line<K extends string = string> extends Span {
  kind: K;
  /** Where the named groups of the rule matched. */
  groups: Record<string, Span | undefined>;
  /** Start of the line that follows. */
  next: number;
}

const comments = [
  [
    'directive',
    /[^\S\r\n]*(?<marks>[#＃]{1,2}|\/\/+)[^\S\r\n]*(?<at>[@＠])(?<name>[^\s:=]+)(?:[^\S\r\n]*[:=])?(?<value>[^\r\n]*)/dy,
    '#＃/',
  ],
  ['comment', /[^\S\r\n]*(?<marks>[#＃]|\/\/)[^\r\n]*/dy, '#＃/'],
] as const;
const blank = ['blank', /[^\S\r\n]*(?![^\r\n])/y, '\r\n'] as const;
const assertion = [
  'assertion',
  /[^\S\r\n]*(?<marks>[?？]{2})[^\S\r\n]*(?<path>[^\s=!<>＝！＜＞]*)[^\S\r\n]*(?<operator>[=!<>＝！＜＞]+|[^\s"{[\d]*)(?<value>[^\r\n]*)/dy,
  '?？',
] as const;
const bodyFile = ['bodyFile', /[^\S\r\n]*<(?!@)(?<path>[^\r\n]*)/dy, '<'] as const;
const json = ['json', /[^\S\r\n]*[[{｛［](?!\{)/y, '[{｛［'] as const;
const text = ['text', /[^\r\n]*/y] as const;

/** Before the request line. */
export const headRules = [
  ['separator', /[^\S\r\n]*(?<marks>[#＃]{3,})(?<title>[^\r\n]*)/dy, '#＃'],
  ...comments,
  blank,
  ['variable', /[^\S\r\n]*(?<at>[@＠])(?<name>[^\s=＝]*)[^\S\r\n]*(?<equals>[=＝]?)(?<value>[^\r\n]*)/dy, '@＠'],
  json,
  ['target', /[^\S\r\n]*(?<target>(?:\/|https?:\/\/|\{\{)[^\r\n]*)/diy, '/hH{'],
  ['request', /[^\S\r\n]*(?<method>[a-z]+)(?!\S)(?<target>[^\r\n]*)/diy],
  text,
] as const satisfies LineRules<string>;

/** From the request line to the first blank line. */
export const headerRules = [
  ...comments,
  blank,
  assertion,
  json,
  bodyFile,
  ['header', /[^\S\r\n]*(?<name>[^\s:：]+)[^\S\r\n]*(?<colon>[:：])(?<value>[^\r\n]*)/dy],
  text,
] as const satisfies LineRules<string>;

/** After the blank line, up to the body. */
export const gapRules = [...comments, blank, assertion, bodyFile, text] as const satisfies LineRules<string>;

/** After the body. */
export const tailRules = [...comments, blank, assertion, text] as const satisfies LineRules<string>;

export function scanLine<K extends string>(rules: LineRules<K>, source: string, start: number): Line<K> {
  const end = endOfLine(source, start);
  const next = source.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, source.length);
  const first = firstCharacter(source, start);
  for (const [kind, pattern, starts] of rules) {
    if (starts !== undefined && !starts.includes(first)) continue;
    pattern.lastIndex = start;
    const match = pattern.exec(source);
    if (match) return { kind, start, end, next, groups: groupsOf(match, source) };
  }
  throw new Error('The last rule matches every line.');
}

function groupsOf({ groups, indices }: RegExpExecArray, source: string): Line['groups'] {
  const found: Line['groups'] = {};
  if (!groups) return found;
  for (const [name, range] of Object.entries(indices?.groups ?? {})) {
    // A group that took no part has no range, whatever its type says.
    const [from, to] = (range as [number, number] | undefined) ?? [];
    if (from !== undefined && to !== undefined) found[name] = trimmed(source, from, to);
  }
  return found;
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
  return /\s/.test(source.charAt(at));
}

const separatorStart = /(?:^\uFEFF?|[\r\n])[^\S\r\n]*[#＃]{3}/g;

/**
 * Cuts a text, or a piece of one that begins and ends where sections do, at the lines that start with `###`: whatever
 * stands around such a line, it separates. So sections can be told apart, and parsed again, without looking into them.
 */
export function splitSections(text: string, isStart = true): Span[] {
  // A byte order mark is in no section.
  const first = isStart && text.startsWith('\uFEFF') ? 1 : 0;
  const starts = [...text.matchAll(separatorStart)].map(({ index, 0: match }) =>
    /^[\r\n]/.test(match) ? index + 1 : index + first,
  );
  if (starts[0] !== first && (first < text.length || isStart)) starts.unshift(first);
  return starts.map((start, n) => ({ start, end: starts[n + 1] ?? text.length }));
}

const assertionStart = /(?:^|[\r\n])[^\S\r\n]*[?？]{2}/;

/** Where the lines of a body end: at the first assertion, or at the end of the section. */
export function endOfBody(source: string, { start, end }: Span): number {
  const match = assertionStart.exec(source.slice(start, end));
  return match ? start + match.index + (/^[\r\n]/.test(match[0]) ? 1 : 0) : end;
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

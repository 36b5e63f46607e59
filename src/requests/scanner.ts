import type { Span } from './nodes';
import { problem, type Problem } from './problems';

/** Rules are tried in order at the start of a line; `\s` would cross it, hence `[^\S\r\n]`. */
export type LineRules<K extends string> = readonly (readonly [kind: K, pattern: RegExp])[];

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
  ],
  ['comment', /[^\S\r\n]*(?<marks>[#＃]|\/\/)[^\r\n]*/dy],
] as const;
const blank = ['blank', /[^\S\r\n]*(?![^\r\n])/y] as const;
const assertion = [
  'assertion',
  /[^\S\r\n]*(?<marks>[?？]{2})[^\S\r\n]*(?<path>[^\s=!<>＝！＜＞]*)[^\S\r\n]*(?<operator>[=!<>＝！＜＞]+|[^\s"{[\d]*)(?<value>[^\r\n]*)/dy,
] as const;
const bodyFile = ['bodyFile', /[^\S\r\n]*<(?!@)(?<path>[^\r\n]*)/dy] as const;
const json = ['json', /[^\S\r\n]*[[{｛［](?!\{)/y] as const;
const text = ['text', /[^\r\n]*/y] as const;

/** Before the request line. */
export const headRules = [
  ['separator', /[^\S\r\n]*(?<marks>[#＃]{3,})(?<title>[^\r\n]*)/dy],
  ...comments,
  blank,
  ['variable', /[^\S\r\n]*(?<at>[@＠])(?<name>[^\s=＝]*)[^\S\r\n]*(?<equals>[=＝]?)(?<value>[^\r\n]*)/dy],
  json,
  ['target', /[^\S\r\n]*(?<target>(?:\/|https?:\/\/|\{\{)[^\r\n]*)/diy],
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
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = start;
    const match = pattern.exec(source);
    if (!match) continue;
    const groups: Line['groups'] = {};
    for (const [name, range] of Object.entries(match.indices?.groups ?? {})) {
      // A group that took no part has no range, whatever its type says.
      const [from, to] = (range as [number, number] | undefined) ?? [];
      if (from !== undefined && to !== undefined) groups[name] = trimmed(source, from, to);
    }
    return { kind, start, end, next, groups };
  }
  throw new Error('The last rule matches every line.');
}

const lineBreak = /[\r\n]/g;
function endOfLine(source: string, start: number): number {
  lineBreak.lastIndex = start;
  return lineBreak.exec(source)?.index ?? source.length;
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
 * Cuts a range of a text, which begins and ends where sections do, at the lines that start with `###`: whatever stands
 * around such a line, it separates. So sections can be told apart, and parsed again, without looking into them.
 */
export function splitSections(source: string, { start, end }: Span = { start: 0, end: source.length }): Span[] {
  const text = start === 0 && end === source.length ? source : source.slice(start, end);
  const first = start === 0 && source.startsWith('\uFEFF') ? 1 : 0;
  const starts = [...text.matchAll(separatorStart)].map(
    match => match.index + (/^[\r\n\uFEFF]/.test(match[0]) ? 1 : 0),
  );
  if (starts[0] !== first && (first < text.length || start === 0)) starts.unshift(first);
  return starts.map((at, n) => ({ start: start + at, end: start + (starts[n + 1] ?? text.length) }));
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

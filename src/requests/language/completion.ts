import { getLocation, type Node as JsonTree } from 'jsonc-parser';
import { JsonNode } from '../jsonNode';
import { requestAt, sectionAt, type RequestFile, type RequestNode, type Span } from '../nodes';
import { plainVariables } from '../plainVariables';
import { toAscii } from '../scanner';
import { Body } from './body';
import { completeKey, completeValue } from './bodyCompletion';
import type { Completion } from './completionItem';
import type { Knowledge } from './knowledge';
import { completeAssertion, completeDirective, completeHeader, completeRequestLine } from './lineCompletion';
import { completeTemplate } from './templateCompletion';

/** What may stand at an offset of a request file. */
export function completionsAt(file: RequestFile, offset: number, knowledge: Knowledge): Completion[] {
  return completionsOf(file, offset, knowledge).map(item => asTyped(file.text, item));
}

/** What is typed full-width by mistake is replaced, and has to be found: the editor compares it with this. */
function asTyped(text: string, item: Completion): Completion {
  const typed = text.charAt(item.range.start);
  const filter = item.filter ?? item.label;
  const isMistyped = toAscii(typed) !== typed && filter.startsWith(toAscii(typed));
  return isMistyped ? { ...item, filter: typed + filter.slice(1) } : item;
}

function completionsOf(file: RequestFile, offset: number, knowledge: Knowledge): Completion[] {
  const line = lineTo(file.text, offset);
  const opened = /\{\{(?<inside>[^{}]*)$/.exec(line.text)?.groups?.['inside'];
  if (opened !== undefined) return completeTemplate(file, opened, offset, knowledge);
  const request = requestAt(file, offset);
  if (request?.body instanceof JsonNode && isInside(request.body, offset)) {
    return completeBody(file, request, request.body, offset, knowledge);
  }
  return completeLine(file, request, line, offset, knowledge);
}

/** The object whose fields belong at an offset of a body: the body's own, or that of a detail record. */
export function objectAt(file: RequestFile, request: RequestNode, offset: number): string | undefined {
  const body = Body.of(request, plainVariables(file));
  return body?.objectAt(getLocation(body.node.masked, offset - body.node.start).path);
}

function completeBody(
  file: RequestFile,
  request: RequestNode,
  node: JsonNode,
  offset: number,
  knowledge: Knowledge,
): Completion[] {
  const body = Body.of(request, plainVariables(file));
  if (!body) return [];
  const at = offset - node.start;
  const { path, isAtPropertyKey, previousNode } = getLocation(node.masked, at);
  // What is typed so far is replaced, quotes included.
  const isWord = previousNode && previousNode.offset < at && at <= previousNode.offset + previousNode.length;
  const start = isWord ? node.start + previousNode.offset : wordStart(node.masked, at) + node.start;
  const end = isWord && isWhole(previousNode, node) ? node.start + previousNode.offset + previousNode.length : offset;
  const rest = node.masked.slice(end - node.start);
  const place = { body, path, range: { start, end }, rest, knowledge };
  return isAtPropertyKey ? completeKey(place) : completeValue(place);
}

function completeLine(
  file: RequestFile,
  request: RequestNode | undefined,
  line: { text: string; start: number },
  offset: number,
  knowledge: Knowledge,
): Completion[] {
  const text = Array.from(line.text, toAscii).join('');
  const range = { start: line.start + text.length - (/[^\s]*$/.exec(text)?.[0].length ?? 0), end: offset };
  if (/^\s*(?:#{1,2}|\/\/)\s*@/.test(text)) {
    return completeDirective(text, range, knowledge);
  }
  if (/^\s*\?\?/.test(text)) return completeAssertion(file, request, text, range, knowledge);
  const section = sectionAt(file, offset);
  const heading = section?.heading;
  const onRequestLine = heading !== undefined && heading.start <= offset && line.start <= heading.start;
  if (!heading || onRequestLine || offset < heading.start) {
    return /^\s*[#@/]{1,3}\s/.test(text) ? [] : completeRequestLine(file, request, line, offset, knowledge);
  }
  const isHeader = request && !request.body && /^\s*[\w-]*$/.test(text) && !gapBefore(file, heading.start, line.start);
  return isHeader && text.trim() !== '' ? completeHeader(range) : completeEmptyBody(file, request, text, range);
}

/** Below a request line without a body: the published one. */
function completeEmptyBody(
  file: RequestFile,
  request: RequestNode | undefined,
  text: string,
  range: Span,
): Completion[] {
  if (!request || request.body || text.trim() !== '') return [];
  const ready = Body.readyFor(request, plainVariables(file));
  return ready === undefined ? [] : [{ label: '{ … }', kind: 'snippet', insert: ready, range, filter: '{' }];
}

/** A string whose second quote is not typed yet reaches to the end of its line. */
function isWhole({ type, offset, length }: JsonTree, { masked }: JsonNode): boolean {
  return type !== 'string' || (length > 1 && masked.charAt(offset + length - 1) === '"');
}

function gapBefore({ text }: RequestFile, from: number, to: number): boolean {
  return /\r?\n[^\S\r\n]*\r?\n/.test(text.slice(from, to));
}

function isInside({ start, end }: Span, offset: number): boolean {
  return start < offset && offset <= end;
}

function lineTo(text: string, offset: number): { text: string; start: number } {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return { text: text.slice(start, offset), start };
}

function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && /[\w"$-]/.test(text.charAt(start - 1))) start--;
  return start;
}

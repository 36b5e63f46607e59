import { endpointGroups, endpoints, nameIn, type Endpoint } from '../../api/endpoints';
import { isJsonObject, type JsonValue } from '../../base/json';
import { pinyinInitials } from '../../base/pinyin';
import { parsePath, valueAt } from '../jsonPath';
import { assertionOperators, directiveNames, type RequestFile, type RequestNode, type Span } from '../nodes';
import { plainVariables } from '../plainVariables';
import { Body } from './body';
import { literal, type Completion } from './completionItem';
import { expectedAnswer } from './expectedAnswer';
import type { Knowledge } from './knowledge';

interface Line {
  /** Up to the cursor. */
  readonly text: string;
  readonly start: number;
}

/** `POST`, and behind it the paths, each with a ready body where the request has none yet. */
export function completeRequestLine(
  file: RequestFile,
  request: RequestNode | undefined,
  line: Line,
  offset: number,
  knowledge: Knowledge,
): Completion[] {
  // What is no method is a word of the name by which the path is looked for.
  const typed = /^\s*(?<method>(?:GET|POST|PUT|PATCH|DELETE)\s+)?(?<path>\S*|[\p{L}\s]*)$/iu.exec(line.text)?.groups;
  if (!typed) return [];
  const { method, path = '' } = typed;
  const start = line.start + line.text.length - path.length;
  const end = endOfWord(file.text, offset);
  const isLast = request?.body === undefined && /^[^\S\r\n]*(?:\r?\n|$)/.test(file.text.slice(end));
  const paths = allPaths.map(([endpoint, at]) =>
    pathItem(endpoint, at, method === undefined, { start, end }, isLast, knowledge),
  );
  if (method !== undefined || path.startsWith('/')) return paths;
  return [{ label: 'POST', kind: 'method', insert: 'POST /$0', range: { start, end }, first: true }, ...paths];
}

/** The paths that are offered: each endpoint with one or both of its own. */
export const allPaths: readonly (readonly [Endpoint, string])[] = Object.values(endpoints)
  // The extension signs in by itself: whoever writes a request hardly ever means a call for that.
  .sort((a, b) => Number(a.group === 'authorization') - Number(b.group === 'authorization'))
  // What is obsolete or takes no JSON cannot be sent as it stands here.
  .filter(
    ({ age, content, variantOf, method }) =>
      age !== 'obsolete' && content === 'json' && variantOf === undefined && method === 'POST',
  )
  .flatMap(endpoint => [
    [endpoint, endpoint.path] as const,
    ...(endpoint.customPath === undefined ? [] : [[endpoint, endpoint.customPath] as const]),
  ]);

function pathItem(
  endpoint: Endpoint,
  path: string,
  withMethod: boolean,
  range: Span,
  withBody: boolean,
  { language }: Knowledge,
): Completion {
  const custom = path === endpoint.customPath;
  const body = withBody ? Body.example(endpoint, custom) : undefined;
  const names = [endpoint, endpointGroups[endpoint.group]].map(each => nameIn(language, each));
  return {
    label: path,
    kind: 'path',
    description: [...names, ...(custom ? ['…__c'] : [])].join(' · '),
    insert: `${withMethod ? 'POST ' : ''}${literal(path)}${body === undefined ? '' : `\n\n${body}\n`}`,
    range,
    filter: [path, endpoint.nameEn, endpoint.nameZh, pinyinInitials(endpoint.nameZh)].join(' '),
  };
}

export function completeDirective(text: string, range: Span, { connections }: Knowledge): Completion[] {
  const typed = /@connection(?:\s*[:=]\s*|\s+)(?<name>.*)$/.exec(text)?.groups?.['name'];
  if (typed !== undefined) {
    // A name may have several words.
    const place = { start: range.end - typed.length, end: range.end };
    return connections.map(name => ({ label: name, kind: 'value', insert: literal(name), range: place }));
  }
  if (!/@\S*$/.test(text)) return [];
  // The sign may stand right behind the mark of the comment.
  const start = range.end - (/@\S*$/.exec(text)?.[0].length ?? 0);
  return directiveNames.map(name => ({
    label: `@${name}`,
    kind: 'directive',
    insert: `@${name} $0`,
    range: { start, end: range.end },
  }));
}

export function completeHeader(range: Span): Completion[] {
  return ['Accept-Language', 'Content-Type'].map(name => ({
    label: name,
    kind: 'header',
    insert: `${name}: $0`,
    range,
  }));
}

/** Paths into the last answer, or those that it will have; behind one the operators. */
export function completeAssertion(
  file: RequestFile,
  request: RequestNode | undefined,
  text: string,
  range: Span,
  knowledge: Knowledge,
): Completion[] {
  const [path = '', operator] = text.replace(/^\s*\?\?\s*/, '').split(/\s+/);
  if (operator === undefined) {
    if (!request) return [];
    const answer = expectedAnswer(request, plainVariables(file), knowledge);
    return pathsFrom(answer, path.replace(/^\$\./, ''), range);
  }
  return assertionOperators.map(sign => ({ label: sign, kind: 'operator', insert: `${sign} $0`, range }));
}

/** What may follow in a path of which a part is typed. */
export function pathsFrom(value: JsonValue, typed: string, range: Span): Completion[] {
  const dot = typed.lastIndexOf('.');
  const before = dot < 0 ? [] : parsePath(typed.slice(0, dot));
  const parent = before && valueAt(value, before);
  if (!isJsonObject(parent)) return [];
  const start = range.end - (typed.length - dot - 1);
  return Object.entries(parent).map(([key, child]) => ({
    label: key,
    kind: 'variable',
    insert: literal(Array.isArray(child) ? `${key}[0]` : key),
    range: { start, end: range.end },
  }));
}

function endOfWord(text: string, offset: number): number {
  return offset + (/^[^\s]*/.exec(text.slice(offset, offset + 500))?.[0].length ?? 0);
}

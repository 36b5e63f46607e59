import type { RequestNode } from './nodes';
import { problem, type Problem } from './problems';
import { mayBeTarget } from './target';

/** The extension writes these itself, and none may lead the token or the length of the body astray. */
const reservedHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'x-fs-ea',
  'x-fs-userid',
  'host',
  'content-length',
  'transfer-encoding',
]);
const headerName = /^[!#$%&'*+.^_`|~\w-]+$/;

/** What is wrong with a header of that name, in lower case, below others. */
export function headerFault(name: string, seen: ReadonlySet<string>) {
  if (!headerName.test(name)) return 'headerNameInvalid';
  if (reservedHeaders.has(name)) return 'headerReserved';
  return seen.has(name) ? 'headerDuplicate' : undefined;
}

const otherMethods: ReadonlySet<string> = new Set(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** All calls of the API are POST; its one GET is a page for a browser. */
export function methodFault(method: string) {
  if (method === 'POST') return undefined;
  return otherMethods.has(method) ? 'methodUnusual' : 'methodUnknown';
}

export function requestLineProblems({ method, target, start, end }: RequestNode): Problem[] {
  const fault = method && methodFault(method.text);
  const ofMethod = method && fault ? [problem(fault, method, { method: method.text })] : [];
  // The line is no request line at all, most likely.
  if (fault === 'methodUnknown') return ofMethod;
  if (!target) return [problem('pathMissing', { start, end }, {})];
  const missing = method ? [] : [problem('methodMissing', target, {})];
  const ofTarget = mayBeTarget(target) ? [] : [problem('pathInvalid', target, { path: target.text })];
  return [...missing, ...ofMethod, ...ofTarget];
}

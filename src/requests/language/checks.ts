import type { Node as JsonTree } from 'jsonc-parser';
import { endpointAt, endpoints, isCustomObject, pathFor } from '../../api/endpoints';
import { catalogueEntry } from '../../objects/catalogue';
import type { Path } from '../jsonPath';
import { methodFault } from '../lineFaults';
import type { RequestNode } from '../nodes';
import { noVariables, type PlainVariables } from '../plainVariables';
import { mayBeTarget } from '../target';
import { Body, isRecord, pathOfTarget, placeOfPath } from './body';
import { Findings, type Finding } from './findings';
import { checkIds } from './idChecks';
import { propertiesOf } from './jsonTree';
import type { Knowledge } from './knowledge';
import { nearestPath, sameButCase } from './nearest';
import { checkRecords } from './recordChecks';
import { checkValues } from './valueChecks';

/** Source: api-facts.md 5. */
const maxLimit = 100;
const maxOffset = 10_000;

/** What the endpoint table, and the tenant where it has told, say against a request. */
export function checkAgainstApi(
  request: RequestNode,
  knowledge: Knowledge,
  variables: PlainVariables = noVariables,
): readonly Finding[] {
  const findings = new Findings();
  checkPath(request, variables, findings);
  const body = Body.of(request, variables);
  if (body?.at([])) {
    checkFamily(request, body, findings);
    checkKeys(body, [], findings);
    checkIds(request, body, findings);
    checkValues(body, knowledge, findings);
    checkPaging(body, findings);
    checkRecords(body, knowledge, findings);
  }
  return findings.all;
}

function checkPath({ method, target }: RequestNode, variables: PlainVariables, findings: Findings): void {
  // What is no request line at all has been said to be none.
  const isRequestLine = target && mayBeTarget(target) && (!method || methodFault(method.text) !== 'methodUnknown');
  const path = isRequestLine ? pathOfTarget(target.text, variables) : undefined;
  if (!isRequestLine || path === undefined || path === '/' || endpointAt(path)) return;
  const place = placeOfPath(target, path);
  const all = Object.values(endpoints).flatMap(pathsOf);
  // A path that is mistyped must not become one that changes data.
  const reading = all.filter(each => endpointAt(each)?.effect === 'read');
  const near = nearestPath(path, all, reading);
  const isGuess = near !== undefined && sameButCase(path, [near]) === undefined;
  const fix = place && near !== undefined ? { ...place, text: near, isGuess } : undefined;
  findings.add('pathUnknown', place ?? target, { path }, fix);
}

function pathsOf({ path, customPath }: { path: string; customPath?: string }): string[] {
  return customPath === undefined ? [path] : [path, customPath];
}

/** Custom objects have paths of their own, which take no preset object, and the reverse; some calls take few objects. */
function checkFamily({ target }: RequestNode, body: Body, findings: Findings): void {
  const { endpoint, pathname } = body;
  const object = endpoint.objectAt && body.textAt([...endpoint.objectAt]);
  if (!target || object === undefined || object === '') return;
  const expected = pathFor(endpoint, object);
  const place = placeOfPath(target, pathname);
  const at = place ?? target;
  if (endpoint.customPath !== undefined && pathname !== expected) {
    const code = isCustomObject(object) ? 'pathOfPresets' : 'pathOfCustoms';
    findings.add(code, at, { object, expected }, place && { ...place, text: expected });
  }
  const entry = catalogueEntry(object);
  if (endpoint.id === 'invalid' && entry?.deleteDirectly) findings.add('invalidatingNotNeeded', at, { object });
  const unfit = unfitFor(body, object, entry?.readOnly ?? false);
  const node = endpoint.objectAt && body.at([...endpoint.objectAt]);
  if (unfit && node) findings.add('objectUnfit', body.spanOf(node), { object, expected: unfit });
}

/** What the call or the object is for instead, where the two do not go together. */
function unfitFor(
  { endpoint }: Body,
  object: string,
  isReadOnly: boolean,
): 'custom' | 'reads' | readonly string[] | undefined {
  const { objects, group, effect } = endpoint;
  if (objects === 'custom') return isCustomObject(object) ? undefined : objects;
  if (objects && !objects.includes(object)) return objects;
  return group === 'records' && effect === 'write' && isReadOnly ? 'reads' : undefined;
}

/** The API has many spellings, and one letter in the wrong case makes a key unknown. */
function checkKeys(body: Body, path: Path, findings: Findings): void {
  const node = body.at(path);
  const known = new Map(body.keysAt(path));
  if (node?.type !== 'object' || known.size === 0) return;
  for (const [name, value] of propertiesOf(node)) {
    const key = name.value as string;
    if (isRecord(path) && key !== 'dataObjectApiName') continue;
    const expected = known.has(key) ? undefined : [...known.keys()].find(each => sameLetters(each, key));
    const span = body.spanOf(name);
    if (expected !== undefined) {
      findings.add('keyUnknown', span, { key, expected }, { ...span, text: JSON.stringify(expected) });
    } else if (value.type === 'object') {
      checkKeys(body, [...path, key], findings);
    } else if (value.type === 'array') {
      value.children?.forEach((_, at) => checkKeys(body, [...path, key, at], findings));
    }
    if (Array.isArray(known.get(key))) checkList(body, key, value, findings);
  }
}

/** One value where the API takes a list of them. */
function checkList(body: Body, key: string, value: JsonTree, findings: Findings): void {
  if (value.type === 'array' || value.type === 'null' || body.isOpen(value)) return;
  const span = body.spanOf(value);
  findings.add('listExpected', span, { key }, { ...span, text: `[${body.node.textOf(value)}]` });
}

function sameLetters(a: string, b: string): boolean {
  const letters = (text: string) => text.replace(/_/g, '').toLowerCase();
  return letters(a) === letters(b);
}

function checkPaging(body: Body, findings: Findings): void {
  const limit = pagingNumber(body, 'limit', 1, findings);
  const offset = pagingNumber(body, 'offset', 0, findings);
  if (limit && limit.value > maxLimit) {
    findings.add('limitTooHigh', limit.span, { limit: maxLimit }, { ...limit.span, text: String(maxLimit) });
  }
  if (!offset) return;
  if (offset.value > maxOffset) findings.add('offsetTooHigh', offset.span, { limit: maxOffset });
  else if (limit && offset.value % limit.value !== 0) {
    const text = String(Math.floor(offset.value / limit.value) * limit.value);
    findings.add('offsetNotMultiple', offset.span, { limit: limit.value }, { ...offset.span, text });
  }
}

/** The number at a key of a query, where it is one that makes sense. */
function pagingNumber(body: Body, key: string, least: number, findings: Findings) {
  const node = body.at(['data', 'search_query_info', key]);
  if (!node || body.isFilledIn(node)) return undefined;
  const span = body.spanOf(node);
  if (node.type === 'string' && /^\d{1,9}$/.test(node.value as string)) {
    findings.add('numberExpected', span, { key }, { ...span, text: String(Number(node.value)) });
  }
  if (node.type !== 'number') return undefined;
  const value = node.value as number;
  if (value >= least) return { span, value };
  findings.add('numberTooLow', span, { key, least });
  return undefined;
}

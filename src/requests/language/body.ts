import { findNodeAtLocation, type Node as JsonTree } from 'jsonc-parser';
import { endpointAt, pathnameOf, type Endpoint } from '../../api/endpoints';
import { exampleOf, exampleRequest } from '../../api/endpointExamples';
import { isJsonObject, printJson, type JsonValue } from '../../base/json';
import type { Path } from '../jsonPath';
import { JsonNode } from '../jsonNode';
import type { RequestNode, Span, TextNode } from '../nodes';
import { noVariables, withPlain, type PlainVariables } from '../plainVariables';
import { literal } from './completionItem';

/** What stands at a place of a body, as far as the endpoint tells. */
export type Role =
  | { readonly is: 'object' }
  | { readonly is: 'field' }
  | { readonly is: 'operator'; readonly field: string | undefined }
  | { readonly is: 'filterValue'; readonly field: string | undefined }
  | { readonly is: 'fieldValue'; readonly field: string }
  | { readonly is: 'recordId' }
  | { readonly is: 'employee' }
  | { readonly is: 'limit' }
  | { readonly is: 'offset' };

/** What calls on records take beside their data; `includeNull` besides where they read. Source: api-facts.md 3.3. */
const conversions = ['convertUserId', 'convertMediaId'];

/** The body of a request with what its endpoint says about it. */
export class Body {
  /** Asked for at nearly every place. */
  #object: { readonly name: string | undefined } | undefined;

  private constructor(
    readonly endpoint: Endpoint,
    readonly pathname: string,
    readonly node: JsonNode,
    private readonly variables: PlainVariables,
  ) {}

  /** `undefined` where the request has no JSON body or names no endpoint of the table. */
  static of({ target, body }: RequestNode, variables = noVariables): Body | undefined {
    if (!(body instanceof JsonNode)) return undefined;
    const pathname = target && pathOfTarget(target.text, variables);
    const endpoint = pathname === undefined ? undefined : endpointAt(pathname);
    return pathname !== undefined && endpoint ? new Body(endpoint, pathname, body, variables) : undefined;
  }

  /** A ready body of the endpoint that the request names, for its tenant's objects to be filled in. */
  static readyFor({ target }: RequestNode, variables = noVariables): string | undefined {
    const pathname = target && pathOfTarget(target.text, variables);
    const endpoint = pathname === undefined ? undefined : endpointAt(pathname);
    return endpoint && Body.example(endpoint, pathname === endpoint.customPath);
  }

  /** The published example of an endpoint as a snippet; the object's name is what to type over first. */
  static example(endpoint: Endpoint, custom: boolean): string | undefined {
    const request = exampleRequest(endpoint.id, custom ? customExample : undefined);
    if (!request) return undefined;
    const name = endpoint.objectAt?.reduce<JsonValue | undefined>(childOf, request);
    const text = literal(printJson(request, 2));
    return typeof name === 'string' ? text.replace(`"${name}"`, `"\${1:${name}}"`) : text;
  }

  /** The value at a path. */
  at(path: Path): JsonTree | undefined {
    const { tree } = this.node;
    return tree && findNodeAtLocation(tree, path);
  }

  /** The string at a path; `undefined` where a template stands in it whose value is not known. */
  textAt(path: Path): string | undefined {
    const found = this.at(path);
    if (found?.type !== 'string') return undefined;
    if (!this.isFilledIn(found)) return found.value as string;
    const text = this.isOpen(found) ? '{{' : withPlain(found.value as string, this.variables);
    return text.includes('{{') ? undefined : text;
  }

  /** Whether a template stands for the whole of it, and may bring a value of any type. */
  isOpen(value: JsonTree): boolean {
    return value.type === 'string' && this.node.textOf(value).startsWith('{{');
  }

  isFilledIn(value: JsonTree): boolean {
    const { start, end } = this.spanOf(value);
    return this.node.templates.some(template => start <= template.start && template.end <= end);
  }

  /** Where a node of the tree is in the file. */
  spanOf({ offset, length }: JsonTree): Span {
    const start = this.node.start + offset;
    return { start, end: start + length };
  }

  /** The object that the fields at a path are of: the body's own, or that of detail records. */
  objectAt(path: Path): string | undefined {
    const details = path.indexOf('details');
    const detail = details < 0 ? undefined : path[details + 1];
    if (typeof detail === 'string') return detail;
    this.#object ??= { name: this.endpoint.objectAt && this.textAt([...this.endpoint.objectAt]) };
    return this.#object.name;
  }

  /** What belongs at a path, where the endpoint or the shape of a query tells. */
  roleAt(path: Path): Role | undefined {
    const { objectAt } = this.endpoint;
    if (objectAt && samePath(path, objectAt)) return { is: 'object' };
    return this.#roleInQuery(path) ?? roleInRecord(path) ?? roleByName(path);
  }

  /** The keys that the object at a path may hold, each with the value of the published example. */
  keysAt(path: Path): [key: string, example: JsonValue][] {
    // The example's detail object, and what it has, are made up.
    if (path.includes('details')) return [];
    let value: JsonValue | undefined = exampleOf(this.endpoint.id).request;
    for (const key of path) value = childOf(value, key);
    const shown = isJsonObject(value) ? Object.entries(value) : [];
    const { group, effect } = this.endpoint;
    if (path.length > 0 || group !== 'records') return shown;
    const more = effect === 'read' ? ['includeNull', ...conversions] : conversions;
    const known = new Set(shown.map(([key]) => key));
    return [...shown, ...more.filter(key => !known.has(key)).map((key): [string, JsonValue] => [key, false])];
  }

  #roleInQuery(path: Path): Role | undefined {
    const [last, before] = [path.at(-1), path.at(-2)];
    if (last === 'limit' && before === 'search_query_info') return { is: 'limit' };
    if (last === 'offset' && before === 'search_query_info') return { is: 'offset' };
    if (last === 'fieldName' && path.includes('orders')) return { is: 'field' };
    if (typeof last === 'number' && (before === 'fieldProjection' || before === 'field_projection')) {
      return { is: 'field' };
    }
    const filters = path.indexOf('filters');
    if (filters < 0) return undefined;
    const key = path[filters + 2];
    if (key === 'field_name') return { is: 'field' };
    const field = this.textAt([...path.slice(0, filters + 2), 'field_name']);
    if (key === 'operator') return { is: 'operator', field };
    return key === 'field_values' ? { is: 'filterValue', field } : undefined;
  }
}

const customExample = 'object_x__c';

/** Whether the object at a path holds the fields of a record. */
export function isRecord(path: Path): boolean {
  const details = path.indexOf('details');
  return path.at(-1) === 'object_data' || (details >= 0 && path.length === details + 3);
}

function roleInRecord(path: Path): Role | undefined {
  for (const end of [path.length - 1, path.length - 2]) {
    const field = path[end];
    if (typeof field !== 'string' || end < 1 || !isRecord(path.slice(0, end))) continue;
    if (field === '_id') return { is: 'recordId' };
    return field === 'dataObjectApiName' ? undefined : { is: 'fieldValue', field };
  }
  return undefined;
}

const idKeys = new Set(['objectDataId', 'object_data_id', 'dataId', 'dataID']);
const idLists = new Set(['idList', 'dataIds', 'dataIDs', 'objectIds', 'objectIDs']);

function roleByName(path: Path): Role | undefined {
  const [last, before] = [path.at(-1), path.at(-2)];
  if (typeof last === 'string' && idKeys.has(last)) return { is: 'recordId' };
  if (typeof last === 'number' && typeof before === 'string' && idLists.has(before)) return { is: 'recordId' };
  if (typeof last === 'number' && (before === 'ownerId' || before === 'owner')) return { is: 'employee' };
  return undefined;
}

function childOf(value: JsonValue | undefined, key: string | number): JsonValue | undefined {
  // All elements of a list are alike; the example shows one.
  if (typeof key === 'number') return Array.isArray(value) ? value[0] : undefined;
  return isJsonObject(value) ? value[key] : undefined;
}

function samePath(path: Path, other: readonly string[]): boolean {
  return path.length === other.length && path.every((key, at) => key === other[at]);
}

/** The path of a target without query and host; `undefined` where a template leaves it open. */
export function pathOfTarget(target: string, variables = noVariables): string | undefined {
  // As nearly all are: reading a URL takes a hundred times as long.
  if (/^\/(?:[\w-]+\/?)*$/.test(target)) return target;
  // What a query holds, templates and all, is not part of it.
  const [text = ''] = withPlain(target, variables).split(/[?#]/, 1);
  return text.includes('{{') ? undefined : pathnameOf(text);
}

/** Where a path stands in a target; `undefined` where it does not stand there as it is. */
export function placeOfPath({ text, start }: TextNode, pathname: string): Span | undefined {
  const at = text.indexOf(pathname);
  return at < 0 ? undefined : { start: start + at, end: start + at + pathname.length };
}

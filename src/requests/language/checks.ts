import { getNodeValue, type Node as JsonTree } from 'jsonc-parser';
import { endpointAt, endpoints, isCustomObject, pathFor } from '../../api/endpoints';
import type { JsonValue } from '../../base/json';
import { catalogueEntry } from '../../objects/catalogue';
import type { Field } from '../../objects/fields';
import { hasShape, shapeOf, type ValueShape } from '../../objects/valueShape';
import type { Path } from '../jsonPath';
import type { RequestNode, Span } from '../nodes';
import { Body, isRecord, pathnameOf, type Role } from './body';
import type { Knowledge } from './knowledge';
import { nearest } from './nearest';
import { isEmpty, propertiesOf } from './jsonTree';
import { fits, operatorNamed, operators } from '../../objects/operators';
import { isServerKept } from './serverKept';

type Nothing = Record<string, never>;

/** What the API would refuse, and what the sentence about it needs to know. */
interface FindingData {
  /** `known` are the names to choose from. */
  connectionUnknown: { name: string; known: readonly string[] };
  pathUnknown: { path: string };
  pathOfPresets: { object: string; expected: string };
  pathOfCustoms: { object: string; expected: string };
  objectUnknown: { object: string };
  keyUnknown: { key: string; expected: string };
  fieldUnknown: { field: string; object: string };
  fieldReadOnly: { field: string };
  operatorUnknown: { operator: string };
  operatorUnfit: { operator: string; field: string; type: string };
  valueCount: { operator: string; expected: 'one' | 'two' };
  optionUnknown: { value: string; field: string };
  valueUnfit: { field: string; expected: ValueShape };
  limitTooHigh: { limit: number };
  offsetTooHigh: { limit: number };
  offsetNotMultiple: { limit: number };
  fieldsMissing: { fields: string };
  ownerInUpdate: Nothing;
  idExpected: Nothing;
  idListExpected: Nothing;
  invalidatingNotNeeded: { object: string };
}

export type FindingCode = keyof FindingData;

/** An edit that puts a finding right for certain. */
export interface Fix extends Span {
  readonly text: string;
}

/** Something that the API would most likely refuse. It may be wrong, so it never keeps a request from being sent. */
export type Finding = {
  [C in FindingCode]: Span & { readonly code: C; readonly data: FindingData[C]; readonly fix?: Fix | undefined };
}[FindingCode];

/** Source: api-facts.md 5. */
const maxLimit = 100;
const maxOffset = 10_000;

/** What the endpoint table, and the tenant where it has told, say against a request. */
export function checkAgainstApi(request: RequestNode, knowledge: Knowledge): readonly Finding[] {
  return new Checker(request, knowledge).findings();
}

class Checker {
  readonly #found: Finding[] = [];

  constructor(
    private readonly request: RequestNode,
    private readonly knowledge: Knowledge,
  ) {}

  findings(): readonly Finding[] {
    this.#checkPath();
    const body = Body.of(this.request);
    const root = body?.at([]);
    if (body && root) {
      this.#checkFamily(body);
      this.#checkKeys(body, []);
      this.#checkIds(body);
      this.#checkValues(body, root, []);
      this.#checkPaging(body);
      this.#checkRecord(body);
    }
    return this.#found;
  }

  #checkPath(): void {
    const { target } = this.request;
    const path = target && pathnameOf(target.text);
    if (!target || path === undefined || path === '/' || endpointAt(path)) return;
    const known = nearest(
      path,
      Object.values(endpoints).map(endpoint => endpoint.path),
    );
    const at = target.text.indexOf(path);
    const span = at < 0 ? target : { start: target.start + at, end: target.start + at + path.length };
    this.#add('pathUnknown', span, { path }, known === undefined ? undefined : { ...span, text: known });
  }

  /** Custom objects have paths of their own, which take no preset object, and the reverse. */
  #checkFamily(body: Body): void {
    const { endpoint, pathname } = body;
    const { target } = this.request;
    const object = endpoint.objectAt && body.textAt([...endpoint.objectAt]);
    if (!target || object === undefined || object === '' || endpoint.customPath === undefined) return;
    const expected = pathFor(endpoint, object);
    const at = target.start + target.text.indexOf(pathname);
    const span = { start: at, end: at + pathname.length };
    const fix = { ...span, text: expected };
    if (pathname !== expected) {
      this.#add(isCustomObject(object) ? 'pathOfPresets' : 'pathOfCustoms', span, { object, expected }, fix);
    }
    if (endpoint.id === 'invalid' && catalogueEntry(object)?.deleteDirectly) {
      this.#add('invalidatingNotNeeded', span, { object });
    }
  }

  /** The API has many spellings, and one letter in the wrong case makes a key unknown. */
  #checkKeys(body: Body, path: Path): void {
    const node = body.at(path);
    const known = body.keysAt(path).map(([key]) => key);
    if (node?.type !== 'object' || known.length === 0) return;
    for (const [name, value] of propertiesOf(node)) {
      const key = name.value as string;
      if (isRecord(path) && key !== 'dataObjectApiName') continue;
      const expected = known.includes(key) ? undefined : known.find(each => sameLetters(each, key));
      const span = body.spanOf(name);
      if (expected !== undefined) {
        this.#add('keyUnknown', span, { key, expected }, { ...span, text: JSON.stringify(expected) });
      } else if (value.type === 'object') {
        this.#checkKeys(body, [...path, key]);
      } else if (value.type === 'array') {
        value.children?.forEach((_, at) => this.#checkKeys(body, [...path, key, at]));
      }
    }
  }

  /** `idList` where one id belongs and the reverse. */
  #checkIds(body: Body): void {
    const keys = body.keysAt(['data']).map(([key]) => key);
    const data = body.at(['data']);
    if (data?.type !== 'object') return;
    for (const [name, value] of propertiesOf(data)) {
      const key = name.value as string;
      const span = body.spanOf(name.parent ?? name);
      const single = keys.find(each => each === 'object_data_id' || each === 'objectDataId');
      const list = keys.find(each => each === 'idList' || each === 'dataIds');
      if (key === 'idList' && single !== undefined && list === undefined) {
        const only = value.type === 'array' && value.children?.length === 1 ? value.children[0] : undefined;
        this.#add('idExpected', span, {}, only && { ...span, text: `"${single}": ${this.#textOf(body, only)}` });
      } else if ((key === 'object_data_id' || key === 'objectDataId') && list !== undefined && single === undefined) {
        const text = `"${list}": [${this.#textOf(body, value)}]`;
        this.#add('idListExpected', span, {}, { ...span, text });
      }
    }
  }

  #checkValues(body: Body, node: JsonTree, path: Path): void {
    if (node.type === 'array') node.children?.forEach((child, at) => this.#checkValues(body, child, [...path, at]));
    if (node.type === 'object') {
      for (const [name, value] of propertiesOf(node)) {
        const inner = [...path, name.value as string];
        if (isRecord(path)) this.#checkFieldName(body, name, path);
        this.#checkValues(body, value, inner);
      }
    }
    const role = body.roleAt(path);
    if (role && !body.isFilledIn(node)) this.#checkRole(body, role, node, path);
  }

  #checkRole(body: Body, role: Role, node: JsonTree, path: Path): void {
    switch (role.is) {
      case 'object':
        this.#checkObject(body, node);
        break;
      case 'field':
        if (node.type === 'string') this.#mustBeField(body, node, path);
        break;
      case 'operator':
        this.#checkOperator(body, node, path, role.field);
        break;
      case 'filterValue':
      case 'fieldValue':
        this.#checkFieldValue(body, node, path, role);
        break;
      case 'recordId':
      case 'employee':
      case 'limit':
      case 'offset':
        break;
    }
  }

  #checkObject(body: Body, node: JsonTree): void {
    const { objects } = this.knowledge;
    if (!objects || node.type !== 'string') return;
    const object = node.value as string;
    if (object === '' || objects.some(({ apiName }) => apiName === object)) return;
    const names = objects.map(({ apiName }) => apiName);
    this.#add('objectUnknown', body.spanOf(node), { object }, this.#renamed(body, node, nearest(object, names)));
  }

  #checkFieldName(body: Body, name: JsonTree, path: Path): void {
    const field = name.value as string;
    if (field === 'dataObjectApiName' || field === '_id' || field.startsWith('_')) return;
    const known = this.#mustBeField(body, name, path);
    if (body.endpoint.id === 'update' && field === 'owner') {
      this.#add('ownerInUpdate', body.spanOf(name), {});
    } else if (known && isServerKept(known, body.endpoint.id)) {
      this.#add('fieldReadOnly', body.spanOf(name), { field });
    }
  }

  #mustBeField(body: Body, node: JsonTree, path: Path): Field | undefined {
    const object = body.objectAt(path);
    const fields = object === undefined ? undefined : this.knowledge.fields(object);
    const field = node.value as string;
    const known = fields?.find(({ apiName }) => apiName === field);
    // A field of a looked-up record, or a companion.
    if (!fields || object === undefined || known || field === '' || /\.|__[a-z]$/.test(field)) return known;
    const names = fields.map(({ apiName }) => apiName);
    this.#add('fieldUnknown', body.spanOf(node), { field, object }, this.#renamed(body, node, nearest(field, names)));
    return undefined;
  }

  #checkOperator(body: Body, node: JsonTree, path: Path, fieldName: string | undefined): void {
    if (node.type !== 'string' || node.value === '') return;
    const name = node.value as string;
    const known = operatorNamed(name);
    if (!known) {
      const names = operators.map(each => each.name);
      const near = name.toUpperCase() === 'NEQ' ? 'N' : nearest(name, names);
      this.#add('operatorUnknown', body.spanOf(node), { operator: name }, this.#renamed(body, node, near));
      return;
    }
    const field = this.#field(body, path, fieldName);
    if (field && !fits(known, field)) {
      this.#add('operatorUnfit', body.spanOf(node), { operator: name, field: field.apiName, type: field.type });
    }
    const values = body.at([...path.slice(0, -1), 'field_values']);
    const count = values?.type === 'array' ? values.children?.length : undefined;
    const { values: expected } = known;
    if (values && count !== undefined && (expected === 'one' || expected === 'two')) {
      const wanted = expected === 'one' ? 1 : 2;
      if (count !== wanted) this.#add('valueCount', body.spanOf(values), { operator: name, expected });
    }
  }

  #checkFieldValue(body: Body, node: JsonTree, path: Path, role: Role & { field: string | undefined }): void {
    const field = this.#field(body, path, role.field);
    if (!field || node.type === 'null') return;
    if (role.is === 'filterValue') {
      // Which values an operator looks into as text is not a matter of options.
      const operator = body.textAt([...path.slice(0, path.indexOf('filters') + 2), 'operator']);
      const byText = operator !== undefined && /LIKE|WITH|^IS/.test(operator);
      if (node.type !== 'array' && !byText) this.#mustBeOption(body, node, field);
      return;
    }
    const expected = shapeOf(field);
    const isElement = typeof path.at(-1) === 'number';
    if (isElement || (node.type === 'string' && expected !== 'texts')) this.#mustBeOption(body, node, field);
    // An empty text empties any field.
    if (isElement || node.value === '' || !expected) return;
    if (!hasShape(getNodeValue(node) as JsonValue, expected)) {
      this.#add('valueUnfit', body.spanOf(node), { field: field.apiName, expected });
    }
  }

  #mustBeOption(body: Body, node: JsonTree, { apiName, options }: Field): void {
    if (options.length === 0 || node.type !== 'string' || node.value === '') return;
    const value = node.value as string;
    if (options.some(option => option.value === value)) return;
    const meant = options.find(({ label }) => label === value)?.value;
    this.#add('optionUnknown', body.spanOf(node), { value, field: apiName }, this.#renamed(body, node, meant));
  }

  #checkPaging(body: Body): void {
    const query: Path = ['data', 'search_query_info'];
    const [limitNode, offsetNode] = [body.at([...query, 'limit']), body.at([...query, 'offset'])];
    const limit = limitNode?.type === 'number' ? (limitNode.value as number) : undefined;
    if (limitNode && limit !== undefined && limit > maxLimit) {
      const span = body.spanOf(limitNode);
      this.#add('limitTooHigh', span, { limit: maxLimit }, { ...span, text: String(maxLimit) });
    }
    if (offsetNode?.type !== 'number') return;
    const offset = offsetNode.value as number;
    const span = body.spanOf(offsetNode);
    if (offset > maxOffset) this.#add('offsetTooHigh', span, { limit: maxOffset });
    else if (limit !== undefined && limit > 0 && offset % limit !== 0) {
      const text = String(Math.floor(offset / limit) * limit);
      this.#add('offsetNotMultiple', span, { limit }, { ...span, text });
    }
  }

  #checkRecord(body: Body): void {
    if (body.endpoint.id !== 'create') return;
    const path: Path = ['data', 'object_data'];
    const record = body.at(path);
    const object = body.objectAt(path);
    const fields = object === undefined ? undefined : this.knowledge.fields(object);
    if (!fields || record?.type !== 'object') return;
    const given = new Set(
      propertiesOf(record).flatMap(([name, value]) => (isEmpty(value) ? [] : [name.value as string])),
    );
    const missing = fields.filter(
      field => field.required && !isServerKept(field, 'create') && !given.has(field.apiName),
    );
    if (missing.length === 0) return;
    const { start } = body.spanOf(record);
    const names = missing.map(({ apiName }) => apiName).join(', ');
    this.#add('fieldsMissing', { start, end: start + 1 }, { fields: names });
  }

  #field(body: Body, path: Path, name: string | undefined): Field | undefined {
    const object = body.objectAt(path);
    const fields = object === undefined ? undefined : this.knowledge.fields(object);
    return fields?.find(({ apiName }) => apiName === name);
  }

  #textOf(body: Body, node: JsonTree): string {
    return body.node.textOf(node);
  }

  #renamed(body: Body, node: JsonTree, name: string | undefined): Fix | undefined {
    return name === undefined ? undefined : { ...body.spanOf(node), text: JSON.stringify(name) };
  }

  #add<C extends FindingCode>(code: C, { start, end }: Span, data: FindingData[C], fix?: Fix): void {
    this.#found.push({ code, start, end, data, ...(fix && { fix }) } as Finding);
  }
}

function sameLetters(a: string, b: string): boolean {
  const letters = (text: string) => text.replace(/_/g, '').toLowerCase();
  return letters(a) === letters(b);
}

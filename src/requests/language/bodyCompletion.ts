import { printJson, type JsonValue } from '../../base/json';
import { pinyinInitials } from '../../base/pinyin';
import { displayName, type CrmObject } from '../../objects/crmObject';
import type { Field } from '../../objects/fields';
import { shapeOf } from '../../objects/valueShape';
import type { Path } from '../jsonPath';
import type { Span } from '../nodes';
import { isRecord, type Body, type Role } from './body';
import { literal, type Completion, type CompletionKind } from './completionItem';
import { objectOfId, type Knowledge } from './knowledge';
import { fits, operators } from '../../objects/operators';
import { isServerKept } from './serverKept';

/** A cursor in a body. */
export interface BodyPlace {
  readonly body: Body;
  readonly path: Path;
  /** What is typed so far, quotes included. */
  readonly range: Span;
  /** The body's text behind it. */
  readonly rest: string;
  readonly knowledge: Knowledge;
}

/** The keys that are not there yet: of a record its fields, elsewhere those of the endpoint. */
export function completeKey(place: BodyPlace): Completion[] {
  const { body, path, range, rest } = place;
  const parent = path.slice(0, -1);
  const own = String(path.at(-1) ?? '');
  const taken = new Set(
    body.at(parent)?.children?.flatMap(({ children: [name] = [] }) => (name ? [String(name.value)] : [])) ?? [],
  );
  const hasValue = /^\s*:/.test(rest);
  const key = (name: string, value: string, more: Partial<Completion> & { kind: CompletionKind }): Completion => ({
    label: name,
    insert: hasValue ? literal(JSON.stringify(name)) : `"${literal(name)}": ${value}${separator(rest)}`,
    range,
    ...more,
    filter: `"${more.filter ?? name}"`,
  });
  const fields = isRecord(parent) ? fieldsAt(place, parent) : [];
  const isField = new Set(fields.map(({ apiName }) => apiName));
  const detailObjects = parent.at(-1) === 'details' ? (place.knowledge.objects ?? []) : [];
  return [
    ...body
      .keysAt(parent)
      .filter(([name]) => name === '_id' || !isField.has(name))
      .map(([name, example]) => key(name, valueSnippet(example), { kind: 'key' })),
    ...detailObjects.map(object => key(object.apiName, '[{ $0 }]', objectItem(object, place.knowledge))),
    ...fields
      .filter(
        field =>
          !isServerKept(field, body.endpoint.id) && !(body.endpoint.id === 'update' && field.apiName === 'owner'),
      )
      .map(field => key(field.apiName, fieldSnippet(field), fieldItem(field))),
  ].filter(({ label }) => label === own || !taken.has(label));
}

/** The values that the place takes, where the endpoint or the tenant tells. */
export function completeValue(place: BodyPlace): Completion[] {
  const { body, path } = place;
  const role = body.roleAt(path) ?? (path.length > 0 ? body.roleAt([...path, 0]) : undefined);
  if (role) return valuesOf(role, place);
  const example = body.keysAt(path.slice(0, -1)).find(([key]) => key === path.at(-1))?.[1];
  if (typeof example === 'boolean') return ['true', 'false'].map(text => plain(place, text));
  return typeof path.at(-1) === 'number' ? memberOf(place) : [];
}

/** A whole member of a list of objects, a condition of a query for one: each of its keys with room for a value. */
function memberOf({ body, path, range, rest }: BodyPlace): Completion[] {
  const keys = body.keysAt(path);
  if (keys.length === 0) return [];
  const entries = keys.map(([key, example], at) => `"${literal(key)}": ${valueSnippet(example, at + 1)}`);
  const label = `{ ${keys.map(([key]) => key).join(', ')} }`;
  // Found by what it is called, too: `filters`, say.
  const filter = `${String(path.at(-2))} ${label}`;
  return [{ label, kind: 'snippet', insert: `{ ${entries.join(', ')} }${separator(rest)}`, range, filter }];
}

function valuesOf(role: Role, place: BodyPlace): Completion[] {
  const { body, path, knowledge } = place;
  switch (role.is) {
    case 'object':
      return objectsIn(place);
    case 'field':
      return fieldsAt(place, path).map(field => text(place, field.apiName, fieldItem(field)));
    case 'operator': {
      const field = fieldsAt(place, path).find(({ apiName }) => apiName === role.field);
      return operators
        .filter(operator => !field || fits(operator, field))
        .map(({ name, meaning }) => text(place, name, { kind: 'operator', description: meaning[knowledge.language] }));
    }
    case 'filterValue':
    case 'fieldValue':
      return [
        ...optionsOf(
          place,
          fieldsAt(place, path).find(({ apiName }) => apiName === role.field),
        ),
        ...recordsOf(place, objectOfId(role, body.objectAt(path), knowledge)),
      ];
    case 'recordId':
      return recordsOf(place, body.objectAt(path));
    case 'employee':
    case 'limit':
    case 'offset':
      return [];
  }
}

/** Those that this window has seen, the latest first. */
function recordsOf(place: BodyPlace, object: string | undefined): Completion[] {
  const records = object === undefined ? [] : place.knowledge.records(object);
  return records.map(({ id, name }) =>
    text(place, id, { kind: 'record', description: name, filter: searchText(id, name) }),
  );
}

function objectsIn(place: BodyPlace): Completion[] {
  const { knowledge, body } = place;
  const { objects: only } = body.endpoint;
  return (knowledge.objects ?? [])
    .filter(
      ({ apiName, kind }) => only === undefined || (only === 'custom' ? kind === 'custom' : only.includes(apiName)),
    )
    .map(object => text(place, object.apiName, objectItem(object, knowledge)));
}

function objectItem(object: CrmObject, { language }: Knowledge): Partial<Completion> & { kind: CompletionKind } {
  return {
    kind: 'object',
    description: displayName(object, language),
    unverified: object.unverified,
    filter: searchText(object.apiName, object.label, object.englishName),
  };
}

function fieldsAt({ body, knowledge }: BodyPlace, path: Path): readonly Field[] {
  const object = body.objectAt(path);
  return (object === undefined ? undefined : knowledge.fields(object)) ?? [];
}

function fieldItem({ apiName, label, type, required }: Field): Partial<Completion> & { kind: CompletionKind } {
  return {
    kind: 'field',
    description: `${label} · ${type}`,
    filter: searchText(apiName, label),
    first: required,
  };
}

function optionsOf(place: BodyPlace, field: Field | undefined): Completion[] {
  if (field?.type === 'true_or_false') return ['true', 'false'].map(value => plain(place, value));
  return (field?.options ?? []).map(({ value, label }) =>
    text(place, value, { kind: 'value', description: label, filter: searchText(value, label) }),
  );
}

/** A string; where the cursor is not in a list that takes strings, the list comes along. */
function text(place: BodyPlace, value: string, more: Partial<Completion> & { kind: CompletionKind }): Completion {
  const { body, path, range, rest, knowledge } = place;
  const takesList = body.roleAt(path) === undefined || isListField(body, path, knowledge);
  const quoted = `"${literal(value)}"`;
  return {
    label: value,
    insert: `${takesList ? `[${quoted}]` : quoted}${separator(rest)}`,
    range,
    ...more,
    filter: `"${more.filter ?? value}"`,
  };
}

function isListField(body: Body, path: Path, knowledge: Knowledge): boolean {
  const role = body.roleAt(path);
  if (role?.is === 'filterValue') return path.at(-1) === 'field_values';
  if (role?.is !== 'fieldValue' || typeof path.at(-1) === 'number') return false;
  const object = body.objectAt(path);
  const field =
    object === undefined ? undefined : knowledge.fields(object)?.find(({ apiName }) => apiName === role.field);
  return field !== undefined && shapeOf(field) === 'texts';
}

function plain({ range, rest }: BodyPlace, value: string): Completion {
  return { label: value, kind: 'value', insert: `${value}${separator(rest)}`, range };
}

/** What typing is compared with: the API name, the names in both languages and the initials of the Chinese one. */
function searchText(apiName: string, ...names: (string | undefined)[]): string {
  const words = names.filter((name): name is string => name !== undefined && name !== '');
  const chinese = words.filter(word => /\p{Script=Han}/u.test(word));
  return [apiName, ...words, ...chinese.map(word => pinyinInitials(word))].join(' ');
}

/** A comma where another entry follows without one. */
function separator(rest: string): string {
  return /^\s*["{[\w]/.test(rest) ? ',' : '';
}

/** The example of a value, with its innermost text to be typed over; `stop` numbers it among others. */
function valueSnippet(example: JsonValue, stop = 0): string {
  if (typeof example === 'string') return `"$${stop}"`;
  if (Array.isArray(example)) {
    return typeof example[0] === 'string'
      ? `["$${stop}"]`
      : example.length > 0
        ? `[${literal(printJson(example[0] ?? null))}$${stop}]`
        : `[$${stop}]`;
  }
  if (typeof example === 'object' && example !== null) return `{$${stop}}`;
  return `\${${stop}:${literal(printJson(example))}}`;
}

function fieldSnippet(field: Field): string {
  switch (shapeOf(field)) {
    case 'texts':
      return '["$0"]';
    case 'list':
      return '[$0]';
    case 'boolean':
      return '${0:false}';
    case 'time':
      return '${0:{{\\$timestamp\\}\\}}';
    default:
      return '"$0"';
  }
}

import { isJsonObject, type JsonValue } from '../../base/json';
import { malformed, refused } from '../failure';
import type { CrmObject } from '../tenant/catalogue';
import { kindOf, type Field, type ValueKind } from '../tenant/field';
import { fromOpenUserId } from '../tenant/people';
import { isEmpty } from './present';
import { asText } from '../text';

/** One condition of a query, its field known and its values made comparable. Conditions are ANDed. */
export interface Filter {
  field: Field;
  operator: Operator;
  values: Comparable[];
}
type Comparable = string | number | bigint | boolean;
type Test = (stored: Stored, filter: Filter) => boolean;
/** A stored value: a list for list fields, else one value. */
type Stored = Comparable | Comparable[];

const one = (filter: Filter): Comparable => filter.values[0] ?? '';
const two = (filter: Filter): [Comparable, Comparable] => [filter.values[0] ?? '', filter.values[1] ?? ''];
const folded = (value: Stored): string => String(value).toLowerCase();
const asList = (stored: Stored): Comparable[] => (Array.isArray(stored) ? stored : [stored]);
const hasAny: Test = (stored, { values }) => asList(stored).some(item => values.includes(item));
const equal: Test = (stored, filter) =>
  Array.isArray(stored) ? sameMembers(stored, filter.values) : same(stored, one(filter));
const between: Test = (stored, filter) => {
  const [low, high] = two(filter);
  return !Array.isArray(stored) && compare(stored, low) >= 0 && compare(stored, high) <= 0;
};
const order =
  (holds: (sign: number) => boolean): Test =>
  (stored, filter) =>
    !Array.isArray(stored) && holds(compare(stored, one(filter)));
const text =
  (holds: (stored: string, part: string) => boolean): Test =>
  (stored, filter) =>
    asList(stored).some(item => holds(folded(item), folded(one(filter))));
const contains = text((stored, part) => stored.includes(part));
const not =
  (test: Test): Test =>
  (...args) =>
    !test(...args);

interface OperatorRule {
  /** How many field_values it takes; `any` ignores them. */
  values: 1 | 2 | 'some' | 'any';
  test: Test;
  /** What it says of an empty field. */
  ofEmpty: boolean;
  /** Kinds of value it can compare; all when undefined. */
  kinds?: ValueKind[];
}
const ordered: ValueKind[] = ['text', 'number', 'time', 'option'];
const textual: ValueKind[] = ['text', 'option', 'number', 'list'];

/** The operators of api-facts.md 7.3. Negative ones also find empty fields: documented for N, a guess for the others. */
export const operators = {
  EQ: { values: 'some', test: equal, ofEmpty: false },
  N: { values: 'some', test: not(equal), ofEmpty: true },
  GT: { values: 1, test: order(sign => sign > 0), ofEmpty: false, kinds: ordered },
  GTE: { values: 1, test: order(sign => sign >= 0), ofEmpty: false, kinds: ordered },
  LT: { values: 1, test: order(sign => sign < 0), ofEmpty: false, kinds: ordered },
  LTE: { values: 1, test: order(sign => sign <= 0), ofEmpty: false, kinds: ordered },
  LIKE: { values: 1, test: contains, ofEmpty: false, kinds: textual },
  NLIKE: { values: 1, test: not(contains), ofEmpty: true, kinds: textual },
  STARTWITH: { values: 1, test: text((stored, part) => stored.startsWith(part)), ofEmpty: false, kinds: textual },
  ENDWITH: { values: 1, test: text((stored, part) => stored.endsWith(part)), ofEmpty: false, kinds: textual },
  IS: { values: 'any', test: () => false, ofEmpty: true },
  ISN: { values: 'any', test: () => true, ofEmpty: false },
  NEXISTS: { values: 'any', test: () => false, ofEmpty: true },
  EXISTS: { values: 'any', test: () => true, ofEmpty: false },
  IN: { values: 'some', test: hasAny, ofEmpty: false },
  NIN: { values: 'some', test: not(hasAny), ofEmpty: true },
  BETWEEN: { values: 2, test: between, ofEmpty: false, kinds: ordered },
  NBETWEEN: { values: 2, test: not(between), ofEmpty: true, kinds: ordered },
  CONTAINS: { values: 'some', test: hasAll, ofEmpty: false, kinds: ['list', 'text'] },
  HASANYOF: { values: 'some', test: hasAny, ofEmpty: false, kinds: ['list'] },
  NHASANYOF: { values: 'some', test: not(hasAny), ofEmpty: true, kinds: ['list'] },
} satisfies Record<string, OperatorRule>;
export type Operator = keyof typeof operators;

/** Reads `filters` of a search_query_info. */
export function parseFilters(object: CrmObject, filters: JsonValue | undefined): Filter[] {
  if (filters === undefined || filters === null) return [];
  if (!Array.isArray(filters)) throw malformed('parameter filters is not a list');
  return filters.map(filter => parseFilter(object, filter));
}

function parseFilter(object: CrmObject, filter: JsonValue): Filter {
  if (!isJsonObject(filter)) throw malformed('a filter is not a map');
  const { field_name: name, operator, field_values: values } = filter;
  const field = typeof name === 'string' ? object.fields.get(name) : undefined;
  if (!field) throw refused(`filter field ${asText(name)} does not exist on ${object.apiName}`);
  if (typeof operator !== 'string' || !Object.hasOwn(operators, operator)) {
    throw malformed(`operator ${asText(operator)} of filter field ${field.name} is not supported`);
  }
  const rule: OperatorRule = operators[operator as Operator];
  const list = Array.isArray(values) ? values : [];
  const enough = rule.values === 'any' || (rule.values === 'some' ? list.length > 0 : list.length === rule.values);
  if (!enough) throw malformed(`operator ${operator} of filter field ${field.name} needs other field_values`);
  if (rule.kinds && !rule.kinds.includes(kindOf(field))) {
    throw malformed(`operator ${operator} cannot be used on filter field ${field.name} of type ${field.type}`);
  }
  const comparable = rule.values === 'any' ? [] : list.map(value => toComparable(field, value));
  return { field, operator: operator as Operator, values: comparable };
}

/** Whether a stored value meets a condition. */
export function matches(filter: Filter, value: JsonValue | undefined): boolean {
  const rule: OperatorRule = operators[filter.operator];
  if (isEmpty(value)) return rule.ofEmpty;
  const stored = Array.isArray(value) ? value.map(asText) : toComparable(filter.field, value);
  return rule.test(stored, filter);
}

/** Sorts as the field's type does; empty values come last. */
export function compareValues(field: Field, a: JsonValue | undefined, b: JsonValue | undefined): number {
  if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(a)) - Number(isEmpty(b));
  return compare(toComparable(field, a), toComparable(field, b));
}

function toComparable(field: Field, value: JsonValue): Comparable {
  const written = asText(value);
  switch (kindOf(field)) {
    case 'number':
    case 'time':
      // Beyond 2^53 a double would take neighbours for equal.
      if (/^-?\d{16,}$/.test(written)) return BigInt(written);
      if (written.trim() === '' || Number.isNaN(Number(written))) {
        throw malformed(`${written} is not a number, as field ${field.name} needs`);
      }
      return Number(written);
    case 'boolean':
      return written === 'true';
    case 'list':
      return fromOpenUserId(written);
    default:
      return written;
  }
}

function compare(a: Comparable, b: Comparable): number {
  if (typeof a === 'string' || typeof b === 'string') {
    const [left, right] = [String(a), String(b)];
    return left < right ? -1 : Number(left > right);
  }
  return a < b ? -1 : Number(a > b);
}

const same = (a: Comparable, b: Comparable): boolean => compare(a, b) === 0;

function sameMembers(stored: Comparable[], values: Comparable[]): boolean {
  return stored.length === values.length && stored.every(item => values.includes(item));
}

function hasAll(stored: Stored, { values }: Filter): boolean {
  if (Array.isArray(stored)) return values.every(value => stored.includes(value));
  return values.every(value => folded(stored).includes(folded(value)));
}

import type { Node as JsonTree } from 'jsonc-parser';
import type { EndpointId } from '../../api/endpoints';
import { isComputed, type Field } from '../../objects/fields';
import { isReadOnlyField } from '../../records/recordFields';

/** The form in which the API takes the value of a field. */
export type ExpectedValue = 'number' | 'milliseconds' | 'list' | 'boolean' | 'text';

export interface Expectation {
  readonly is: ExpectedValue;
  readonly list: boolean;
  readonly fits: (value: JsonTree) => boolean;
}

const numeric = /^-?\d+(\.\d+)?$/;
const isNumber = ({ type, value }: JsonTree) =>
  type === 'number' || (type === 'string' && (value === '' || numeric.test(value as string)));
const isA =
  (type: JsonTree['type']) =>
  (node: JsonTree): boolean =>
    node.type === type;

/** Amounts arrive as strings and are taken as numbers too. Source: facts.md 4.2. */
const number: Expectation = { is: 'number', list: false, fits: isNumber };
const milliseconds: Expectation = { is: 'milliseconds', list: false, fits: isNumber };
const list: Expectation = { is: 'list', list: true, fits: isA('array') };
const boolean: Expectation = { is: 'boolean', list: false, fits: isA('boolean') };
const text: Expectation = { is: 'text', list: false, fits: isA('string') };

const byType: Readonly<Record<string, Expectation>> = {
  number,
  currency: number,
  percentile: number,
  date: milliseconds,
  date_time: milliseconds,
  time: milliseconds,
  select_many: list,
  tag: list,
  employee: list,
  employee_many: list,
  department: list,
  department_many: list,
  object_reference_many: list,
  true_or_false: boolean,
  text,
  long_text: text,
  select_one: text,
  record_type: text,
  phone_number: text,
  email: text,
  url: text,
  object_reference: text,
  master_detail: text,
};

/** What the field takes; `undefined` for a type of which that is not documented. */
export function expectedOf({ type }: Pick<Field, 'type'>): Expectation | undefined {
  return byType[type];
}

/** A caller may set these where `create` is told so (`hasSpecifyTime`, `hasSpecifyCreatedBy`), and the owner always. */
const takenByCreate = new Set(['owner', 'create_time', 'created_by', 'last_modified_time', 'last_modified_by']);

/** Whether the server makes the value itself, whatever a call of that endpoint says. */
export function isServerKept(field: Pick<Field, 'apiName' | 'type'>, endpoint: EndpointId): boolean {
  if (endpoint === 'create' && takenByCreate.has(field.apiName)) return false;
  return isComputed(field) || isReadOnlyField(field.apiName);
}

import type { Bilingual } from '../api/errorCodes';
import type { Field } from './fields';

/** What kinds of value an operator compares. */
type Kind = 'ordered' | 'textual' | 'list';

/** How a condition of a query compares a field. */
export interface Operator {
  readonly name: string;
  readonly meaning: Bilingual;
  /** How many `field_values` it takes; `none` ignores them. */
  readonly values: 'none' | 'one' | 'two' | 'some';
  /** All fields where nothing is said. */
  readonly of?: readonly Kind[];
}

const operator = (
  name: string,
  en: string,
  zh: string,
  values: Operator['values'] = 'one',
  of?: readonly Kind[],
): Operator => ({ name, meaning: { en, zh }, values, ...(of && { of }) });

/** The operators of queries. Source: api-facts.md 7.3; those that one source alone names are left out. */
export const operators: readonly Operator[] = [
  operator('EQ', 'equals', '等于', 'some'),
  operator('N', 'does not equal, or is empty', '不等于（含空值）', 'some'),
  operator('GT', 'greater than', '大于', 'one', ['ordered']),
  operator('GTE', 'greater than or equal', '大于等于', 'one', ['ordered']),
  operator('LT', 'less than', '小于', 'one', ['ordered']),
  operator('LTE', 'less than or equal', '小于等于', 'one', ['ordered']),
  operator('LIKE', 'contains the text', '包含', 'one', ['textual']),
  operator('NLIKE', 'does not contain the text', '不包含', 'one', ['textual']),
  operator('STARTWITH', 'starts with', '以…开头', 'one', ['textual']),
  operator('ENDWITH', 'ends with', '以…结尾', 'one', ['textual']),
  operator('IS', 'is empty', '为空', 'none'),
  operator('ISN', 'is not empty', '不为空', 'none'),
  operator('IN', 'is one of', '属于', 'some'),
  operator('NIN', 'is none of', '不属于', 'some'),
  operator('BETWEEN', 'between two values', '介于', 'two', ['ordered']),
  operator('NBETWEEN', 'not between two values', '不介于', 'two', ['ordered']),
  operator('CONTAINS', 'the list contains', '列表包含', 'some', ['list', 'textual']),
  operator('HASANYOF', 'the list has any of', '列表包含任一', 'some', ['list']),
  operator('NHASANYOF', 'the list has none of', '列表不包含任一', 'some', ['list']),
];

const signs: Readonly<Record<string, string>> = { EQ: '=', N: '≠', GT: '>', GTE: '≥', LT: '<', LTE: '≤' };

/** How a condition is written in short. */
export function operatorSign(name: string, language: keyof Bilingual): string {
  return signs[name] ?? operatorNamed(name)?.meaning[language] ?? name;
}

/** `undefined` for an operator that nobody vouches for: a tenant may know it all the same. */
export function operatorNamed(name: string): Operator | undefined {
  return operators.find(known => known.name === name);
}

const kindsOfType: Readonly<Record<string, readonly Kind[]>> = {
  number: ['ordered', 'textual'],
  currency: ['ordered', 'textual'],
  percentile: ['ordered', 'textual'],
  date: ['ordered'],
  date_time: ['ordered'],
  time: ['ordered'],
  count: ['ordered'],
  true_or_false: [],
  select_one: ['ordered', 'textual'],
  record_type: ['ordered', 'textual'],
  select_many: ['list', 'textual'],
  tag: ['list', 'textual'],
  employee: ['list', 'textual'],
  employee_many: ['list', 'textual'],
  department: ['list', 'textual'],
  department_many: ['list', 'textual'],
  object_reference: ['ordered', 'textual'],
  master_detail: ['ordered', 'textual'],
  object_reference_many: ['list', 'textual'],
  text: ['ordered', 'textual'],
  long_text: ['ordered', 'textual'],
  auto_number: ['ordered', 'textual'],
  phone_number: ['ordered', 'textual'],
  email: ['ordered', 'textual'],
  url: ['ordered', 'textual'],
};

/** Whether it makes sense for a field; of a type we do not know every operator may. */
export function fits({ of }: Operator, { type }: Pick<Field, 'type'>): boolean {
  const kinds = kindsOfType[type];
  return of === undefined || kinds === undefined || of.some(kind => kinds.includes(kind));
}

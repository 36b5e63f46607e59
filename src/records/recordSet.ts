import type { Filter } from './recordCalls';

/** Which of an object's records: those in force, those in the recycle bin, or those in force that a filter lets through. */
export type RecordSet = 'records' | 'recycleBin' | RecordFilter;

/** A filter that a person put below an object; its conditions are ANDed. */
export interface RecordFilter {
  readonly id: string;
  readonly conditions: readonly Filter[];
}

/** How the recycle bin is asked for; which of the two a tenant understands is not documented. Source: api-facts.md 10. */
const binFilters: readonly (readonly Filter[])[] = [
  [{ field_name: 'life_status', operator: 'EQ', field_values: ['invalid'] }],
  [{ field_name: 'is_deleted', operator: 'EQ', field_values: [true] }],
];

/** The filters by which the records may be asked for; the first that shows a record is right. */
export function filtersOf(set: RecordSet): readonly (readonly Filter[])[] {
  if (set === 'records') return [[]];
  return set === 'recycleBin' ? binFilters : [set.conditions];
}

/** Whether it is the same set; a filter with other conditions is another one. */
export function keyOf(set: RecordSet): string {
  return typeof set === 'string' ? set : JSON.stringify([set.id, set.conditions]);
}

/** How a node of the tree names its set. */
export function nameOf(set: RecordSet): string {
  return typeof set === 'string' ? set : set.id;
}

/** The set of that name; nothing where the filter is gone: all records are not what it stood for. */
export function setNamed(name: string, filters: readonly RecordFilter[]): RecordSet | undefined {
  if (name === 'records' || name === 'recycleBin') return name;
  return filters.find(({ id }) => id === name);
}

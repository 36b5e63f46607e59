import { printJson, type JsonObject, type JsonValue } from '../base/json';
import { isComputed, type Field } from '../objects/fields';
import { isCompanion } from '../records/recordFields';

/** Characters that one answer to a model may have where it names no budget of its own. */
export const usualLength = 40_000;

/** As much of a list as fits, and how much was left out. */
export function fitting(around: JsonObject, key: string, list: readonly JsonValue[], length: number): string {
  const print = (count: number) =>
    printJson({ ...around, [key]: list.slice(0, count), ...(count < list.length && { leftOut: list.length - count }) });
  let [fits, tooMany] = [0, list.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (print(middle).length <= length) fits = middle;
    else tooMany = middle;
  }
  return print(fits);
}

/** A record without what only explains other fields, and without what is empty. */
export function briefRecord(record: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => !isCompanion(name) && value !== null && value !== ''),
  );
}

/** A record within a length: its fields in their order as far as they fit, and the names of those left out. */
export function fittingRecord(record: JsonObject, length: number): string {
  const fields = Object.entries(briefRecord(record));
  const taken: JsonObject = {};
  const leftOut: string[] = [];
  let used = 2;
  for (const [name, value] of fields) {
    const room = printJson({ [name]: value }).length;
    if (used + room > length) {
      leftOut.push(name);
      continue;
    }
    taken[name] = value;
    used += room;
  }
  return printJson(leftOut.length > 0 ? { ...taken, leftOut } : taken);
}

/** What a model must know of a field to read, filter or write it. */
export function briefField({ apiName, label, type, required, options, target }: Field): JsonObject {
  return {
    apiName,
    label,
    type,
    ...(required && { required }),
    ...(isComputed({ type }) && { readOnly: true }),
    ...(target !== undefined && { target }),
    ...(options.length > 0 && { options: options.map(({ value, label: shown }) => ({ value, label: shown })) }),
  };
}

import { isSafeNumber, LosslessNumber, parse, stringify } from 'lossless-json';

export { LosslessNumber };

/** JSON as it comes from and goes to the API. A number whose digits a double cannot hold is a `LosslessNumber`. */
export type JsonValue = string | number | boolean | null | LosslessNumber | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

// At most 15 digits, no exponent, no trailing zero after a point and no fraction so small that it is printed with
// an exponent always survive `JSON.parse`. Looked for only where a number can begin: the ids in every answer are hex
// digits, many like `12e5`. (What merely looks like it, in a text, only takes the longer way.)
const mayLoseDigits = /[:,[ \n\r\t](?=[-\d])(?:-0(?![.\d])|-?(?:\d{16}|[\d.]{17}|[\d.]+[eE]|\d+\.\d*0(?!\d)|0\.0{6}))/;
const isNumber = /^[-\d]/;

function isPlain(text: string): boolean {
  return !mayLoseDigits.test(text) && !isNumber.test(text);
}

/** Parses strict JSON without losing a digit. Throws `SyntaxError` as `JSON.parse` does. */
export function parseJson(text: string): JsonValue {
  if (isPlain(text)) return JSON.parse(text) as JsonValue;
  return parse(text, undefined, {
    parseNumber: digits =>
      isSafeNumber(digits) && String(Number(digits)) === digits ? Number(digits) : new LosslessNumber(digits),
    // As `JSON.parse` does.
    onDuplicateKey: ({ newValue }) => newValue,
  }) as JsonValue;
}

/** The inverse of `parseJson`: the same digits come out that went in. */
export function printJson(value: JsonValue | undefined, indent?: number): string {
  return stringify(value, undefined, indent) ?? 'null';
}

/** For callers who know nothing of `LosslessNumber`: plain JSON, with the digits that a double cannot hold as text. */
export function plainJson(value: unknown): unknown {
  if (value instanceof LosslessNumber) {
    const digits = value.toString();
    return isSafeNumber(digits) ? Number(digits) : digits;
  }
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plainJson(entry)]));
}

/** Whether a value is a map of JSON: neither a list nor a number whose digits are kept. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber);
}

/** A deep copy without entries whose value is `undefined`, so that what is built by hand becomes plain JSON. */
export function withoutUndefined(value: Record<string, JsonValue | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

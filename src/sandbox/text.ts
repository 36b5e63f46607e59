import { printJson, type JsonValue } from '../base/json';

/** A value as text: a text as it is, anything else as its JSON. */
export function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : printJson(value);
}

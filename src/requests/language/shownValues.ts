import { redacted } from '../../api/redactor';
import { isJsonObject, printJson, type JsonValue } from '../../base/json';
import { builtins, type RequestFile, type TemplateNode } from '../nodes';
import type { Problem } from '../problems';
import { Variables } from '../variables';
import type { Knowledge } from './knowledge';
import { namesSecret } from './looseSecrets';

/** A value as it may be seen: what is called like a secret is masked, however deep, and `clean` masks the known ones. */
export function maskedValue(name: string, value: JsonValue, clean: (text: string) => string): JsonValue {
  if (Array.isArray(value)) return value.map(each => maskedValue(name, each, clean));
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskedValue(key, inner, clean)]));
  }
  if (value === null || typeof value === 'boolean') return value;
  if (namesSecret(name)) return redacted;
  return typeof value === 'string' ? clean(value) : value;
}

/** Nothing is drawn or asked for: what is built in stands as it is written. */
const unasked = { processVariable: () => undefined, now: () => new Date(0), uuid: () => '' };

/** What a reference stands for now, secrets masked, or why it stands for nothing. */
export function heldBy(
  template: TemplateNode,
  file: RequestFile,
  { environment, response }: Pick<Knowledge, 'environment' | 'response'>,
): { readonly value: string } | { readonly problem: Problem | undefined } {
  const source = { ...unasked, environment: (name: string) => environment.get(name), response };
  const variables = Variables.asWritten(file, source, new Set(builtins));
  const held = variables.valueOf(template);
  // A part of it that has no value says why.
  const [problem] = variables.problems;
  if (!held || problem || template.expression.type !== 'reference') return { problem };
  const { name, path } = template.expression;
  const value = maskedValue(String(path.at(-1) ?? name), held.type === 'json' ? held.value : held.text, text =>
    withoutSecrets(file, text),
  );
  return { value: typeof value === 'string' && held.type === 'text' ? value : printJson(value, 2) };
}

/** Without the values of the file's own variables that are called like secrets. */
export function withoutSecrets({ variables }: RequestFile, text: string): string {
  const secrets = [...variables].flatMap(([name, { value }]) => (namesSecret(name) && value.text ? [value.text] : []));
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, redacted), text);
}

import { printJson, type JsonValue } from '../../base/json';
import { builtins, requestNamed, type RequestFile } from '../nodes';
import { plainVariables } from '../plainVariables';
import { literal, type Completion } from './completionItem';
import { expectedAnswer } from './expectedAnswer';
import type { Knowledge } from './knowledge';
import { pathsFrom } from './lineCompletion';
import { maskedValue, withoutSecrets } from './shownValues';

/** Variables of the file and the environment, named answers, and what is built in. */
export function completeTemplate(
  file: RequestFile,
  inside: string,
  offset: number,
  knowledge: Knowledge,
): Completion[] {
  const typed = inside.trimStart();
  const closed = /^[^{}\r\n]*\}\}/.test(file.text.slice(offset, offset + 500));
  const range = { start: offset - typed.length, end: offset };
  const [, name, rest] = /^([^.[\]\s]+)\.(.*)$/.exec(typed) ?? [];
  // What may follow in a path is alike in all tenants.
  const request = name === undefined ? undefined : requestNamed(file, name);
  if (request && rest !== undefined) {
    return pathsFrom(expectedAnswer(request, plainVariables(file), knowledge), rest, range);
  }
  const close = closed ? '' : '\\}\\}';
  const item = (label: string, description: string | undefined, first = false): Completion => ({
    label,
    kind: 'variable',
    description,
    insert: `${literal(label)}${close}`,
    range,
    first,
  });
  const shown = (variable: string, value: JsonValue) => {
    const masked = maskedValue(variable, value, text => withoutSecrets(file, text));
    return typeof masked === 'string' ? masked : printJson(masked);
  };
  const named = file.sections.flatMap(({ heading }) => heading?.name ?? []);
  return [
    ...[...file.variables].map(([variable, { value }]) => item(variable, shown(variable, value.text), true)),
    ...[...knowledge.environment].map(([variable, value]) => item(variable, shown(variable, value))),
    ...named.map((request): Completion => ({ ...item(request, undefined), insert: `${literal(request)}.$0${close}` })),
    ...builtins.map((builtin): Completion => {
      const argument = builtin === 'uuid' || builtin === 'timestamp' || builtin === 'now' ? '' : ' $0';
      return { ...item(`$${builtin}`, undefined), insert: `\\$${builtin}${argument}${close}` };
    }),
  ];
}

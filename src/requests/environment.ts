import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../base/json';
import { toStrictJson } from './jsonNode';
import type { Span } from './nodes';

export const environmentFileName = 'fxiaoke.env.json';

/** The entry that holds for every connection. */
const sharedEntry = '$shared';

/** The values of one `fxiaoke.env.json` by the name of a connection. */
export type Environment = Readonly<Record<string, JsonObject>>;

export type EnvironmentProblem =
  /** `error` is a name of jsonc-parser's `ParseErrorCode`. */
  { readonly code: 'notJson'; readonly error: string } | { readonly code: 'entryInvalid'; readonly entry: string };

/** Reads `{ "<connection>": { "<name>": <JSON value> } }`; comments and trailing commas are welcome. */
export function readEnvironment(text: string): { environment: Environment } | { problem: EnvironmentProblem } {
  const strict = toStrictJson(text.replace(/^\uFEFF/, ''));
  if ('error' in strict) return { problem: { code: 'notJson', error: strict.error } };
  const json = strict.json === '' ? null : parseJson(strict.json);
  if (!isJsonObject(json)) return { problem: { code: 'notJson', error: 'OpenBraceExpected' } };
  const wrong = Object.keys(json).find(entry => entry !== '$schema' && !isJsonObject(json[entry]));
  if (wrong !== undefined) return { problem: { code: 'entryInvalid', entry: wrong } };
  return { environment: json as Environment };
}

/** The value of the nearest file; in each, the connection's own entry comes before what is shared. */
export function environmentValue(
  environments: readonly Environment[],
  connection: string | undefined,
  name: string,
): JsonValue | undefined {
  return environmentEntries(environments, connection).get(name);
}

/** All that holds for a connection. */
export function environmentEntries(
  environments: readonly Environment[],
  connection: string | undefined,
): Map<string, JsonValue> {
  const entries = entriesFor(connection);
  const nearestLast = environments.flatMap(environment =>
    entries.map(entry => (Object.hasOwn(environment, entry) ? environment[entry] : undefined)),
  );
  const values = nearestLast.reverse().flatMap(each => (isJsonObject(each) ? Object.entries(each) : []));
  return new Map(values);
}

/** Where one file defines what holds for a connection: its name there. */
export function environmentPlace(text: string, connection: string | undefined, name: string): Span | undefined {
  const tree = parseTree(text, undefined, { allowTrailingComma: true });
  for (const entry of entriesFor(connection)) {
    const key = tree && findNodeAtLocation(tree, [entry, name])?.parent?.children?.[0];
    if (key) return { start: key.offset + 1, end: key.offset + key.length - 1 };
  }
  return undefined;
}

function entriesFor(connection: string | undefined): string[] {
  return connection === undefined ? [sharedEntry] : [connection, sharedEntry];
}

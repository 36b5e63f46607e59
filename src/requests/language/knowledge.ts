import type { JsonValue } from '../../base/json';
import type { CrmObject, NameLanguage } from '../../objects/crmObject';
import type { Field } from '../../objects/fields';
import type { NamedRecord } from '../../records/recordNames';
import type { NamedResponse } from '../variables';

/**
 * What is known of the tenant that a request goes to. Nothing here asks the tenant: where it has not told yet there is
 * `undefined`, and whoever looks is silent rather than guessing.
 */
export interface Knowledge {
  /** In which names of objects and endpoints are shown. */
  readonly language: NameLanguage;
  readonly objects: readonly CrmObject[] | undefined;
  fields(object: string): readonly Field[] | undefined;
  /** Those that were read or written in this window, the latest first. */
  records(object: string): readonly NamedRecord[];
  /** Names for `# @connection`. */
  readonly connections: readonly string[];
  isConnection(idOrName: string): boolean;
  /** Names of the environment's variables, with their values; those of secrets are masked. */
  readonly environment: ReadonlyMap<string, JsonValue>;
  /** The last answer to the request of that name; of another tenant only where this one gave none. */
  response(requestName: string): NamedResponse | undefined;
}

/** What there is to know without a tenant. */
export const nothingKnown: Knowledge = {
  language: 'en',
  objects: undefined,
  fields: () => undefined,
  records: () => [],
  connections: [],
  isConnection: () => true,
  environment: new Map(),
  response: () => undefined,
};

/** The object whose ids a field holds: its own for `_id`, that of a look-up. */
export function objectOfId(
  { field: name }: { readonly field: string | undefined },
  object: string | undefined,
  knowledge: Knowledge,
): string | undefined {
  if (name === '_id' || object === undefined) return object;
  return knowledge.fields(object)?.find(({ apiName }) => apiName === name)?.target;
}

import type { JsonValue } from '../../base/json';
import type { CrmObject, NameLanguage } from '../../objects/crmObject';
import type { Field } from '../../objects/fields';

/** A record that was read in this session. */
export interface KnownRecord {
  readonly id: string;
  readonly name: string;
}

/**
 * What is known of the tenant that a request goes to. Nothing here asks the tenant: where it has not told yet there is
 * `undefined`, and whoever looks is silent rather than guessing.
 */
export interface Knowledge {
  /** In which names of objects and endpoints are shown. */
  readonly language: NameLanguage;
  readonly objects: readonly CrmObject[] | undefined;
  fields(object: string): readonly Field[] | undefined;
  records(object: string): readonly KnownRecord[];
  /** Names for `# @connection`. */
  readonly connections: readonly string[];
  /** Names of the environment's variables, with their values; those of secrets are masked. */
  readonly environment: ReadonlyMap<string, string>;
  /** The body of the last answer to the request of that name. */
  response(requestName: string): JsonValue | undefined;
}

/** What there is to know without a tenant. */
export const nothingKnown: Knowledge = {
  language: 'en',
  objects: undefined,
  fields: () => undefined,
  records: () => [],
  connections: [],
  environment: new Map(),
  response: () => undefined,
};

import type { CrmObject } from '../objects/crmObject';
import type { Field } from '../objects/fields';

/** What the tenant says of the objects whose records a new one may bring along. */
export interface DetailObjects {
  /** The tenant's objects; none where they cannot be had. */
  readonly list: (connectionId: string) => Promise<readonly CrmObject[]>;
  readonly fields: (connectionId: string, object: string) => Promise<readonly Field[] | undefined>;
  /** Without asking. */
  readonly knownFields: (connectionId: string, object: string) => readonly Field[] | undefined;
}

/**
 * Objects that may be details of a master, likely ones first: those known to point to it as their master, then those
 * whose names begin with its own, as `SalesOrderProductObj` does. No call tells which are its details.
 */
export function detailCandidates(
  master: string,
  objects: readonly CrmObject[],
  knownFields: (object: string) => readonly Field[] | undefined,
): CrmObject[] {
  const stem = master.replace(/(Obj|__c)$/, '');
  const rank = ({ apiName }: CrmObject) => {
    const fields = knownFields(apiName)?.filter(({ type }) => type === 'master_detail');
    if (fields?.some(({ target }) => target === master)) return 0;
    if (fields) return 3;
    return apiName.startsWith(stem) ? 1 : 2;
  };
  const ranked = objects.filter(({ apiName }) => apiName !== master).map(object => ({ object, rank: rank(object) }));
  return ranked
    .filter(each => each.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ object }) => object);
}

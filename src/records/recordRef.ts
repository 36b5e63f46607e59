/** Which record of which tenant. */
export interface RecordRef {
  readonly connectionId: string;
  readonly object: string;
  readonly id: string;
}

/** Of record documents: `fxiaoke-record://<connectionId>/<ObjectApiName>/<recordId>.json`. */
export const recordScheme = 'fxiaoke-record';

/** The parts of `fxiaoke-record://<connectionId>/<ObjectApiName>/<recordId>.json`. */
export interface RecordUriParts {
  readonly scheme: typeof recordScheme;
  readonly authority: string;
  readonly path: string;
}

export function recordUri({ connectionId, object, id }: RecordRef): RecordUriParts {
  return { scheme: recordScheme, authority: connectionId, path: `/${object}/${id}.json` };
}

export function readRecordUri({ authority, path }: { authority: string; path: string }): RecordRef | undefined {
  const [, object, id] = /^\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
  if (authority === '' || object === undefined || id === undefined) return undefined;
  return isObjectName(object) && isRecordId(id) ? { connectionId: authority, object, id } : undefined;
}

/** The record that a document is going to be: until it is saved it has a number instead of an id. */
export function newRecordId(number: number): string {
  return `new-${number}`;
}

export function isNewRecord({ id }: Pick<RecordRef, 'id'>): boolean {
  return /^new-\d+$/.test(id);
}

/** What the path is that holds records: all objects of the tenant (`''`), one of them, or nothing of the kind. */
export function readFolderUri({ path }: { path: string }): string | undefined {
  const [, object] = /^\/([^/]*)\/?$/.exec(path) ?? [];
  return object === undefined || object === '' || isObjectName(object) ? object : undefined;
}

/** `AccountObj`, `BpmInstance`, `object_x__c`; no `node_modules`. */
function isObjectName(name: string): boolean {
  return /^[A-Z]\w*$/.test(name) || /^\w+__c$/.test(name);
}

/**
 * Ids are hexadecimal, or numbers (of employees, for one), and have a digit in any case. So `package.json` and
 * the like, which editors and their extensions look for in every folder, are never asked of a tenant.
 */
export function isRecordId(text: string): boolean {
  return /^[\w-]*\d[\w-]*$/.test(text);
}

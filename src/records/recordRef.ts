/** Which record of which tenant. */
export interface RecordRef {
  readonly connectionId: string;
  readonly object: string;
  readonly id: string;
}

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
  return { connectionId: authority, object, id };
}

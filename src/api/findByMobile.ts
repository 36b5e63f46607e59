import { isJsonObject, printJson } from '../base/json';
import { mustSucceed } from './answer';
import { bodyStyle } from './callStyle';
import { endpoints } from './endpoints';
import type { Token } from './token';
import type { Wire } from './wire';

export interface MobileSearch {
  /** The connection's name, for the log. */
  readonly connection: string;
  readonly origin: string;
  readonly token: Token;
  readonly mobile: string;
}

/** The `FSUID_…` of the employee with that mobile number; `undefined` when nobody has it. For the legacy style only. */
export async function openUserIdByMobile(wire: Wire, search: MobileSearch): Promise<string | undefined> {
  const { connection, origin, token, mobile } = search;
  const { path } = endpoints.userByMobile;
  const call = bodyStyle({ pathname: path, body: printJson({ mobile }) }, token, '');
  const { empList } = mustSucceed(await wire.post({ connection, origin, path, ...call })).body;
  const ids = (Array.isArray(empList) ? empList : []).filter(isJsonObject).map(({ openUserId }) => openUserId);
  return ids.find(id => typeof id === 'string' && id !== '') as string | undefined;
}

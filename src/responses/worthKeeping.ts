import { mayChangeData, type CrmCall } from '../api/crmClient';

/** Every write is kept, and each read that somebody asked for. */
export function isWorthKeeping({ path, asked }: Pick<CrmCall, 'path' | 'asked'>): boolean {
  return asked === true || mayChangeData(path);
}

import type { CrmClient } from '../api/crmClient';
import { queryRecords } from './recordCalls';

/** The id of the tenant's newest record; `undefined` where there is none that the employee may read. */
export async function anyRecord(client: CrmClient, object: string): Promise<string | undefined> {
  const query = { limit: 1, fields: ['_id', 'name'], orders: [{ fieldName: '_id', isAsc: false }], count: false };
  const newest = await queryRecords(client, object, query).catch(() => undefined);
  const id = newest?.records[0]?.['_id'];
  return typeof id === 'string' ? id : undefined;
}

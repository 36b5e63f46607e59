import type { Connection } from './connection';

/** From this share of the day's calls on a person is warned. */
const low = 0.9;

type WithQuota = Pick<Connection, 'dailyQuota'>;

/**
 * How many calls the tenant takes today after so many from here, where the person has told its quota. Calls from
 * elsewhere, of which nobody tells, count towards it as well.
 */
export function callsLeft({ dailyQuota }: WithQuota, calls: number): number | undefined {
  return dailyQuota === undefined ? undefined : Math.max(0, dailyQuota - calls);
}

export function isQuotaLow({ dailyQuota }: WithQuota, calls: number): boolean {
  return dailyQuota !== undefined && calls >= low * dailyQuota;
}

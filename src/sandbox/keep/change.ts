import type { JsonObject } from '../../base/json';

/**
 * One thing that a call changed: a record by object and id, or an entry of a shelf by the shelf's name and a key, with
 * what it is now; null when it is gone. To apply a change twice does no harm.
 */
export type Change = [place: string, key: string, value: JsonObject | null];

/** What has to be kept: everything that differs from the seed. */
export interface Keepable {
  /** How many changes `all` would give. */
  readonly size: number;
  /** A copy that does not move while calls go on. */
  all(): Change[];
  restore(change: Change): void;
}

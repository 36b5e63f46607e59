import assert from 'node:assert/strict';
import { callsLeft, isQuotaLow } from '../../../src/connections/quota';

describe('connections/quota', () => {
  const check = (dailyQuota: number | undefined, calls: number, left: number | undefined, low: boolean) =>
    it(`${calls} of ${dailyQuota ?? 'an unknown quota'} leave ${left ?? 'nobody knows what'}${low ? ', which is few' : ''}`, () => {
      const connection = dailyQuota === undefined ? {} : { dailyQuota };
      assert.deepEqual([callsLeft(connection, calls), isQuotaLow(connection, calls)], [left, low]);
    });
  check(undefined, 1_000_000, undefined, false);
  check(100, 0, 100, false);
  check(100, 89, 11, false);
  check(100, 90, 10, true);
  check(100, 120, 0, true);
});

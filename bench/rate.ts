import { documentedLimit } from '../src/api/rateLimiter';
import { allRecords } from '../src/records/allRecords';
import { ourClient } from './clients';
import type { Measurement } from './measurement';
import { withSandbox } from './sandbox';

const windows = 3;

/**
 * Reading page by page as fast as the documented limit lets us, which the sandbox enforces. The first call of the
 * fourth hundred is possible three windows after the very first call, and not a moment earlier.
 */
export const rate = () => {
  const { calls, milliseconds } = documentedLimit;
  const pages = calls * windows + 1;
  return withSandbox(['--records', String((pages + 20) * 100)], async ({ login }): Promise<Measurement[]> => {
    const { client, records } = await ourClient(login, documentedLimit);
    const reader = allRecords(client, 'AccountObj', { fields: ['_id'], signal: undefined });
    const started = performance.now();
    for (let read = 0; read <= (pages - 1) * 100; read++) await reader.next();
    const elapsed = performance.now() - started;
    const refused = records.filter(({ errorCode }) => errorCode === 14001 || errorCode === 30004).length;
    const share = (100 * windows * milliseconds) / elapsed;
    const limit = `${calls} calls in ${milliseconds / 1000} s`;
    return [
      { what: `of the permitted rate used (${limit}, ${pages} calls)`, value: share, unit: '%', goal: { atLeast: 97 } },
      { what: 'calls refused for their rate meanwhile', value: refused, unit: '', goal: { atMost: 0 } },
    ];
  });
};

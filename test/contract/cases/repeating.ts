import { sandboxOnly } from '../contractCase';
import { outcome } from '../outcome';
import { find, make } from '../records';

const query = '/cgi/crm/v2/data/query';

export const repeating = sandboxOnly('a failure is forced', [
  {
    name: 'a read that fails for good ends with what it met',
    does: async harness => {
      harness.sandbox.faults.add({ path: query, errorCode: 50009, times: 99 });
      const answer = await outcome(() => find(harness, harness.preset, { limit: 1 }));
      return [answer, harness.sent.length > 2, harness.sent.length < 10];
    },
    expects: ['ApiError 50009', true, true],
  },
  {
    name: 'more calls than the API takes are held back by us and not refused',
    does: async harness => {
      const ids = await Promise.all(
        Array.from({ length: 130 }, () => find(harness, 'CasesObj', { limit: 1, fields: ['_id'] })),
      );
      return [ids.flat().length, harness.sent.length];
    },
    expects: [130, 130],
  },
  {
    name: 'calls that another client leaves no room for wait their turn',
    does: async harness => {
      const id = await make(harness, harness.preset);
      const { service } = harness.openWindow();
      for (let n = 0; n < 100; n++) await service.get(harness.connection, harness.preset, id);
      return (await harness.service.get(harness.connection, harness.preset, id)).record['_id'] === id;
    },
    expects: true,
  },
]);

import type { FaultEffect } from '../../../src/sandbox/faults';
import { sandboxOnly } from '../contractCase';
import type { SandboxHarness } from '../harness';
import { outcome } from '../outcome';
import { find, make, required, target } from '../records';

const query = '/cgi/crm/v2/data/query';
const create = '/cgi/crm/v2/data/create';

const effects = {
  '-1': { errorCode: -1 },
  '50009': { errorCode: 50009 },
  '14001': { errorCode: 14001 },
  '30004': { errorCode: 30004 },
  '30002': { errorCode: 30002 },
  '30003': { errorCode: 30003 },
  '32000': { errorCode: 32000 },
  'a dropped connection': { answer: 'drop' },
  'half of an answer': { answer: 'truncated' },
  'a page': { answer: 'html' },
} as const satisfies Record<string, FaultEffect>;
type Effect = keyof typeof effects;

const always: readonly Effect[] = ['-1', '50009', '14001', '30004', 'a dropped connection', 'half of an answer'];
/** What refuses a call before it does anything. */
const ifRefused: readonly Effect[] = ['14001', '30004'];

/** One call meets an effect once; tells how often it was sent. */
async function reading(harness: SandboxHarness, effect: FaultEffect) {
  harness.sandbox.faults.add({ path: query, ...effect });
  await outcome(() => find(harness, harness.preset, { limit: 1 }));
  return harness.sent.length;
}

/** The call is carried out where its answer is spoiled: repeating it would make two records. */
async function writing(harness: SandboxHarness, effect: FaultEffect) {
  const body = { ...(await required(harness, harness.preset)), name: 'Made once' };
  const from = harness.sent.length;
  harness.sandbox.faults.add({ path: create, ...effect, carriedOut: 'answer' in effect });
  await outcome(() => harness.service.create(target(harness, harness.preset), body));
  const sent = harness.sent.length - from;
  const filters = [{ field_name: 'name', operator: 'EQ', field_values: ['Made once'] }];
  return { sent, made: (await find(harness, harness.preset, { filters })).length };
}

const each = Object.keys(effects) as Effect[];

export const repeating = sandboxOnly('a failure is forced', [
  ...each.map(effect => ({
    name: `a read that meets ${effect} is ${always.includes(effect) ? 'repeated' : 'sent once'}`,
    does: (harness: SandboxHarness) => reading(harness, effects[effect]),
    expects: always.includes(effect) ? 2 : 1,
    shares: true,
  })),
  ...each.map(effect => ({
    name: `a write that meets ${effect} is ${ifRefused.includes(effect) ? 'repeated' : 'sent once'}`,
    does: (harness: SandboxHarness) => writing(harness, effects[effect]),
    expects: {
      sent: ifRefused.includes(effect) ? 2 : 1,
      made: ifRefused.includes(effect) || 'answer' in effects[effect] ? 1 : 0,
    },
  })),
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

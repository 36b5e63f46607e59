import { ApiError } from '../../../src/api/errors';
import { parseFault } from '../../../src/sandbox/faultText';
import type { BatchOperation } from '../../../src/records/recordService';
import { sandboxOnly } from '../contractCase';
import type { SandboxHarness } from '../harness';
import { nameOf } from '../outcome';
import { find, make, read, required, run, target, update } from '../records';

/**
 * Every fault of the sandbox during every operation, once and without end: what our client says, how often it sent the
 * call, and whether the tenant is as it then must be.
 */

/** What is known of a fault; it is named as `--fault` has it. */
interface Fault {
  /** What a call ends with that meets nothing else. */
  readonly error: string | undefined;
  /** Which calls are sent again. A refused token is renewed for any but the one that asks for a token. */
  readonly repeated: 'none' | 'reads' | 'all' | 'all but tokens';
  /** Whether the call takes effect, though its answer does not say so. */
  readonly takesEffect?: boolean;
  /** Milliseconds after which our client has waited enough. */
  readonly patience?: number;
}

const faults: Readonly<Record<string, Fault>> = {
  '-1': { error: 'ApiError -1', repeated: 'reads' },
  '-2': { error: 'ApiError -2', repeated: 'none' },
  '50009': { error: 'ApiError 50009', repeated: 'reads' },
  '50009!': { error: 'ApiError 50009', repeated: 'reads', takesEffect: true },
  '14001': { error: 'ApiError 14001', repeated: 'all' },
  '30004': { error: 'ApiError 30004', repeated: 'all' },
  '20016': { error: 'ApiError 20016', repeated: 'all but tokens' },
  '20005': { error: 'ApiError 20005', repeated: 'all but tokens' },
  '30002': { error: 'ApiError 30002', repeated: 'none' },
  '30003': { error: 'ApiError 30003', repeated: 'none' },
  '15003': { error: 'ApiError 15003', repeated: 'none' },
  '32000': { error: 'ApiError 32000', repeated: 'none' },
  drop: { error: 'TransportError dropped', repeated: 'reads' },
  'drop!': { error: 'TransportError dropped', repeated: 'reads', takesEffect: true },
  truncated: { error: 'NotApiError truncated', repeated: 'reads', takesEffect: true },
  html: { error: 'NotApiError html', repeated: 'none' },
  'html!': { error: 'NotApiError html', repeated: 'none', takesEffect: true },
  timeout: { error: 'TransportError timeout', repeated: 'none', patience: 40 },
  'timeout!': { error: 'TransportError timeout', repeated: 'none', takesEffect: true, patience: 250 },
  'delay=10': { error: undefined, repeated: 'none' },
};

/** An operation on something that was prepared for it. */
interface Operation {
  readonly kind: 'read' | 'write' | 'token';
  readonly path: string;
  /** Gives what the operation is about: most often the id of a record. */
  readonly prepare: (harness: SandboxHarness) => Promise<string>;
  readonly does: (harness: SandboxHarness, about: string) => Promise<unknown>;
  /** How often it has taken effect; of a read, whether it does again. */
  readonly effects: (harness: SandboxHarness, about: string) => Promise<number>;
}

const count = (condition: boolean) => (condition ? 1 : 0);
const field = async (harness: SandboxHarness, id: string, name: string) =>
  (await read(harness, harness.preset, id))[name];

/** A failure of one record of a batch, thrown as if it had been alone. */
class FailedInBatch extends Error {
  constructor(
    override readonly message: string,
    readonly traceId: string | undefined,
  ) {
    super(message);
  }
}

async function batch(harness: SandboxHarness, operation: BatchOperation, id: string): Promise<void> {
  const { service, preset, colleague } = harness;
  const { failed } = await service.batch(target(harness, preset), operation, [id], colleague);
  for (const { message, traceId } of failed) throw new FailedInBatch(message, traceId);
}

const made = (harness: SandboxHarness) => make(harness, harness.preset);
const invalidated = async (harness: SandboxHarness) => {
  const id = await made(harness);
  await run(harness, harness.preset, 'invalidate', id);
  return id;
};

const onRecord = (
  operation: BatchOperation,
  path: string,
  prepare: Operation['prepare'],
  effects: Operation['effects'],
): Operation => ({
  kind: 'write',
  path,
  prepare,
  does: (harness, id) => batch(harness, operation, id),
  effects,
});

let creations = 0;
const byName = (name: string) => ({ filters: [{ field_name: 'name', operator: 'EQ', field_values: [name] }] });

const operations: Readonly<Record<string, Operation>> = {
  get: {
    kind: 'read',
    path: '/cgi/crm/v2/data/get',
    prepare: made,
    does: (harness, id) => read(harness, harness.preset, id),
    effects: async (harness, id) => count((await field(harness, id, '_id')) === id),
  },
  query: {
    kind: 'read',
    path: '/cgi/crm/v2/data/query',
    prepare: made,
    does: harness => find(harness, harness.preset, { limit: 1 }),
    effects: async harness => (await find(harness, harness.preset, { limit: 1 })).length,
  },
  'object/list': {
    kind: 'read',
    path: '/cgi/crm/v2/object/list',
    prepare: () => Promise.resolve(''),
    does: ({ objects, client, connection }) => {
      objects.forget(connection.id);
      return objects.list(client);
    },
    effects: async ({ objects, client }) => count((await objects.list(client)).length > 200),
  },
  'object/describe': {
    kind: 'read',
    path: '/cgi/crm/v2/object/describe',
    prepare: () => Promise.resolve(''),
    does: ({ objects, client, connection, preset }) => {
      objects.forget(connection.id);
      return objects.describe(client, preset);
    },
    effects: async ({ objects, client, preset }) => count('fields' in (await objects.describe(client, preset))),
  },
  create: {
    kind: 'write',
    path: '/cgi/crm/v2/data/create',
    prepare: () => Promise.resolve(`Created in fault ${++creations}`),
    does: async (harness, name) => {
      const body = { ...(await required(harness, harness.preset)), name };
      return harness.service.create(target(harness, harness.preset), body);
    },
    effects: async (harness, name) => (await find(harness, harness.preset, byName(name))).length,
  },
  update: {
    kind: 'write',
    path: '/cgi/crm/v2/data/update',
    prepare: made,
    does: (harness, id) => update(harness, harness.preset, id, { remark: 'changed' }),
    // The version tells how often.
    effects: async (harness, id) => Number(await field(harness, id, 'version')) - 1,
  },
  changeOwner: onRecord('changeOwner', '/cgi/crm/v2/data/changeOwner', made, async (harness, id) =>
    count(JSON.stringify(await field(harness, id, 'owner')) === JSON.stringify([harness.colleague])),
  ),
  invalid: onRecord('invalidate', '/cgi/crm/v2/data/invalid', made, async (harness, id) =>
    count((await field(harness, id, 'life_status')) === 'invalid'),
  ),
  recover: onRecord('recover', '/cgi/crm/v2/data/recover', invalidated, async (harness, id) =>
    count((await field(harness, id, 'life_status')) === 'normal'),
  ),
  delete: onRecord('delete', '/cgi/crm/v2/data/delete', invalidated, async (harness, id) => {
    const bin = [{ field_name: 'life_status', operator: 'EQ', field_values: ['invalid'] }];
    const filters = [{ field_name: '_id', operator: 'EQ', field_values: [id] }, ...bin];
    return 1 - (await find(harness, harness.preset, { filters })).length;
  }),
  lock: onRecord('lock', '/cgi/crm/v2/object/lock', made, async (harness, id) =>
    count((await field(harness, id, 'lock_status')) === '1'),
  ),
  token: {
    kind: 'token',
    path: '/oauth2.0/token',
    prepare: harness => {
      // Ten calls a minute are allowed, and waiting for one's turn counts as waiting.
      harness.tick(61_000);
      return made(harness);
    },
    does: ({ connections, connection }) => connections.test(connection),
    // Whatever became of it, there is a token for the calls that follow.
    effects: async (harness, id) => count((await field(harness, id, '_id')) === id),
  },
};

/** What came of an operation that met a fault. */
interface Outcome {
  /** `done`, or the class and code of its error. */
  readonly ends: string;
  /** Whether the error names the API's own trace id; undefined where no error of the API came. */
  readonly traced: boolean | undefined;
  readonly sent: 'once' | 'twice' | 'more often';
  readonly effects: number;
}

/** Meets an operation with a fault a number of times. */
async function meet(harness: SandboxHarness, operation: Operation, fault: string, times: number): Promise<Outcome> {
  const { sandbox, sent, patience } = harness;
  const about = await operation.prepare(harness);
  const met = parseFault(`${operation.path}:${fault}`);
  if (!met) throw new Error(`${fault} is no fault`);
  const from = sent.length;
  const before = patience.milliseconds;
  sandbox.faults.add({ ...met, times });
  patience.milliseconds = faults[fault]?.patience ?? before;
  const { ends, traced } = await ending(() => operation.does(harness, about));
  patience.milliseconds = before;
  sandbox.faults.clear();
  const calls = sent.slice(from).filter(({ path }) => path === operation.path).length;
  return {
    ends,
    traced,
    sent: calls === 1 ? 'once' : calls === 2 ? 'twice' : 'more often',
    effects: await operation.effects(harness, about),
  };
}

async function ending(work: () => Promise<unknown>): Promise<Pick<Outcome, 'ends' | 'traced'>> {
  try {
    await work();
    return { ends: 'done', traced: undefined };
  } catch (error) {
    const ends = error instanceof FailedInBatch ? error.message : nameOf(error);
    const traceId = error instanceof FailedInBatch || error instanceof ApiError ? error.traceId : undefined;
    return { ends, traced: ends.startsWith('ApiError') ? traceId?.startsWith('E-O.') : undefined };
  }
}

function expected({ kind }: Operation, fault: Fault, times: number): Outcome {
  const repeats =
    fault.repeated === 'all' ||
    (fault.repeated === 'reads' && kind !== 'write') ||
    (fault.repeated === 'all but tokens' && kind !== 'token');
  const error = times > 1 || !repeats ? fault.error : undefined;
  const tookEffect = error === undefined || fault.takesEffect === true;
  const renews = fault.repeated === 'all but tokens';
  return {
    ends: error ?? 'done',
    traced: error?.startsWith('ApiError') ? true : undefined,
    sent: !repeats ? 'once' : times === 1 || renews ? 'twice' : 'more often',
    effects: count(tookEffect || kind !== 'write'),
  };
}

const withoutEnd = 99;
/** What nobody sends again ends at its first fault, whether or not more would come. */
const timesOf = ({ repeated }: Fault) => (repeated === 'none' ? [1] : [1, withoutEnd]);

export const faultsDuringOperations = sandboxOnly(
  'they are forced',
  Object.entries(operations).flatMap(([name, operation]) =>
    Object.entries(faults).map(([text, fault]) => ({
      name: `${text} during ${name}`,
      does: async (harness: SandboxHarness) => {
        const outcomes = [];
        for (const times of timesOf(fault)) outcomes.push(await meet(harness, operation, text, times));
        return outcomes;
      },
      expects: timesOf(fault).map(times => expected(operation, fault, times)),
      shares: true,
    })),
  ),
);

import { get } from 'node:http';
import { endpoints } from '../../../src/api/endpoints';
import { browserLogin, type Browser } from '../../../src/connections/browserLogin';
import type { Login } from '../../../src/connections/authenticator';
import type { ConnectionInput } from '../../../src/connections/connection';
import { Connections } from '../../../src/connections/connections';
import { Gate } from '../../../src/connections/gate';
import { RecordService } from '../../../src/records/recordService';
import { noSandbox } from '../../unit/fakes';
import { sandboxOnly } from '../contractCase';
import { impatient, traffic, type SandboxHarness } from '../harness';
import { outcome } from '../outcome';
import { find, idOf, make, read, run, update } from '../records';

const byMobile: Partial<ConnectionInput> = { auth: 'corpAccessToken', userId: '', mobile: '13800001002' };
const byLogin: Partial<ConnectionInput> = { auth: 'authorizationCode', userId: '', permanentCode: '' };

/** A person's browser in a few lines: it goes where it is sent. */
const browserOf = (person: string): Browser => ({
  reach: address => Promise.resolve(address),
  open: address => {
    const follow = (to: string) =>
      get(to, { agent: false }, response => {
        response.resume();
        const { location } = response.headers;
        if (location !== undefined) follow(location);
      });
    follow(`${address}&sandboxUser=${person}`);
    return Promise.resolve(true);
  },
});

/** The same tenant over a connection that signs in in another way. */
async function signedInBy(harness: SandboxHarness, way: Partial<ConnectionInput>, person = '1003') {
  const { store, redactor, input } = harness;
  const clock = impatient();
  const login: Login = request =>
    browserLogin(request, {
      browser: browserOf(person),
      clock: { ...clock, after: () => () => undefined },
      farewell: () => 'You are logged in.',
      newTraceId: () => 'a-trace-id',
    });
  const connections = new Connections({ store, sandbox: noSandbox, ...traffic(clock, undefined, redactor), login });
  const connection = await connections.add({ ...input, name: 'Other', ...way });
  const gate = new Gate(
    () => Promise.resolve(true),
    () => 'always',
    id => store.find(id),
  );
  const service = new RecordService(connections, gate, String);
  const client = connections.client(connection);
  return { ...harness, connections, connection, service, client };
}

/** Everything that becomes of a record in its life. */
async function wholeLife(harness: SandboxHarness) {
  const { preset: object } = harness;
  const id = await make(harness, object, { name: 'From cradle to grave' });
  await update(harness, object, id, { remark: '1.10' });
  const { owner, remark } = await read(harness, object, id);
  let failed = 0;
  for (const operation of ['lock', 'unlock', 'invalidate', 'delete'] as const)
    failed += (await run(harness, object, operation, id)).failed;
  const left = await find(harness, object, { filters: [{ field_name: '_id', operator: 'EQ', field_values: [id] }] });
  return { owner, remark, failed, left: left.length };
}

/** How many records a query gives after whatever was done to the sandbox. */
const queried = async (harness: SandboxHarness) =>
  (await harness.service.query(harness.connection, harness.preset, { limit: 2 })).records.map(idOf).length;

const tokenPaths = ({ sent }: SandboxHarness) =>
  sent.map(({ path }) => path).filter(path => path === endpoints.token.path || path === endpoints.corpAccessToken.path);

export const waysOfSigningIn = sandboxOnly('a live tenant has one app, which signs in in one way', [
  {
    name: 'the legacy token works for a whole life of a record, as the person with that mobile number',
    does: async harness => {
      const other = await signedInBy(harness, byMobile);
      const { owner, ...rest } = await wholeLife(other);
      const { connection } = other;
      return [{ owner: JSON.stringify(owner) === JSON.stringify([connection.userId]), ...rest }, connection.auth];
    },
    expects: [{ owner: true, remark: '1.10', failed: 0, left: 0 }, 'corpAccessToken'],
  },
  {
    name: 'the legacy token opens the calls that know no other',
    does: async harness => {
      const { client } = await signedInBy(harness, byMobile);
      const v1 = await client.call(endpoints.v1ObjectList, {});
      const person = await client.call(endpoints.userByMobile, { mobile: '13800001003' });
      const header = await outcome(() => harness.client.call(endpoints.v1ObjectList, {}));
      return [Array.isArray(v1.body['objects']), JSON.stringify(person.body['empList']).includes('FSUID_'), header];
    },
    expects: [true, true, 'ApiError 20017'],
  },
  {
    name: 'the legacy token gives a record to an employee who is named in either form',
    does: async harness => {
      const other = await signedInBy(harness, byMobile);
      const { client, preset: object } = other;
      const id = await make(other, object);
      const person = await client.call(endpoints.userByMobile, { mobile: '13800001003' });
      const [{ openUserId }] = person.body['empList'] as unknown as [{ openUserId: string }];
      const owners = [];
      for (const owner of ['1003', '1001', openUserId]) {
        await run({ ...other, colleague: owner }, object, 'changeOwner', id);
        owners.push((await read(other, object, id))['owner']);
      }
      return owners.map(owner => JSON.stringify(owner) === JSON.stringify([openUserId]));
    },
    expects: [true, false, true],
  },
  {
    name: 'nobody has the mobile number',
    does: harness => outcome(() => signedInBy(harness, { ...byMobile, mobile: '13900000000' })),
    expects: 'RefusedError mobileUnknown',
  },
  {
    name: 'the legacy token says which of its secrets is wrong',
    does: async harness => [
      await outcome(() => signedInBy(harness, { ...byMobile, appSecret: 'not-the-secret' })),
      await outcome(() => signedInBy(harness, { ...byMobile, permanentCode: 'not-the-code' })),
    ],
    expects: ['ApiError 10006', 'ApiError 20015'],
  },
  {
    name: 'a legacy token that expired unnoticed is renewed once and the call repeated',
    does: async harness => {
      const other = await signedInBy(harness, byMobile);
      harness.sent.length = 0;
      harness.ahead.server += 7_201_000;
      return [await queried(other), tokenPaths(harness)];
    },
    expects: [2, [endpoints.corpAccessToken.path]],
  },
  {
    name: 'a login in the browser acts as the person who logged in',
    does: async harness => {
      const other = await signedInBy(harness, byLogin, '1004');
      const { owner, ...rest } = await wholeLife(other);
      return { owner: JSON.stringify(owner) === JSON.stringify([other.connection.userId]), ...rest };
    },
    expects: { owner: true, remark: '1.10', failed: 0, left: 0 },
  },
  {
    name: 'a login is refreshed, again and again, without anyone',
    does: async harness => {
      const other = await signedInBy(harness, byLogin);
      harness.sent.length = 0;
      const counts = [];
      for (let times = 0; times < 3; times++) {
        harness.ahead.server += 7_201_000;
        counts.push(await queried(other));
      }
      return [counts, tokenPaths(harness).length];
    },
    expects: [[2, 2, 2], 3],
  },
  {
    name: 'a login of more than two months ago has ended, until the person logs in again',
    does: async harness => {
      const other = await signedInBy(harness, byLogin);
      harness.ahead.server += 61 * 86_400_000;
      const late = await outcome(() => queried(other));
      const connection = await other.connections.edit(other.connection, { auth: 'authorizationCode' });
      return [late, await queried({ ...other, connection })];
    },
    expects: ['RefusedError loginEnded', 2],
  },
]);

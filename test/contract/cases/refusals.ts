import type { Connection } from '../../../src/connections/connection';
import { endpoints, pathFor, type Endpoint } from '../../../src/api/endpoints';
import type { WritePermit } from '../../../src/api/writePermit';
import { issueWritePermit } from '../../../src/api/writePermit';
import { anywhere, sandboxOnly } from '../contractCase';
import type { Harness } from '../harness';
import { outcome } from '../outcome';
import { target } from '../records';

const writes = Object.values<Endpoint>(endpoints).filter(({ effect }) => effect === 'write');
const writePaths = [...new Set(writes.flatMap(each => [pathFor(each), pathFor(each, 'object_x__c')]))];

/** Does something with the same tenant in another role; the cases of a live tenant share it. */
async function asReadOnly<T>({ store, connection }: Harness, work: (readOnly: Connection) => Promise<T>): Promise<T> {
  const readOnly = { ...connection, role: 'readOnly' } as const;
  await store.save(readOnly);
  return work(readOnly).finally(() => store.save(connection));
}

/** Tries paths and tells what came of each, and what was sent. */
async function trying(
  { sent }: Harness,
  client: Harness['client'],
  paths: readonly string[],
  permit?: WritePermit,
): Promise<unknown> {
  const outcomes = new Set<unknown>();
  for (const path of paths) outcomes.add(await outcome(() => client.exchange({ path, body: '{}', permit })));
  return { outcomes: [...outcomes], sent: sent.length };
}
const never = (outcome: string) => ({ outcomes: [outcome], sent: 0 });

export const refusals = [
  ...anywhere([
    {
      name: 'a write without a permit',
      does: harness => trying(harness, harness.client, writePaths),
      expects: never('RefusedError notPermitted'),
    },
    {
      name: 'a write with the permit of another connection',
      does: harness => trying(harness, harness.client, writePaths, issueWritePermit('another')),
      expects: never('RefusedError notPermitted'),
    },
    {
      name: 'a path that is not known, which may change data',
      does: harness =>
        trying(harness, harness.client, [
          '/cgi/crm/v2/data/destroy',
          '/cgi/crm/v2/data/query/',
          '/CGI/crm/v2/data/get',
        ]),
      expects: never('RefusedError notPermitted'),
    },
    {
      name: 'a write on a read-only tenant, with a permit too',
      does: harness =>
        asReadOnly(harness, readOnly => {
          const client = harness.connections.client(readOnly);
          return trying(harness, client, [...writePaths, '/cgi/unknown'], issueWritePermit(readOnly.id));
        }),
      expects: never('RefusedError readOnly'),
    },
    {
      name: 'a write through the gate on a read-only tenant',
      does: harness =>
        asReadOnly(harness, async connection => {
          const context = { ...target(harness, harness.preset), connection };
          const { service } = harness;
          const outcomes = [
            await outcome(() => service.create(context, { name: 'x' })),
            await outcome(() => service.update(context, 'id', { name: 'x' })),
            await outcome(() => service.batch(context, 'delete', ['id'])),
          ];
          return [outcomes, harness.sent.length];
        }),
      expects: [['RefusedError readOnly', 'RefusedError readOnly', 'RefusedError readOnly'], 0],
    },
    {
      name: 'anything to a host that is not the tenant’s',
      does: harness => {
        const { host } = new URL('http://elsewhere.example.com');
        return trying(
          harness,
          harness.client,
          [
            `https://${host}/cgi/crm/v2/data/get`,
            `//${host}/cgi/crm/v2/data/get`,
            `\\\\${host}/cgi/crm/v2/data/get`,
            `https://open.fxiaoke.com@${host}/cgi/crm/v2/data/get`,
          ],
          issueWritePermit(harness.connection.id),
        );
      },
      expects: never('RefusedError foreignHost'),
    },
  ]),
  ...sandboxOnly('its clock is set', [
    {
      name: 'a token for a host that is not the tenant’s, when there is none yet',
      does: async harness => {
        const { client } = harness;
        harness.tick(7_201_000);
        const path = 'https://elsewhere.example.com/cgi/crm/v2/data/get';
        return trying(harness, client, [path]);
      },
      expects: never('RefusedError foreignHost'),
    },
    {
      name: 'the secrets of a connection that was removed',
      does: async harness => {
        const { connections, client, connection } = harness;
        await connections.remove(connection);
        harness.tick(7_201_000);
        return trying(harness, client, ['/cgi/crm/v2/object/list']);
      },
      expects: never('RefusedError signedOut'),
    },
  ]),
  ...sandboxOnly('its address is another one', [
    {
      name: 'a token at the tenant’s name on another port',
      does: harness => {
        const url = new URL('/cgi/crm/v2/data/get', harness.sandbox.url);
        url.port = String(Number(url.port) === 65535 ? 65534 : Number(url.port) + 1);
        return trying(harness, harness.client, [url.href]);
      },
      expects: never('RefusedError foreignHost'),
    },
  ]),
];

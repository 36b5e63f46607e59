import { Emitter } from '../../../src/base/emitter';
import type { Connection, ConnectionInput } from '../../../src/connections/connection';
import { Connections } from '../../../src/connections/connections';
import { SandboxTenant, type SandboxOptions } from '../../../src/connections/sandboxTenant';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server';
import { anywhere, sandboxOnly } from '../contractCase';
import { impatient, traffic, type Harness } from '../harness';
import { outcome } from '../outcome';

/** Signs in with something else than what is right, and tells what was kept. */
async function signingIn(harness: Harness, changed: Partial<ConnectionInput>) {
  const { store, connections } = harness.openWindow();
  const before = store.list().length;
  const answer = await outcome(async () => {
    await connections.add({ ...harness.input, name: 'Other', ...changed });
    return 'signed in';
  });
  return { answer, kept: store.list().length - before, calls: harness.sent.map(({ path }) => path) };
}
const tokenPath = '/oauth2.0/token';
const refused = (answer: string) => ({ answer, kept: 0, calls: [tokenPath] });

export const signIn = [
  ...anywhere([
    {
      name: 'learns the enterprise account and keeps the connection',
      does: ({ connection, store, client }) =>
        Promise.resolve([
          connection.ea !== '',
          store.active() === connection,
          client.tenant.userId === connection.userId,
        ]),
      expects: [true, true, true],
    },
    {
      name: 'keeps nothing when the secret is wrong',
      does: harness => signingIn(harness, { appSecret: 'not-the-secret' }),
      expects: refused('ApiError 10006'),
    },
    {
      name: 'keeps nothing when the permanent code is wrong',
      does: harness => signingIn(harness, { permanentCode: 'not-the-code' }),
      expects: refused('ApiError 20015'),
    },
    {
      name: 'keeps the old secrets when an edit does not sign in',
      does: async ({ connections, connection, store }) => {
        const edit = await outcome(() => connections.edit(connection, { appSecret: 'not-the-secret' }));
        const { ea } = await connections.test(connection);
        return [edit, store.list().length, ea === connection.ea];
      },
      expects: ['ApiError 10006', 1, true],
    },
  ]),
  ...sandboxOnly('which code is answered is a guess of the sandbox', [
    {
      name: 'keeps nothing when the app is unknown',
      does: harness => signingIn(harness, { appId: 'FSAID_unknown' }),
      expects: refused('ApiError 10006'),
    },
    {
      name: 'keeps nothing when the app id is missing',
      does: harness => signingIn(harness, { appId: '' }),
      expects: refused('ApiError 10001'),
    },
    {
      name: 'keeps nothing when the secret is missing',
      does: harness => signingIn(harness, { appSecret: '' }),
      expects: refused('ApiError 10006'),
    },
    {
      name: 'keeps nothing when the permanent code is missing',
      does: harness => signingIn(harness, { permanentCode: '' }),
      expects: refused('ApiError 10012'),
    },
    {
      name: 'succeeds for an unknown employee, whose calls are refused',
      does: async ({ connections, input, objects }) => {
        const connection = await connections.add({ ...input, name: 'Nobody', userId: '9999' });
        return outcome(() => objects.list(connections.client(connection)));
      },
      expects: 'ApiError 30027',
    },
  ]),
  ...sandboxOnly('it is about the sandbox', [
    {
      name: 'goes on with the same connection after the sandbox came up elsewhere',
      does: movingSandbox,
      expects: { before: true, after: true, connections: ['Acme', 'Sandbox'] },
    },
  ]),
];

/** The embedded sandbox ends and another starts elsewhere, with the secrets that were kept. */
async function movingSandbox({ store, redactor, objects }: Harness) {
  let running: Sandbox | undefined;
  const host = {
    start: async (options: SandboxOptions) => (running ??= await startSandbox(options)),
    stop: async () => {
      await running?.close();
      running = undefined;
    },
    get isRunning() {
      return running !== undefined;
    },
    onDidChange: new Emitter().event,
  };
  const tenant = new SandboxTenant(host, store);
  const connections = new Connections({ store, sandbox: tenant, ...traffic(impatient(), undefined, redactor) });
  const listed = async (connection: Connection) => {
    objects.forget(connection.id);
    return (await objects.list(connections.client(connection))).length > 200;
  };
  try {
    const { connection } = await tenant.start(connections, {});
    const before = await listed(connection);
    await host.stop();
    return { before, after: await listed(connection), connections: store.list().map(({ name }) => name) };
  } finally {
    await host.stop();
  }
}

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { randomUUID } from 'node:crypto';
import type { ClientRequest } from 'node:http';
import type { CrmClient } from '../../src/api/crmClient';
import { DayCount } from '../../src/api/dayCount';
import { documentedLimit } from '../../src/api/rateLimiter';
import { Redactor } from '../../src/api/redactor';
import { axiosTransport } from '../../src/api/transport';
import { Wire } from '../../src/api/wire';
import { systemClock, type Clock } from '../../src/base/clock';
import type { Connection, ConnectionInput } from '../../src/connections/connection';
import { Connections } from '../../src/connections/connections';
import { ConnectionStore, type ConnectionStores } from '../../src/connections/connectionStore';
import { Gate } from '../../src/connections/gate';
import { TenantObjects } from '../../src/objects/tenantObjects';
import { RecordService } from '../../src/records/recordService';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server';
import { memorySecrets, memoryState, noSandbox, oneWindow } from '../unit/fakes';
import { nameOf } from './outcome';
import { removeAll } from './records';

/** A request that left this process, as Node's own `http` sent it. */
export interface Sent {
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  readonly thirdTraceId: string | null;
  readonly token: string | undefined;
}

/** One window of the editor: our client, wired as `src/extension.ts` wires it. */
export interface Window {
  readonly store: ConnectionStore;
  readonly connections: Connections;
  readonly service: RecordService;
  readonly redactor: Redactor;
}

/** What a case works with, whatever tenant stands behind it. */
export interface Harness extends Window {
  /** Signed in already. */
  readonly connection: Connection;
  readonly client: CrmClient;
  readonly objects: TenantObjects;
  /** What was signed in with. */
  readonly input: ConnectionInput;
  /** A preset object, and a custom one if there is one. */
  readonly preset: string;
  readonly custom: string;
  /** Whom to give records to; the acting employee again where no other is known. */
  readonly colleague: string;
  /** Everything that was sent since signing in. */
  readonly sent: Sent[];
  /** Records made so far, which a live tenant gets rid of at the end. */
  readonly made: { object: string; id: string }[];
  readonly patience: Patience;
  /** Another window of the same person: it shares the connections and the secrets. */
  openWindow(): Window;
  /** Lets at least so much time pass for a clock that can be set. */
  tick(milliseconds: number): void;
  close(): Promise<void>;
}

/** A tenant that things may be done to which a live one must not see. */
export interface SandboxHarness extends Harness {
  readonly sandbox: Sandbox;
  /** How far the two clocks are ahead of the real one, in milliseconds. */
  readonly ahead: { server: number; client: number };
}

interface Setup {
  readonly input: ConnectionInput;
  readonly colleague: string;
  readonly custom: string;
  readonly clock: Clock;
  readonly tick: (milliseconds: number) => void;
  readonly end: (harness: Harness) => Promise<void>;
}

async function signedIn({ input, colleague, custom, clock, tick, end }: Setup): Promise<Harness> {
  const stores = { shared: memoryState(), window: memoryState(), secrets: memorySecrets() };
  const patience = { milliseconds: 30_000 };
  const openWindow = () => newWindow({ ...stores, window: memoryState() }, clock, patience);
  const window = newWindow(stores, clock, patience);
  const connection = await window.connections.add(input);
  const wire = watchRequests();
  const harness: Harness = {
    ...window,
    connection,
    client: window.connections.client(connection),
    objects: new TenantObjects(),
    input,
    preset: 'AccountObj',
    custom,
    colleague,
    sent: wire.sent,
    made: [],
    patience,
    openWindow,
    tick,
    close: () => end(harness).finally(wire.stop),
  };
  return harness;
}

function newWindow(stores: ConnectionStores, clock: Clock, patience: Patience): Window {
  const redactor = new Redactor();
  const store = new ConnectionStore(stores);
  const connections = new Connections({ store, sandbox: noSandbox, ...traffic(clock, patience, redactor) });
  const gate = new Gate(
    () => Promise.resolve(true),
    () => 'always',
    id => store.find(id),
  );
  return { store, redactor, connections, service: new RecordService(connections, gate, nameOf) };
}

/** How long an answer is waited for, which a case may change. */
export interface Patience {
  milliseconds: number;
}

/** How calls travel: as the extension has it, but for whoever shows and counts them. */
export function traffic(clock: Clock, patience: Patience = { milliseconds: 30_000 }, redactor = new Redactor()) {
  const wire = new Wire({
    transport: axiosTransport,
    timeoutMs: () => patience.milliseconds,
    record: () => undefined,
    redact: redactor.redact,
    newTraceId: randomUUID,
    now: () => clock.now(),
  });
  // Nobody asks for the count later, so that nothing has to be written down in a while.
  const neverLater: Clock = { now: () => clock.now(), after: () => () => undefined };
  const dayCount = new DayCount(memoryState(), neverLater);
  return { wire, redactor, clock, random: () => 1, rateLimit: () => documentedLimit, dayCount, ...oneWindow };
}

/** Waiting takes no time: what has to pass has passed at once. */
function impatientClock(now: () => number, pass: (milliseconds: number) => void): Clock {
  return {
    now,
    after: (milliseconds, callback) => {
      const soon = setImmediate(() => {
        pass(milliseconds);
        callback();
      });
      return () => clearImmediate(soon);
    },
  };
}

export const impatient = (): Clock => {
  let ahead = 0;
  return impatientClock(
    () => Date.now() + ahead,
    milliseconds => (ahead += milliseconds),
  );
};

/** Asks Node itself what is sent, so that nothing goes unseen. */
export function watchRequests(): { sent: Sent[]; stop: () => void } {
  const sent: Sent[] = [];
  const channel = 'http.client.request.start';
  const listen = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    const url = new URL(request.path, 'http://host');
    const authorization = request.getHeader('authorization');
    sent.push({
      host: String(request.getHeader('host')),
      path: url.pathname,
      thirdTraceId: url.searchParams.get('thirdTraceId'),
      token: typeof authorization === 'string' ? authorization.replace('Bearer ', '') : undefined,
    });
  };
  subscribe(channel, listen);
  return { sent, stop: () => unsubscribe(channel, listen) };
}

/** A sandbox of its own, in this process. */
export async function sandboxHarness(options: SandboxOptions = {}): Promise<SandboxHarness> {
  const ahead = { server: 0, client: 0 };
  const sandbox = await startSandbox({ clock: () => Date.now() + ahead.server, ...options });
  const { url: host, appId, appSecret, permanentCode, userId } = sandbox;
  const tick = (milliseconds: number) => {
    ahead.server += milliseconds;
    ahead.client += milliseconds;
  };
  const harness = await signedIn({
    input: { name: 'Acme', host, appId, appSecret, permanentCode, userId, role: 'development' },
    colleague: '1001',
    custom: 'object_lease__c',
    clock: impatientClock(() => Date.now() + ahead.client, tick),
    tick,
    end: () => sandbox.close(),
  }).catch(async (error: unknown) => {
    await sandbox.close();
    throw error;
  });
  return Object.assign(harness, { sandbox, ahead });
}

/** A tenant that we did not start, and may be a live one. */
export interface GivenTenant {
  readonly host: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly permanentCode: string;
  readonly userId: string;
  /** API name of a custom object in which records may be made; without it only preset objects are tried. */
  readonly customObject: string;
}

/** What a live run is told by its environment. */
const liveVariables = {
  host: 'FXIAOKE_TEST_HOST',
  appId: 'FXIAOKE_TEST_APP_ID',
  appSecret: 'FXIAOKE_TEST_APP_SECRET',
  permanentCode: 'FXIAOKE_TEST_PERMANENT_CODE',
  userId: 'FXIAOKE_TEST_USER_ID',
} as const;

const environment = (name: string) => process.env[name] ?? '';

export const missingForLive = Object.values(liveVariables).filter(name => environment(name) === '');

export const liveTenant = (): GivenTenant => ({
  host: environment(liveVariables.host),
  appId: environment(liveVariables.appId),
  appSecret: environment(liveVariables.appSecret),
  permanentCode: environment(liveVariables.permanentCode),
  userId: environment(liveVariables.userId),
  customObject: environment('FXIAOKE_TEST_CUSTOM_OBJECT'),
});

/** What is made there is invalidated and deleted again. */
export function tenantHarness({ customObject, ...login }: GivenTenant): Promise<Harness> {
  return signedIn({
    input: { name: 'Live', ...login, role: 'development' },
    colleague: login.userId,
    custom: customObject,
    clock: systemClock,
    tick: () => undefined,
    end: removeAll,
  });
}

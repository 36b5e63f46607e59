import { DayCount } from '../../src/api/dayCount';
import { RateLimiter } from '../../src/api/rateLimiter';
import { Emitter } from '../../src/base/emitter';
import { systemClock, type Clock } from '../../src/base/clock';
import type { HttpRequest, Transport } from '../../src/api/transport';
import { headerStyle } from '../../src/api/callStyle';
import { Wire, type CallRecord } from '../../src/api/wire';
import { CrmClient, type Tenant, type Traffic } from '../../src/api/crmClient';
import { issueWritePermit } from '../../src/api/writePermit';
import type { HistoryFiles } from '../../src/responses/historyStore';
import { TokenSource, type Token, type TokenStore } from '../../src/api/token';
import { Redactor } from '../../src/api/redactor';
import { parseJson, printJson, type JsonValue } from '../../src/base/json';
import type { Connection, ConnectionInput } from '../../src/connections/connection';
import { Connections, type ConnectionsOptions } from '../../src/connections/connections';
import { ConnectionStore, type SecretStore } from '../../src/connections/connectionStore';
import type { State } from '../../src/base/state';

/** What a fake tenant was sent. */
export interface Sent {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The text as JSON. */
  readonly body: any;
  readonly request: HttpRequest;
}

/** JSON, the answer's text as it is, or an error that the transport rejects with. */
export type Reply = JsonValue | Error | Promise<JsonValue>;

export const tokenPath = '/oauth2.0/token';
export const signedIn = (accessToken = 'TOKEN-1', ea = '12345', expiresIn = 7200) => ({
  errorCode: 0,
  accessToken,
  ea,
  expiresIn,
});

/** A tenant in ten lines: it answers what it is told to and remembers what came. */
export class FakeTenant {
  readonly sent: Sent[] = [];
  readonly records: CallRecord[] = [];

  constructor(public reply: (sent: Sent) => Reply = () => ({ errorCode: 0 })) {}

  /** What came besides calls for a token. */
  get calls(): Sent[] {
    return this.sent.filter(({ url }) => url.pathname !== tokenPath);
  }

  get signIns(): Sent[] {
    return this.sent.filter(({ url }) => url.pathname === tokenPath);
  }

  readonly transport: Transport = async request => {
    const sent: Sent = {
      url: new URL(request.url),
      headers: request.headers,
      text: request.body,
      body: JSON.parse(request.body || 'null'),
      request,
    };
    this.sent.push(sent);
    const reply = await this.reply(sent);
    if (reply instanceof Error) throw reply;
    const text = typeof reply === 'string' ? reply : printJson(reply);
    return { status: 200, contentType: 'application/json', location: undefined, text };
  };

  wire(now: () => number = () => 0, redact = new Redactor().redact): Wire {
    let traceId = 0;
    return new Wire({
      transport: this.transport,
      timeoutMs: () => 1000,
      record: call => this.records.push(call),
      redact,
      newTraceId: () => `trace-${++traceId}`,
      now,
    });
  }

  /** A client that is signed in already. */
  client(tenant: Partial<Tenant> = {}): CrmClient {
    const tokens = new TokenSource(
      () => Promise.resolve(goodToken),
      memoryTokens(),
      () => 0,
    );
    return new CrmClient(
      {
        id: 'c1',
        name: 'Acme',
        userId: '1000',
        style: headerStyle,
        readOnly: false,
        origin: () => Promise.resolve('https://open.fxiaoke.com'),
        ...tenant,
      },
      tokens,
      this.wire(),
      freeTraffic(),
    );
  }
}

export const goodToken: Token = { accessToken: 'TOKEN-1', ea: '12345', expiresAt: 7_200_000, renewAt: 6_600_000 };
export const permit = issueWritePermit('c1');

export function memoryTokens(token?: Token): TokenStore & { token: Token | undefined } {
  return {
    token,
    read() {
      return Promise.resolve(this.token);
    },
    write(written) {
      this.token = written;
      return Promise.resolve();
    },
    clear() {
      this.token = undefined;
      return Promise.resolve();
    },
  };
}

/** A Memento: what is kept is JSON. */
export function memoryState(): State & { text(): string } {
  const values = new Map<string, unknown>();
  return {
    get: key => values.get(key),
    update(key, value) {
      values.set(key, value);
      return Promise.resolve();
    },
    text: () => JSON.stringify([...values]),
  };
}

export function memorySecrets(): SecretStore & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get: key => Promise.resolve(entries.get(key)),
    store(key, value) {
      entries.set(key, value);
      return Promise.resolve();
    },
    delete(key) {
      entries.delete(key);
      return Promise.resolve();
    },
  };
}

export const input: ConnectionInput = {
  name: 'Acme',
  host: 'open.fxiaoke.com',
  appId: 'FSAID_1',
  appSecret: 'app-secret-1234',
  permanentCode: 'permanent-code-1234',
  userId: '1000',
  role: 'development',
};

export const acme: Connection = {
  id: 'c1',
  name: 'Acme',
  host: 'open.fxiaoke.com',
  appId: 'FSAID_1',
  userId: '1000',
  role: 'development',
  ea: '12345',
};

/** Limits that are never reached, and waits that take no time. */
export function unhurried(now: () => number = () => 0) {
  let ahead = 0;
  const clock: Clock = {
    now: () => now() + ahead,
    after: (milliseconds, callback) =>
      systemClock.after(0, () => {
        ahead += milliseconds;
        callback();
      }),
  };
  const rateLimit = () => ({ calls: 1_000_000, milliseconds: 1 });
  return { clock, random: () => 1, rateLimit, dayCount: new DayCount(memoryState(), clock) };
}

/** An embedded sandbox that has been started. */
export const runningSandbox: ConnectionsOptions['sandbox'] = {
  origin: () => Promise.resolve('http://127.0.0.1:4711'),
  isRunning: true,
  onDidChange: new Emitter().event,
};

export const noSandbox: ConnectionsOptions['sandbox'] = {
  origin: () => Promise.reject(new Error('there is no embedded sandbox here')),
  isRunning: false,
  onDidChange: new Emitter().event,
};

/** Nobody logs in with a browser, and no other window fetches tokens. */
export const oneWindow: Pick<ConnectionsOptions, 'login' | 'exclusiveFor' | 'tokenCalls'> = {
  login: () => Promise.reject(new Error('nobody logs in here')),
  exclusiveFor: () => work => work(),
  tokenCalls: () => ({ read: () => Promise.resolve([]), write: () => Promise.resolve() }),
};

export function freeTraffic(): Traffic {
  const { clock, random, rateLimit } = unhurried();
  return { limiter: new RateLimiter(rateLimit, clock), clock, random, count: () => undefined };
}

/** What windows share: the person's state and secrets, and the tenant. */
export function world(tenant = new FakeTenant(() => signedIn()), more: Partial<ConnectionsOptions> = {}) {
  const shared = memoryState();
  const secrets = memorySecrets();
  const clock = { now: 0 };
  const now = () => clock.now;
  const openWindow = () => {
    const window = memoryState();
    const store = new ConnectionStore({ shared, window, secrets }, now);
    const redactor = new Redactor();
    const connections = new Connections({
      store,
      wire: tenant.wire(now, redactor.redact),
      redactor,
      sandbox: runningSandbox,
      ...oneWindow,
      ...unhurried(now),
      ...more,
    });
    return { store, connections, redactor, window };
  };
  return { tenant, shared, secrets, clock, openWindow };
}

/** A promise and the functions that settle it. */
export function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}

export const json = (text: string) => parseJson(text);

/** A folder in memory. */
export function memoryFiles(): HistoryFiles & { files: Map<string, string> } {
  const files = new Map<string, string>();
  return {
    files,
    read: name => Promise.resolve(files.get(name)),
    write: (name, text) => {
      files.set(name, text);
      return Promise.resolve();
    },
    delete: name => {
      files.delete(name);
      return Promise.resolve();
    },
  };
}

import { RefusedError } from '../api/errors';
import type { Event } from '../base/emitter';
import type { Connection } from './connection';
import type { Connections } from './connections';
import type { ConnectionStore, Secrets } from './connectionStore';

/** How to sign in to a sandbox that listens. */
export interface SandboxLogin extends Secrets {
  readonly url: string;
  readonly appId: string;
  readonly userId: string;
}

export interface SandboxOptions {
  readonly port?: number | undefined;
  readonly records?: number | undefined;
}

/** What runs the sandbox: gives the one that listens, or starts it. */
export interface SandboxHost {
  start(options: SandboxOptions & Partial<Secrets>): Promise<SandboxLogin>;
  stop(): Promise<void>;
  readonly isRunning: boolean;
  /** Told when it starts, and when it ends for whatever reason. */
  readonly onDidChange: Event;
}

/** Lower case, as it is the authority of record URIs; there is one embedded sandbox. */
export const sandboxId = 'sandbox';

/** The embedded sandbox as a tenant: it starts when first needed, and its secrets outlive its process. */
export class SandboxTenant {
  #stoppedByPerson = false;
  #wasConnected: boolean;
  /** Fulfilled when the last of those that start or stop it is through. */
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly host: SandboxHost,
    private readonly store: ConnectionStore,
    /** What its connection is called until a person renames it. */
    private readonly defaultName = 'Sandbox',
  ) {
    this.#wasConnected = this.#connection !== undefined;
    store.onDidChange(() => this.#endWithItsConnection());
  }

  get isRunning(): boolean {
    return this.host.isRunning;
  }

  get onDidChange(): Event {
    return this.host.onDidChange;
  }

  /** Where it listens. It is not started again against the person's will. */
  async origin(): Promise<string> {
    if (this.#stoppedByPerson || !this.#connection) throw new RefusedError('sandboxStopped', sandboxId);
    return (await this.#inTurn(() => this.#start({}))).url;
  }

  /** Starts it and makes it the active connection. Another port or size needs another process. */
  async start(connections: Connections, options: SandboxOptions): Promise<{ url: string; connection: Connection }> {
    this.#stoppedByPerson = false;
    const { url, appId, appSecret, permanentCode, ...login } = await this.#inTurn(async () => {
      if (options.port !== undefined || options.records !== undefined) await this.host.stop();
      return this.#start(options);
    });
    const { name = this.defaultName, role = 'development', userId = login.userId } = this.#connection ?? {};
    const input = { name, host: url, appId, appSecret, permanentCode, userId, role };
    return { url, connection: await connections.add(input, { id: sandboxId, sandbox: true }) };
  }

  async stop(): Promise<void> {
    this.#stoppedByPerson = true;
    await this.#inTurn(() => this.host.stop());
  }

  /** Not by name: a person may call another tenant so. */
  get #connection(): Connection | undefined {
    return this.store.list().find(({ id }) => id === sandboxId);
  }

  /** Whichever window it is removed in: a process without a connection is of no use to anyone. */
  #endWithItsConnection(): void {
    const isConnected = this.#connection !== undefined;
    if (this.#wasConnected && !isConnected) void this.#inTurn(() => this.host.stop());
    this.#wasConnected = isConnected;
  }

  /** A call that needs it starts it too: between the end of one process and the start of another none may come. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  async #start(options: SandboxOptions): Promise<SandboxLogin> {
    const secrets = await this.store.secrets(sandboxId);
    return this.host.start({ ...options, ...secrets });
  }
}

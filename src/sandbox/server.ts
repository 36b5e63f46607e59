import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Admin } from './admin';
import { makeCredentials, type Credentials } from './auth/credentials';
import { Tokens } from './auth/tokens';
import { ServerClock } from './clock';
import { Dispatcher } from './dispatcher';
import { Faults, type Fault } from './faults';
import { openData } from './keep/dataFolder';
import { Limits } from './limits';
import { requestHandler } from './requestHandler';
import type { Tenant } from './tenant/tenant';

export interface SandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number | undefined;
  /** How many records AccountObj starts with. */
  records?: number | undefined;
  /** The same seed gives the same records. */
  seed?: number | undefined;
  /** Random when left out. */
  appSecret?: string | undefined;
  permanentCode?: string | undefined;
  /** 100 calls in 20 seconds per interface; on unless false. */
  rateLimit?: boolean | undefined;
  /** 10 token calls a minute, never two at once; on unless false. */
  tokenLimit?: boolean | undefined;
  /** Seconds that an access token lives; 7200 unless given. */
  tokenLife?: number | undefined;
  /** Business calls a day; 0 is an enterprise that bought none. No limit unless given. */
  dailyQuota?: number | undefined;
  /** An errorCode that refuses every business call, as 15003 or 20020 would. */
  refuse?: number | undefined;
  /** Epoch milliseconds; for tests of what time does. */
  clock?: (() => number) | undefined;
  /** What is to go wrong. */
  faults?: readonly Fault[] | undefined;
  /** A folder that keeps what is written over restarts. Without it nothing touches the disk. */
  data?: string | undefined;
  /** Hears what was found and ignored in that folder. */
  note?: ((text: string) => void) | undefined;
}

export interface Sandbox extends Omit<Credentials, 'corpId'> {
  /** `http://127.0.0.1:<port>` */
  url: string;
  corpId: string;
  /** Add to them while it runs. */
  faults: Faults;
  /** Ends the server and every open connection. */
  close(): Promise<void>;
}

/** Starts the local OpenAPI server on loopback. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const data = await openData(options);
  const credentials = makeCredentials(options);
  const { faults, handler, setOrigin } = assemble(options, credentials, data);
  const server = createServer((request, response) => void handler(request, response));
  server.keepAliveTimeout = 60_000;
  try {
    await listen(server, options.port ?? 0);
  } catch (error) {
    await data.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  setOrigin(url);
  const close = async (): Promise<void> => {
    await new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    await data.close();
  };
  return { url, ...credentials, faults, close };
}

function assemble(
  options: SandboxOptions,
  credentials: Credentials,
  { tenant, journal }: { tenant: Tenant; journal?: Awaited<ReturnType<typeof openData>>['journal'] },
) {
  const faults = new Faults(options.faults);
  const clock = new ServerClock(options.clock);
  const tokens = new Tokens(options.tokenLife);
  const { rateLimit = true, tokenLimit = true, dailyQuota = null, refuse = null } = options;
  const limits = new Limits({ rateLimit, tokenLimit, dailyQuota, refuse });
  let url = '';
  const origin = (): string => url;
  const dispatcher = new Dispatcher({ tenant, credentials, tokens, limits, clock: clock.now, journal, origin });
  const admin = new Admin({ appSecret: credentials.appSecret, faults, tokens, clock, limits, tenant });
  const handler = requestHandler({ dispatcher, admin, faults, clock: clock.now });
  return { faults, handler, setOrigin: (value: string) => (url = value) };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

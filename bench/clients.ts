import { randomUUID } from 'node:crypto';
import http from 'node:http';
import axios, { type AxiosInstance } from 'axios';
import type { CrmClient } from '../src/api/crmClient';
import { DayCount } from '../src/api/dayCount';
import { documentedLimit, type RateLimit } from '../src/api/rateLimiter';
import { Redactor } from '../src/api/redactor';
import { axiosTransport } from '../src/api/transport';
import { Wire, type CallRecord } from '../src/api/wire';
import { systemClock } from '../src/base/clock';
import { Connections } from '../src/connections/connections';
import { ConnectionStore } from '../src/connections/connectionStore';
import { callLine } from '../src/errors/callLog';
import type { SandboxLogin } from '../src/sandbox/sandboxProcess';
import { memorySecrets, memoryState, noSandbox, oneWindow } from '../test/unit/fakes';

/** A tenant whose rate is never reached. */
export const unlimited: RateLimit = { ...documentedLimit, calls: 1_000_000 };

export interface OurClient {
  readonly client: CrmClient;
  /** Of each call that was made; its bodies are let go, as the log does. */
  readonly records: readonly Pick<CallRecord, 'context' | 'errorCode'>[];
}

/** Our client, wired and signed in as the extension does it. */
export async function ourClient(login: SandboxLogin, rateLimit: RateLimit): Promise<OurClient> {
  const records: Pick<CallRecord, 'context' | 'errorCode'>[] = [];
  const redactor = new Redactor();
  const wire = new Wire({
    transport: axiosTransport,
    timeoutMs: () => 30_000,
    record: call => {
      callLine(call, redactor.redact);
      records.push({ context: call.context, errorCode: call.errorCode });
    },
    redact: redactor.redact,
    newTraceId: randomUUID,
    now: () => Date.now(),
  });
  const stores = { shared: memoryState(), window: memoryState(), secrets: memorySecrets() };
  const connections = new Connections({
    store: new ConnectionStore(stores),
    wire,
    redactor,
    clock: systemClock,
    random: Math.random,
    rateLimit: () => rateLimit,
    dayCount: new DayCount(memoryState(), systemClock),
    sandbox: noSandbox,
    ...oneWindow,
  });
  const { url: host, appId, appSecret, permanentCode, userId } = login;
  const input = { name: 'Bench', host, appId, appSecret, permanentCode, userId, role: 'development' } as const;
  return { client: connections.client(await connections.add(input)), records };
}

/** What one would write without our client: axios as it comes, with connections kept alive, and a token. */
export async function bareAxios({ url, appId, appSecret, permanentCode, ea, userId }: SandboxLogin) {
  const agent = new http.Agent({ keepAlive: true });
  const axiosAlone = axios.create({ baseURL: url, httpAgent: agent, proxy: false });
  const credentials = { appId, appSecret, permanentCode, grantType: 'app_secret' };
  const { data } = await axiosAlone.post<{ accessToken: string }>('/oauth2.0/token', credentials);
  const headers = { authorization: `Bearer ${data.accessToken}`, 'x-fs-ea': ea, 'x-fs-userid': userId };
  return axios.create({ baseURL: url, httpAgent: agent, proxy: false, headers });
}

export interface BareRecord {
  readonly _id: string;
}

interface BareAnswer {
  readonly errorCode: number;
  readonly data: { readonly dataList: readonly BareRecord[] };
}

/** A page of AccountObj by `_id`, behind the last id, in the way that the vendor documents. */
export async function barePage(bare: AxiosInstance, last: string | undefined, fields: readonly string[] | undefined) {
  const filters = last === undefined ? [] : [{ field_name: '_id', operator: 'GT', field_values: [last] }];
  const orders = [{ fieldName: '_id', isAsc: true }];
  const search_query_info = { limit: 100, offset: 0, filters, orders, fieldProjection: fields };
  const { data } = await bare.post<BareAnswer>('/cgi/crm/v2/data/query', {
    data: { dataObjectApiName: 'AccountObj', find_explicit_total_num: false, search_query_info },
  });
  if (data.errorCode !== 0) throw new Error(`a bare query answered ${data.errorCode}`);
  return data.data.dataList;
}

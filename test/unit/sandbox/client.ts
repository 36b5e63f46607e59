import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/server';

/** What the tests look at; `data` is whatever the call answers. */
export interface Answer {
  errorCode: number;
  errorMessage: string;
  traceId: string;
  dataId: string;
  data: any;
  accessToken: string;
  expiresIn: number;
  openUserId: string;
  ea: string;
  corpAccessToken: string;
  corpId: string;
}
/** One key of each row. */
export const column = (rows: unknown, key: string): string[] =>
  (rows as Record<string, string>[]).map(row => row[key] ?? '');

/** A record, or an entry of any other list. */
export type Row = any;

/** A sandbox for one suite, and the plainest possible client for it: it shares nothing with src/api. */
export interface TestSandbox extends Sandbox {
  /** A POST without any authentication. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A business call in header style, as employee 1000 unless another is named. */
  call(path: string, body: unknown, userId?: string): Promise<Answer>;
  signIn(): Promise<Answer>;
  headers(userId?: string): Promise<Record<string, string>>;
}

export async function startTestSandbox(options: SandboxOptions = {}): Promise<TestSandbox> {
  const sandbox = await startSandbox({ rateLimit: false, tokenLimit: false, ...options });
  const post: TestSandbox['post'] = async (path, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(sandbox.url + path, { method: 'POST', headers, body: text });
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as Answer;
  };
  const { appId, appSecret, permanentCode, ea } = sandbox;
  const signIn = () => post('/oauth2.0/token', { appId, appSecret, permanentCode, grantType: 'app_secret' });
  let token: Promise<Answer> | undefined;
  const headers: TestSandbox['headers'] = async (userId = '1000') => {
    token ??= signIn();
    return { authorization: `Bearer ${(await token).accessToken}`, 'x-fs-ea': ea, 'x-fs-userid': userId };
  };
  const call: TestSandbox['call'] = async (path, body, userId) => post(path, body, await headers(userId));
  return { ...sandbox, post, call, signIn, headers };
}

const family = (object: string): string => (object.endsWith('__c') ? '/cgi/crm/custom/v2/data' : '/cgi/crm/v2/data');

/** Short forms of the eight data calls. */
export function dataCalls(sandbox: () => TestSandbox) {
  const run = (object: string, action: string, body: Record<string, unknown>, userId?: string) =>
    sandbox().call(`${family(object)}/${action}`, body, userId);
  const ofObject = (object: string, rest: Record<string, unknown>) => ({
    data: { dataObjectApiName: object, ...rest },
  });
  return {
    run,
    get: (object: string, id: unknown, extra = {}) =>
      run(object, 'get', { ...ofObject(object, { objectDataId: id }), ...extra }),
    query: (object: string, info: Record<string, unknown> = {}, extra = {}) =>
      run(object, 'query', ofObject(object, { search_query_info: { limit: 20, offset: 0, ...info }, ...extra })),
    create: (object: string, fields: Record<string, unknown>, rest = {}, userId?: string) =>
      run(object, 'create', { data: { object_data: { dataObjectApiName: object, ...fields }, ...rest } }, userId),
    update: (object: string, id: unknown, fields: Record<string, unknown>, rest = {}, userId?: string) =>
      run(
        object,
        'update',
        { data: { object_data: { dataObjectApiName: object, _id: id, ...fields }, ...rest } },
        userId,
      ),
    invalid: (object: string, id: unknown) => run(object, 'invalid', ofObject(object, { object_data_id: id })),
    recover: (object: string, ...idList: unknown[]) => run(object, 'recover', ofObject(object, { idList })),
    delete: (object: string, ...idList: unknown[]) => run(object, 'delete', ofObject(object, { idList })),
    changeOwner: (object: string, id: unknown, ownerId: unknown) =>
      run(object, 'changeOwner', ofObject(object, { Data: [{ objectDataId: id, ownerId }] })),
    lock: (object: string, action: 'lock' | 'unlock', dataIds: unknown, detailObjStrategy = 1) =>
      sandbox().call(`/cgi/crm/v2/object/${action}`, ofObject(object, { dataIds, detailObjStrategy })),
  };
}

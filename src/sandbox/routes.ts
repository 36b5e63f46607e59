import type { JsonObject } from '../base/json';
import type { CodeCalls } from './auth/codeCalls';
import type { TokenCalls } from './auth/tokenCalls';
import type { Call, Handler } from './calls/call';
import { changeOwner, deleteRecords, invalidate, invalidateAll, lock, recover, unlock } from './calls/lifeCycleCalls';
import { describe, listObjects } from './calls/objectCalls';
import { findOne, findSimple, getRecord, queryRecords } from './calls/readCalls';
import { createRecord, updateRecord } from './calls/writeCalls';
import type { Request } from './dispatcher';
import type { Redirect } from './reply';
import type { Tenant } from './tenant/tenant';

/** Gives a token, under the limits of the token endpoints. */
export interface TokenRoute {
  kind: 'token';
  method: 'POST';
  answer: (calls: TokenCalls, body: JsonObject, now: number) => JsonObject;
}
/** Other calls of an app that has no token yet. */
interface SignInRoute {
  kind: 'signIn';
  method: 'POST';
  answer: (calls: CodeCalls, body: JsonObject, now: number) => JsonObject;
}
/** Where a browser goes. */
interface PageRoute {
  kind: 'page';
  method: 'GET';
  answer: (calls: CodeCalls, query: URLSearchParams, now: number) => Redirect;
}
/** Takes a file by what an earlier call answered, with an envelope of its own. */
interface UploadRoute {
  kind: 'upload';
  method: 'POST';
  answer: (tenant: Tenant, request: Request, bytes: Buffer, now: number) => Promise<JsonObject>;
}
/** A business call. */
export interface CallRoute {
  kind: 'call';
  method: 'POST';
  handle: Handler;
  family: Call['family'];
  /** Older calls answer without a trace id. */
  envelope: 'crm' | 'plain';
  /** Some calls know only the legacy way of authenticating. */
  style: 'any' | 'body';
  /** In the legacy way: whether currentOpenUserId has to be sent. */
  needsUser: boolean;
  /** The body is a multipart form. */
  form: boolean;
}
export type Route = TokenRoute | SignInRoute | PageRoute | UploadRoute | CallRoute;

const token = (answer: TokenRoute['answer']): Route => ({ kind: 'token', method: 'POST', answer });
const signIn = (answer: SignInRoute['answer']): Route => ({ kind: 'signIn', method: 'POST', answer });
const crm: Omit<CallRoute, 'handle'> = {
  kind: 'call',
  method: 'POST',
  family: 'custom',
  envelope: 'crm',
  style: 'any',
  needsUser: true,
  form: false,
};
const preset = (handle: Handler): Route => ({ ...crm, handle, family: 'preset' });
/** Paths for both kinds of object, and calls that are not about one. */
const custom = (handle: Handler): Route => ({ ...crm, handle });

/** Everything that the sandbox serves. docs/sandbox.md lists the same, and what is left out and why. */
export const routes: ReadonlyMap<string, Route> = new Map(
  Object.entries({
    '/oauth2.0/token': token((calls, body, now) => calls.grant(body, now)),
    '/cgi/corpAccessToken/get/V2': token((calls, body, now) => calls.corpAccessToken(body, now)),
    '/oauth2.0/authorize': { kind: 'page', method: 'GET', answer: (calls, query, now) => calls.authorize(query, now) },
    '/oauth2.0/getUserInfoByCode': signIn((calls, body, now) => calls.userInfo(body, now)),
    '/cgi/appAccessToken/get': signIn((calls, body, now) => calls.appAccessToken(body, now)),
    '/oauth2/openUserId/get': signIn((calls, body, now) => calls.openUserId(body, now)),

    '/cgi/crm/v2/object/list': custom(listObjects),
    '/cgi/crm/v2/object/describe': custom(describe),
    '/cgi/crm/v2/object/lock': custom(lock),
    '/cgi/crm/v2/object/unlock': custom(unlock),

    '/cgi/crm/v2/data/get': preset(getRecord),
    '/cgi/crm/v2/data/query': preset(queryRecords),
    '/cgi/crm/v2/data/create': preset(createRecord),
    '/cgi/crm/v2/data/update': preset(updateRecord),
    '/cgi/crm/v2/data/changeOwner': preset(changeOwner),
    '/cgi/crm/v2/data/invalid': preset(invalidate),
    '/cgi/crm/v2/data/recover': preset(recover),
    '/cgi/crm/v2/data/delete': preset(deleteRecords),

    '/cgi/crm/custom/v2/data/get': custom(getRecord),
    '/cgi/crm/custom/v2/data/query': custom(queryRecords),
    '/cgi/crm/custom/v2/data/create': custom(createRecord),
    '/cgi/crm/custom/v2/data/update': custom(updateRecord),
    '/cgi/crm/custom/v2/data/changeOwner': custom(changeOwner),
    '/cgi/crm/custom/v2/data/invalid': custom(invalidate),
    '/cgi/crm/custom/v2/data/recover': custom(recover),
    '/cgi/crm/custom/v2/data/delete': custom(deleteRecords),
    '/cgi/crm/custom/v2/data/findSimple': custom(findSimple),
    '/cgi/crm/custom/v2/data/findOne': custom(findOne),
    // The only one without v2.
    '/cgi/crm/custom/data/invalid': custom(invalidateAll),
  } satisfies Record<string, Route>),
);

import type { Call, Handler } from './calls/call';
import { changeOwner, deleteRecords, invalidate, invalidateAll, lock, recover, unlock } from './calls/lifeCycleCalls';
import { describe, listObjects } from './calls/objectCalls';
import { findOne, findSimple, getRecord, queryRecords } from './calls/readCalls';
import { createRecord, updateRecord } from './calls/writeCalls';

interface Route {
  handle: Handler;
  family: Call['family'];
}
const preset = (handle: Handler): Route => ({ handle, family: 'preset' });
const custom = (handle: Handler): Route => ({ handle, family: 'custom' });

export const tokenPath = '/oauth2.0/token';
export const corpAccessTokenPath = '/cgi/corpAccessToken/get/V2';

/** Every business call that the sandbox serves. */
export const routes: ReadonlyMap<string, Route> = new Map(
  Object.entries({
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
  }),
);

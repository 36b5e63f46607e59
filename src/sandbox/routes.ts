import type { JsonObject } from '../base/json';
import type { CodeCalls } from './auth/codeCalls';
import type { TokenCalls } from './auth/tokenCalls';
import {
  getDepartment,
  getUser,
  getUsersByMobile,
  listChangedUsers,
  listDepartments,
  listUsers,
  listUsersShort,
} from './calls/addressBookCalls';
import { addDepartment, addUser, updateDepartment } from './calls/addressBookWrites';
import * as approvals from './calls/approvalCalls';
import type { Call, Handler } from './calls/call';
import { addCurrency, updateCurrencies, updateRatesAgainst } from './calls/currencyCalls';
import * as files from './calls/fileCalls';
import { changeOwner, deleteRecords, invalidate, invalidateAll, lock, recover, unlock } from './calls/lifeCycleCalls';
import { sendMessage } from './calls/messageCalls';
import { describe, listObjects } from './calls/objectCalls';
import * as others from './calls/otherCalls';
import { choose, giveBack, removeFromPool, transferLeads } from './calls/poolCalls';
import * as processes from './calls/processCalls';
import { findOne, findSimple, getRecord, queryRecords } from './calls/readCalls';
import { addToTeam, deleteFromTeam, editTeam, getTeam } from './calls/teamCalls';
import { createV1, describeV1, getV1, listObjectsV1, queryV1, updateV1 } from './calls/v1Calls';
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
/** With the envelope of older calls. */
const plain = (handle: Handler): Route => ({ ...crm, handle, envelope: 'plain', needsUser: false });
/** Legacy token only, and nobody need be named. */
const legacy = (handle: Handler): CallRoute => ({ ...crm, handle, envelope: 'plain', needsUser: false, style: 'body' });
const v1 = (handle: Handler): Route => ({ ...crm, handle, envelope: 'plain', style: 'body' });
const form = (handle: Handler): Route => ({ ...legacy(handle), form: true });

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

    '/cgi/crm/v2/data/choose': custom(choose),
    '/cgi/crm/v2/data/return': custom(giveBack),
    '/cgi/crm/v2/data/remove': custom(removeFromPool),
    '/cgi/crm/v2/leads/transfer': custom(transferLeads),
    '/cgi/crm/team/add': custom(addToTeam),
    '/cgi/crm/team/edit': custom(editTeam),
    '/cgi/crm/team/get': custom(getTeam),
    '/cgi/crm/team/delete': custom(deleteFromTeam),

    '/cgi/crm/object/list': v1(listObjectsV1),
    '/cgi/crm/object/describe': v1(describeV1),
    '/cgi/crm/data/get': v1(getV1),
    '/cgi/crm/data/query': v1(queryV1),
    '/cgi/crm/data/create': v1(createV1),
    '/cgi/crm/data/update': v1(updateV1),

    '/cgi/crm/v2/add/currency': custom(addCurrency),
    '/cgi/crm/v2/update/currency': custom(updateCurrencies),
    '/cgi/crm/custom/v2/data/updateCurrencyExchangeRate': custom(updateRatesAgainst),
    '/cgi/crm/data/editProductCategory': custom(others.editProductCategory),
    '/cgi/crm/countryAreaOptions/get': plain(others.getAreas),

    '/cgi/crm/object/approvalInstances/query': plain(approvals.approvalsOfRecord),
    '/cgi/crm/approvalInstance/get': plain(approvals.getApproval),
    '/cgi/crm/approvalInstances/query': plain(approvals.queryApprovals),
    '/cgi/crm/approvalTask/action': { ...crm, handle: approvals.actOnTask, envelope: 'plain' },
    '/cgi/crm/v2/special/object/approvalTask': custom(approvals.actOnTaskV2),
    '/cgi/crm/v2/special/approval/task/action': custom(approvals.actOnTaskByScript),
    '/cgi/crm/v2/special/approval/rejectToBeforeTask': custom(approvals.rejectToEarlier),
    '/cgi/crm/v2/special/approval/instance/cancel': custom(approvals.withdraw),
    '/cgi/crm/v2/special/object/businessFlowComplete': custom(processes.decideTask),
    '/cgi/crm/v2/special/object/completeTask': custom(processes.completeTask),
    '/cgi/crm/v2/special/task/updateDataAndCompleteTask': custom(processes.updateAndComplete),
    '/cgi/crm/v2/special/instance/cancel': custom(processes.cancelProcess),
    '/cgi/crm/v2/instance/triggerByRule': custom(processes.startStages),
    '/cgi/crm/v2/special/stageMoveTo': custom(processes.moveToStage),
    '/cgi/crm/v2/service/moveNextSaleActionStage': custom(processes.moveSaleStage),
    '/cgi/crm/v2/special/getUserTodoStats': custom(processes.countTodos),
    '/cgi/approvalTypeForms/get': legacy(others.listApprovalForms),

    '/cgi/user/list': plain(listUsers),
    '/cgi/user/simpleList': plain(listUsersShort),
    '/cgi/user/get': plain(getUser),
    '/cgi/user/getByMobile': legacy(getUsersByMobile),
    '/cgi/user/get/batchByUpdTime': legacy(listChangedUsers),
    '/cgi/user/add': legacy(addUser),
    '/cgi/department/list': legacy(listDepartments),
    '/cgi/department/detail': legacy(getDepartment),
    '/cgi/department/add': legacy(addDepartment),
    '/cgi/department/update': legacy(updateDepartment),
    '/cgi/crm/v2/special/usergroupList': custom(others.listGroups),
    '/cgi/crm/v2/special/usergroupMemberList': custom(others.listGroupMembers),
    '/cgi/crm/v2/special/roleGetRoleList': custom(others.listRoles),
    '/cgi/crm/v2/special/batchSetUserRoles': custom(others.setRoles),
    '/cgi/er/enterpriseRelation/getMapperObjectId': plain(others.getMappedRecord),

    '/cgi/message/send': plain(sendMessage),
    '/cgi/jsApiTicket/get': legacy(others.getJsApiTicket),
    '/cgi/crm/v2/special/netDisk/addFolder': custom(others.addFolder),
    '/cgi/crm/v2/generatorFileUploadCredential': custom(files.makeUploadCredential),
    [files.uploadPath]: { kind: 'upload', method: 'POST', answer: files.upload },
    '/media/upload': form(files.uploadMaterial),
    '/media/upload/message': form(files.uploadMessageImage),
    '/media/download': legacy(files.downloadMaterial),
    '/media/delete': legacy(files.deleteMaterial),
  } satisfies Record<string, Route>),
);

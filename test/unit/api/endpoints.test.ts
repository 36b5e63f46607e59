import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  endpointAt,
  endpointGroups,
  endpoints,
  isCustomObject,
  pathFor,
  pathnameOf,
  type Endpoint,
  type EndpointId,
} from '../../../src/api/endpoints';

const all: readonly Endpoint[] = Object.values(endpoints);
const pathsOf = ({ path, customPath }: Endpoint) => (customPath === undefined ? [path] : [path, customPath]);
const idsOf = (wanted: (endpoint: Endpoint) => boolean) => all.filter(wanted).map(({ id }) => id);

describe('api/endpoints', () => {
  const check = (id: EndpointId, effect: Endpoint['effect'], preset: string, custom: string, objectAt?: string) =>
    it(`${id} has its documented paths`, () => {
      const endpoint: Endpoint = endpoints[id];
      assert.equal(pathFor(endpoint, 'AccountObj'), preset);
      assert.equal(pathFor(endpoint, 'object_x__c'), custom);
      assert.equal(pathFor(endpoint), preset);
      assert.equal(endpoint.effect, effect);
      assert.equal(endpoint.objectAt?.join('.'), objectAt);
      assert.equal(endpointAt(preset), endpoint);
      assert.equal(endpointAt(custom), endpoint);
    });
  const data = (id: EndpointId, effect: Endpoint['effect'], objectAt = 'data.dataObjectApiName') =>
    check(id, effect, `/cgi/crm/v2/data/${id}`, `/cgi/crm/custom/v2/data/${id}`, objectAt);
  const same = (id: EndpointId, effect: Endpoint['effect'], path: string, objectAt?: string) =>
    check(id, effect, path, path, objectAt);

  data('get', 'read');
  data('query', 'read');
  data('create', 'write', 'data.object_data.dataObjectApiName');
  data('update', 'write', 'data.object_data.dataObjectApiName');
  data('changeOwner', 'write');
  data('invalid', 'write');
  data('recover', 'write');
  data('delete', 'write');
  same('lock', 'write', '/cgi/crm/v2/object/lock', 'data.dataObjectApiName');
  same('unlock', 'write', '/cgi/crm/v2/object/unlock', 'data.dataObjectApiName');
  same('objectList', 'read', '/cgi/crm/v2/object/list');
  same('objectDescribe', 'read', '/cgi/crm/v2/object/describe', 'data.apiName');
  same('token', 'read', '/oauth2.0/token');
  same('bulkInvalid', 'write', '/cgi/crm/custom/data/invalid', 'data.dataObjectApiName');
  same('findSimple', 'read', '/cgi/crm/custom/v2/data/findSimple', 'data.dataObjectApiName');
  same('findOne', 'read', '/cgi/crm/custom/v2/data/findOne', 'data.dataObjectApiName');
  same('poolChoose', 'write', '/cgi/crm/v2/data/choose', 'data.apiName');
  same('teamGet', 'read', '/cgi/crm/team/get', 'apiName');
  same('approvalCancel', 'write', '/cgi/crm/v2/special/approval/instance/cancel', 'data.entityId');
  same('functionCall', 'write', '/cgi/crm/v2/special/function');
  same('messageSend', 'write', '/cgi/message/send');
  same('corpAccessToken', 'read', '/cgi/corpAccessToken/get/V2');
  same('v1Update', 'write', '/cgi/crm/data/update', 'apiName');

  it('holds every path that is known, and no other', () => {
    assert.deepEqual([...new Set(all.flatMap(pathsOf))].sort(), [...knownPaths].sort());
  });

  it('finds an endpoint by each of its paths', () => {
    for (const endpoint of all) {
      for (const path of pathsOf(endpoint)) {
        const found = endpointAt(path);
        assert.ok(found && pathsOf(found).includes(path));
        assert.equal(found.id, endpoint.variantOf ?? endpoint.id);
      }
    }
  });

  it('shares a path only between variants, which have the same effect', () => {
    for (const { id, path, effect, variantOf } of all.filter(endpoint => endpoint.variantOf !== undefined)) {
      const main = endpoints[variantOf as EndpointId] as Endpoint | undefined;
      assert.ok(main?.path === path && main.effect === effect && main.variantOf === undefined, id);
    }
    const others = all.filter(({ variantOf }) => variantOf === undefined).flatMap(pathsOf);
    assert.equal(new Set(others).size, others.length);
  });

  it('knows no path that is spelled otherwise', () => {
    for (const path of ['/cgi/crm/v2/data/Get', '/cgi/crm/v2/data/get/', '/cgi/crm/data/invalid', '/', '', '__proto__'])
      assert.equal(endpointAt(path), undefined);
  });

  it('gives each its own key as id and a group that has a name', () => {
    for (const [id, endpoint] of Object.entries(endpoints)) {
      assert.equal(endpoint.id, id);
      assert.match(id, /^[a-z][A-Za-z0-9]*$/);
      assert.ok(Object.hasOwn(endpointGroups, endpoint.group), id);
    }
  });

  it('has a name in both languages for each, and none twice in a group', () => {
    for (const { nameEn, nameZh } of [...all, ...Object.values(endpointGroups)]) {
      assert.match(nameEn, /^[A-Z][\x20-\x7e]*[^.\s]$/);
      assert.match(nameZh, /\p{Script=Han}/u);
      // Punctuation of half width, and no space between a Chinese and a Latin word.
      assert.doesNotMatch(nameZh, /[(),:;!?]|\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u, nameZh);
    }
    for (const key of ['nameEn', 'nameZh'] as const) {
      const names = all.map(endpoint => `${endpoint.group}: ${endpoint[key]}`);
      assert.deepEqual(
        names.filter((name, index) => names.indexOf(name) !== index),
        [],
      );
    }
  });

  it('never repeats a write that may have happened', () => {
    for (const { id, effect, repeat } of all) if (effect === 'write') assert.notEqual(repeat, 'always', id);
    const carefulReads = idsOf(({ effect, repeat }) => effect === 'read' && repeat !== 'always');
    assert.deepEqual(carefulReads, ['tokenByCode', 'tokenRefresh', 'authorize', 'ssoUser', 'openUserIdByCode']);
  });

  it('takes only what asks for something as a read', () => {
    const asks = /get|query|list|describe|find|token|authorize|detail|preview|download|oauth|openId|unid|group$/i;
    for (const { id, path, effect } of all) if (effect === 'read') assert.match(path, asks, id);
    const changes =
      /create|update|insert|delete|remove|\/add|edit|change|invalid|recover|\block\b|send|upload|cancel|action/i;
    const reads = idsOf(({ effect, path }) => effect === 'read' && changes.test(path));
    assert.deepEqual(reads, []);
  });

  it('tells custom objects by the end of their name', () => {
    assert.equal(isCustomObject('object_x__c'), true);
    for (const name of ['AccountObj', 'my__cObj', 'x__C', '']) assert.equal(isCustomObject(name), false);
  });

  it('finds the path of a target as a URL does, whatever stands in it', () => {
    const pieces = fc.constantFrom(
      '/',
      '//',
      '.',
      '..',
      'cgi',
      'v2',
      'a-b',
      'x.json',
      '?',
      '#',
      '%2e',
      '\\',
      ' ',
      '客',
    );
    fc.assert(
      fc.property(fc.array(pieces), parts => {
        const target = `/${parts.join('')}`;
        const pathname = URL.canParse(target, 'http://a.b') ? new URL(target, 'http://a.b').pathname : undefined;
        assert.equal(pathnameOf(target), pathname);
      }),
    );
  });
});

/** All paths that the sources spell out. */
const knownPaths: readonly string[] = `
/.well-known/oauth-authorization-server
/cgi/app/message/revoke
/cgi/app/message/send
/cgi/appAccessToken/get
/cgi/approval/get
/cgi/approvalTypeForms/get
/cgi/attendance/find
/cgi/attendance/find/v2
/cgi/corpAccessToken/get/V2
/cgi/crm/approvalInstance/get
/cgi/crm/approvalInstances/query
/cgi/crm/approvalTask/action
/cgi/crm/countryAreaOptions/get
/cgi/crm/crmLog/query
/cgi/crm/custom/data/invalid
/cgi/crm/custom/v2/data/changeOwner
/cgi/crm/custom/v2/data/create
/cgi/crm/custom/v2/data/delete
/cgi/crm/custom/v2/data/findOne
/cgi/crm/custom/v2/data/findSimple
/cgi/crm/custom/v2/data/get
/cgi/crm/custom/v2/data/invalid
/cgi/crm/custom/v2/data/query
/cgi/crm/custom/v2/data/recover
/cgi/crm/custom/v2/data/update
/cgi/crm/custom/v2/data/updateCurrencyExchangeRate
/cgi/crm/data/account/return
/cgi/crm/data/changeOwner
/cgi/crm/data/changeSalesStage
/cgi/crm/data/create
/cgi/crm/data/drop
/cgi/crm/data/editProductCategory
/cgi/crm/data/get
/cgi/crm/data/query
/cgi/crm/data/update
/cgi/crm/erp/data
/cgi/crm/erp/data/changeOwner
/cgi/crm/erp/data/invalid
/cgi/crm/erp/data/list
/cgi/crm/erp/syncdata/objdata/push
/cgi/crm/object/approvalInstances/query
/cgi/crm/object/describe
/cgi/crm/object/list
/cgi/crm/team/add
/cgi/crm/team/delete
/cgi/crm/team/edit
/cgi/crm/team/get
/cgi/crm/v2/add/currency
/cgi/crm/v2/bi/lwt/query
/cgi/crm/v2/data/changeOwner
/cgi/crm/v2/data/choose
/cgi/crm/v2/data/create
/cgi/crm/v2/data/delete
/cgi/crm/v2/data/get
/cgi/crm/v2/data/invalid
/cgi/crm/v2/data/query
/cgi/crm/v2/data/recover
/cgi/crm/v2/data/remove
/cgi/crm/v2/data/return
/cgi/crm/v2/data/update
/cgi/crm/v2/file/getPresignedUrl
/cgi/crm/v2/generateDownloadSignatureUrlByAuth
/cgi/crm/v2/generatorFileUploadCredential
/cgi/crm/v2/generatorPreviewUrl
/cgi/crm/v2/instance/triggerByRule
/cgi/crm/v2/leads/transfer
/cgi/crm/v2/object/describe
/cgi/crm/v2/object/getNewLogInfoListForWeb
/cgi/crm/v2/object/list
/cgi/crm/v2/object/lock
/cgi/crm/v2/object/unlock
/cgi/crm/v2/org/group
/cgi/crm/v2/org/group/insert
/cgi/crm/v2/service/moveNextSaleActionStage
/cgi/crm/v2/special/approval/instance/cancel
/cgi/crm/v2/special/approval/rejectToBeforeTask
/cgi/crm/v2/special/approval/task/action
/cgi/crm/v2/special/batchSetUserRoles
/cgi/crm/v2/special/function
/cgi/crm/v2/special/getInstanceInfoByObjectId
/cgi/crm/v2/special/getTodoViewList
/cgi/crm/v2/special/getUserTodoStats
/cgi/crm/v2/special/instance/cancel
/cgi/crm/v2/special/instance/progress
/cgi/crm/v2/special/netDisk/addFolder
/cgi/crm/v2/special/object/approvalTask
/cgi/crm/v2/special/object/businessFlowComplete
/cgi/crm/v2/special/object/completeTask
/cgi/crm/v2/special/roleGetRoleList
/cgi/crm/v2/special/stageMoveTo
/cgi/crm/v2/special/task/updateDataAndCompleteTask
/cgi/crm/v2/special/usergroupInsert
/cgi/crm/v2/special/usergroupList
/cgi/crm/v2/special/usergroupMemberList
/cgi/crm/v2/update/currency
/cgi/department/add
/cgi/department/detail
/cgi/department/list
/cgi/department/update
/cgi/er/enterpriseRelation/getMapperObjectId
/cgi/jsApiTicket/get
/cgi/message/send
/cgi/openId/batch/get
/cgi/openId/get
/cgi/outsideAttendance/find
/cgi/seniorOutsideAttendance/createPlan
/cgi/unid/batch/get
/cgi/unid/get
/cgi/user/add
/cgi/user/get
/cgi/user/get/batchByUpdTime
/cgi/user/getByMobile
/cgi/user/list
/cgi/user/simpleList
/media/delete
/media/download
/media/upload
/media/upload/message
/oauth2.0/authorize
/oauth2.0/getUserInfoByCode
/oauth2.0/token
/oauth2/accountBind
/oauth2/openUserId/get
`
  .trim()
  .split('\n');

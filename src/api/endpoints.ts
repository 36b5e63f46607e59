import { isJsonObject, type JsonValue } from '../base/json';
import { madeLater } from '../base/madeLater';
import { parsedUrl } from '../base/url';

/** What a call of one endpoint does to data. A path that is not in the table counts as one that writes. */
export type EndpointEffect = 'read' | 'write';

/** What a write does to records, where it is one of these; any other one is just sent. */
export type WriteOperation =
  | 'create'
  | 'update'
  | 'changeOwner'
  | 'invalidate'
  | 'recover'
  | 'delete'
  | 'lock'
  | 'unlock'
  /** A call whose meaning for records is not known. */
  | 'send';

/**
 * When a call may be sent a second time: after any transient failure; only if it was refused before anything was
 * done (token, rate); or not at all, because what it carries is good for one use.
 */
export type EndpointRepeat = 'always' | 'ifRefused' | 'never';

/** Where the caller says who is asking; `body only` is the legacy style with `corpAccessToken` and `corpId`. */
export type EndpointAuth = 'none' | 'header or body' | 'body only';

/**
 * What an answer without error holds: nothing but the envelope; the envelope and the fields that the example shows;
 * JSON without the envelope; the bytes of a file; a redirect. `unknown` where no source shows it.
 */
export type EndpointResponse = 'envelope' | 'fields' | 'bare' | 'file' | 'redirect' | 'unknown';

/** How sure the sources are that the endpoint is as it stands here. */
export type EndpointStatus = 'confirmed' | 'oneSource' | 'contradiction';

/** The groups in the order to show them. */
export const endpointGroups = {
  authorization: { nameEn: 'Authorization', nameZh: '授权' },
  records: { nameEn: 'Records', nameZh: '数据' },
  objects: { nameEn: 'Objects', nameZh: '对象' },
  pools: { nameEn: 'High seas and leads pools', nameZh: '公海与线索池' },
  team: { nameEn: 'Related team', nameZh: '相关团队' },
  functions: { nameEn: 'Custom functions', nameZh: '自定义函数' },
  currencies: { nameEn: 'Currencies', nameZh: '币种' },
  approvals: { nameEn: 'Approvals', nameZh: '审批流' },
  processes: { nameEn: 'Business processes', nameZh: '业务流' },
  stages: { nameEn: 'Stages', nameZh: '阶段推进器' },
  productCategories: { nameEn: 'Product categories', nameZh: '产品分类' },
  common: { nameEn: 'Other common calls', nameZh: '其他通用接口' },
  addressBook: { nameEn: 'Address book', nameZh: '通讯录' },
  roles: { nameEn: 'User groups and roles', nameZh: '用户组与角色' },
  messages: { nameEn: 'Messages', nameZh: '消息' },
  todos: { nameEn: 'To-dos', nameZh: '待办' },
  files: { nameEn: 'Files', nameZh: '文件' },
  media: { nameEn: 'Media', nameZh: '素材' },
  netDisk: { nameEn: 'Net disk', nameZh: '网盘' },
  attendance: { nameEn: 'Attendance and field work', nameZh: '考勤与外勤' },
  collaboration: { nameEn: 'Collaborative approval (OA)', nameZh: '协同审批（OA）' },
  enterpriseConnect: { nameEn: 'Enterprise connect', nameZh: '互联企业' },
  erp: { nameEn: 'ERP', nameZh: 'ERP 对接' },
  v1: { nameEn: 'Records and objects, first version', nameZh: '数据与对象（第一版）' },
} as const;
export type EndpointGroup = keyof typeof endpointGroups;

interface Row {
  readonly path: string;
  /** The path of the same call for custom objects (`…__c`), where it differs. */
  readonly customPath?: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly effect: EndpointEffect;
  /** What a write does to the records that its body names. */
  readonly operation?: WriteOperation;
  readonly repeat: EndpointRepeat;
  readonly method: 'POST' | 'GET';
  /** How the request is carried: as a JSON body, in the query or as a form with a file. */
  readonly content: 'json' | 'query' | 'multipart';
  readonly auth: EndpointAuth;
  /** The legacy style names no acting employee (`currentOpenUserId`) here. */
  readonly withoutUser?: true;
  readonly response: EndpointResponse;
  readonly status: EndpointStatus;
  /** What the source says against using it. */
  readonly age?: 'legacy' | 'obsolete' | 'undocumented';
  /** Where the object's API name goes in the body. */
  readonly objectAt?: readonly string[];
  /** The only objects that it is documented for. */
  readonly objects?: 'custom' | readonly string[];
  /** The endpoint whose path this is; they differ by what the body says. */
  readonly variantOf?: string;
}

/** What the client knows about one endpoint of the OpenAPI. */
export interface Endpoint extends Row {
  readonly id: EndpointId;
  readonly group: EndpointGroup;
}

type Details = Partial<Row>;
const usual = { method: 'POST', content: 'json', auth: 'header or body', status: 'confirmed' } as const;

const read = (path: string, nameEn: string, nameZh: string, details: Details = {}): Row => ({
  path,
  nameEn,
  nameZh,
  ...usual,
  effect: 'read',
  repeat: 'always',
  response: 'fields',
  ...details,
});
const write = (path: string, nameEn: string, nameZh: string, details: Details = {}): Row => ({
  path,
  nameEn,
  nameZh,
  ...usual,
  effect: 'write',
  repeat: 'ifRefused',
  response: 'envelope',
  ...details,
});

// What rows have in common; the object's name is spelled in many ways.
const oneSource = { status: 'oneSource' } as const;
const notShown = { response: 'unknown' } as const;
/** One source, which does not show the answer. */
const halfKnown = { ...oneSource, ...notShown } as const;
const noAuth = { auth: 'none' } as const;
const bodyOnly = { auth: 'body only' } as const;
const legacy = { age: 'legacy' } as const;
/** As in the legacy address book and media calls. */
const oldStyle = { ...bodyOnly, ...legacy, withoutUser: true } as const;
const v1 = { ...bodyOnly, age: 'obsolete' } as const;
const beside = { objectAt: ['data', 'dataObjectApiName'] } as const;
const inside = { objectAt: ['data', 'object_data', 'dataObjectApiName'] } as const;
const apiNameOnTop = { objectAt: ['apiName'] } as const;
const apiNameInData = { objectAt: ['data', 'apiName'] } as const;
const entityId = { objectAt: ['data', 'entityId'] } as const;
const poolObjects = { ...apiNameInData, objects: ['AccountObj', 'LeadsObj'] } as const;
const teamObjects = { ...apiNameOnTop, objects: ['AccountObj', 'OpportunityObj'] } as const;

const presetPath = (action: string) => `/cgi/crm/v2/data/${action}`;
/** Every object has it, with one path for preset and one for custom objects. */
const ofRecords = (action: string): Details => ({ ...beside, customPath: `/cgi/crm/custom/v2/data/${action}` });
/** A documented use of a data endpoint for one object. */
const useOf = (action: 'get' | 'query', object: string, nameEn: string, nameZh: string): Row =>
  read(presetPath(action), nameEn, nameZh, { ...beside, objects: [object], variantOf: action });

const makeRows = () => ({
  authorization: {
    token: read('/oauth2.0/token', 'Get token (client credentials)', '获取 token（客户端模式）', noAuth),
    tokenByCode: read('/oauth2.0/token', 'Exchange authorization code for token', '用授权码换取 token', {
      ...noAuth,
      repeat: 'never',
      variantOf: 'token',
    }),
    // The answer that was lost may have held the only pair of tokens that is good now.
    tokenRefresh: read('/oauth2.0/token', 'Refresh token', '刷新 token', {
      ...noAuth,
      repeat: 'ifRefused',
      variantOf: 'token',
    }),
    authorize: read('/oauth2.0/authorize', 'Authorize page (authorization code)', '授权页（授权码模式）', {
      ...noAuth,
      method: 'GET',
      content: 'query',
      repeat: 'never',
      response: 'redirect',
    }),
    ssoUser: read('/oauth2.0/getUserInfoByCode', 'Get user by login code (SSO)', '用免登授权码获取用户', {
      ...noAuth,
      ...oneSource,
      repeat: 'never',
    }),
    oauthMetadata: read('/.well-known/oauth-authorization-server', 'OAuth server metadata', 'OAuth 服务器元数据', {
      ...noAuth,
      ...oneSource,
      method: 'GET',
      content: 'query',
      response: 'bare',
      age: 'undocumented',
    }),
    corpAccessToken: read('/cgi/corpAccessToken/get/V2', 'Get corpAccessToken', '获取 CorpAccessToken', {
      ...noAuth,
      ...legacy,
    }),
    appAccessToken: read('/cgi/appAccessToken/get', 'Get appAccessToken', '获取 AppAccessToken', {
      ...noAuth,
      ...legacy,
    }),
    openUserIdByCode: read('/oauth2/openUserId/get', 'Get openUserId by code', '用 code 获取 openUserId', {
      ...noAuth,
      ...legacy,
      repeat: 'never',
    }),
    accountBind: write('/oauth2/accountBind', 'Bind third-party account', '绑定第三方账号', {
      ...noAuth,
      ...halfKnown,
      ...legacy,
    }),
    unid: read('/cgi/unid/get', 'Get unid', '获取 unid', { ...bodyOnly, ...halfKnown, ...legacy }),
    unidBatch: read('/cgi/unid/batch/get', 'Get many unids', '批量获取 unid', { ...bodyOnly, ...halfKnown, ...legacy }),
    openId: read('/cgi/openId/get', 'Get openId', '获取 openId', { ...bodyOnly, ...halfKnown, ...legacy }),
    openIdBatch: read('/cgi/openId/batch/get', 'Get many openIds', '批量获取 openId', {
      ...bodyOnly,
      ...halfKnown,
      ...legacy,
    }),
    jsApiTicket: read('/cgi/jsApiTicket/get', 'Get ticket for the JS API', '获取 jsApiTicket 凭证', {
      ...bodyOnly,
      withoutUser: true,
    }),
  },
  records: {
    get: read(presetPath('get'), 'Get one record', '查询单条数据', ofRecords('get')),
    query: read(presetPath('query'), 'Query records', '条件查询数据', ofRecords('query')),
    create: write(presetPath('create'), 'Create a record', '新建数据', {
      ...ofRecords('create'),
      ...inside,
      operation: 'create',
      response: 'fields',
    }),
    update: write(presetPath('update'), 'Update a record', '更新数据', {
      ...ofRecords('update'),
      ...inside,
      operation: 'update',
    }),
    changeOwner: write(presetPath('changeOwner'), 'Change owner', '更换负责人', {
      ...ofRecords('changeOwner'),
      operation: 'changeOwner',
    }),
    invalid: write(presetPath('invalid'), 'Invalidate a record', '作废数据', {
      ...ofRecords('invalid'),
      operation: 'invalidate',
    }),
    recover: write(presetPath('recover'), 'Recover records', '恢复数据', {
      ...ofRecords('recover'),
      operation: 'recover',
    }),
    delete: write(presetPath('delete'), 'Delete invalidated records', '删除已作废数据', {
      ...ofRecords('delete'),
      operation: 'delete',
    }),
    lock: write('/cgi/crm/v2/object/lock', 'Lock records', '锁定数据', { ...beside, operation: 'lock' }),
    unlock: write('/cgi/crm/v2/object/unlock', 'Unlock records', '解锁数据', { ...beside, operation: 'unlock' }),
    // The only one without v2.
    bulkInvalid: write('/cgi/crm/custom/data/invalid', 'Invalidate many records', '批量作废数据', {
      ...beside,
      objects: 'custom',
      operation: 'invalidate',
    }),
    // For preset objects too, although their path says custom.
    findSimple: read('/cgi/crm/custom/v2/data/findSimple', 'Query without computed fields', '精简查询数据', beside),
    findOne: read('/cgi/crm/custom/v2/data/findOne', 'Query one record by conditions', '按条件查询单条数据', {
      ...beside,
      ...oneSource,
    }),
  },
  objects: {
    objectList: read('/cgi/crm/v2/object/list', 'List objects', '查询对象列表'),
    objectDescribe: read('/cgi/crm/v2/object/describe', 'Describe an object', '查询对象描述', apiNameInData),
  },
  pools: {
    poolChoose: write(presetPath('choose'), 'Claim from a pool', '领取公海或线索池数据', poolObjects),
    poolReturn: write(presetPath('return'), 'Return to a pool', '退回公海或线索池', poolObjects),
    poolRemove: write(presetPath('remove'), 'Take out of a pool', '移出公海或线索池', { ...poolObjects, ...oneSource }),
    leadsTransfer: write('/cgi/crm/v2/leads/transfer', 'Convert a lead', '转换线索', {
      ...oneSource,
      objects: ['LeadsObj'],
    }),
  },
  team: {
    teamAdd: write('/cgi/crm/team/add', 'Add team members', '添加相关团队成员', teamObjects),
    teamEdit: write('/cgi/crm/team/edit', 'Edit team members', '编辑相关团队成员', teamObjects),
    teamGet: read('/cgi/crm/team/get', 'Get team members', '查询相关团队成员', { ...teamObjects, ...oneSource }),
    teamDelete: write('/cgi/crm/team/delete', 'Remove team members', '移除相关团队成员', teamObjects),
  },
  functions: {
    functionCall: write('/cgi/crm/v2/special/function', 'Call an APL function', '调用自定义函数（APL）', notShown),
  },
  currencies: {
    currencyAdd: write('/cgi/crm/v2/add/currency', 'Add a currency', '新增币种', oneSource),
    currencyUpdate: write('/cgi/crm/v2/update/currency', 'Update currency rates', '更新币种汇率', oneSource),
    exchangeRatesUpdate: write(
      '/cgi/crm/custom/v2/data/updateCurrencyExchangeRate',
      'Update rates against a currency',
      '更新兑换汇率',
      oneSource,
    ),
  },
  approvals: {
    approvalInstancesOfRecord: read(
      '/cgi/crm/object/approvalInstances/query',
      'Query approval instances of a record',
      '查询数据的审批流实例',
    ),
    approvalInstances: read('/cgi/crm/approvalInstances/query', 'Query approval instances', '查询审批流实例列表', {
      objectAt: ['objectApiName'],
    }),
    approvalInstance: read('/cgi/crm/approvalInstance/get', 'Get an approval instance', '查询审批流实例详情'),
    approvalTaskRecord: useOf('get', 'ApprovalTaskObj', 'Get an approval task', '查询审批任务'),
    approvalTaskAction: write('/cgi/crm/approvalTask/action', 'Complete an approval task', '处理审批任务'),
    approvalTaskComplete: write(
      '/cgi/crm/v2/special/object/approvalTask',
      'Complete an approval task (v2)',
      '处理审批任务（v2）',
    ),
    approvalTaskActionV2: write(
      '/cgi/crm/v2/special/approval/task/action',
      'Act on an approval task (v2)',
      '执行审批任务操作（v2）',
      oneSource,
    ),
    approvalReject: write(
      '/cgi/crm/v2/special/approval/rejectToBeforeTask',
      'Reject to an earlier node',
      '驳回到之前的节点',
    ),
    approvalCancel: write('/cgi/crm/v2/special/approval/instance/cancel', 'Withdraw an approval', '撤回审批', entityId),
  },
  processes: {
    processInstanceRecord: useOf('get', 'BpmInstance', 'Get a process instance', '查询业务流实例'),
    processInstanceOfRecord: read(
      '/cgi/crm/v2/special/getInstanceInfoByObjectId',
      'Get the process instance of a record',
      '查询数据的业务流实例',
      { ...entityId, ...notShown },
    ),
    // Seen in a script only; its name may mean the noun or the verb, so that it counts as a write.
    processProgress: write('/cgi/crm/v2/special/instance/progress', 'Process progress', '业务流进度', {
      ...entityId,
      ...halfKnown,
    }),
    processStepComplete: write(
      '/cgi/crm/v2/special/object/businessFlowComplete',
      'Complete or reject a step',
      '完成或驳回业务流任务',
    ),
    processTaskComplete: write('/cgi/crm/v2/special/object/completeTask', 'Complete a task', '完成任务', oneSource),
    processTaskUpdate: write(
      '/cgi/crm/v2/special/task/updateDataAndCompleteTask',
      'Update data and complete the task',
      '更新数据并完成任务',
      entityId,
    ),
    processCancel: write('/cgi/crm/v2/special/instance/cancel', 'Cancel a process', '终止业务流', oneSource),
  },
  stages: {
    stageRuntimeRecords: useOf('query', 'stageRuntime', 'Query stage instances', '查询阶段实例'),
    stageTrigger: write('/cgi/crm/v2/instance/triggerByRule', 'Start the stages of a record', '触发阶段推进器', {
      ...entityId,
      response: 'fields',
    }),
    stageMoveTo: write('/cgi/crm/v2/special/stageMoveTo', 'Move to a stage', '跳转到指定阶段'),
    opportunityNextStage: write(
      '/cgi/crm/v2/service/moveNextSaleActionStage',
      'Move an opportunity 1.0 to the next stage',
      '商机 1.0 推进到下一阶段',
      oneSource,
    ),
  },
  productCategories: {
    // Creates, updates or deletes, by `editFlag`.
    productCategoryEdit: write('/cgi/crm/data/editProductCategory', 'Edit a product category', '编辑产品分类'),
  },
  common: {
    countryAreaOptions: read('/cgi/crm/countryAreaOptions/get', 'Get countries and areas', '查询国家省市区选项'),
    changeLog: read('/cgi/crm/v2/object/getNewLogInfoListForWeb', 'Get changes of a record', '查询数据修改记录', {
      ...apiNameInData,
      ...oneSource,
    }),
    crmLog: read('/cgi/crm/crmLog/query', 'Query the CRM log', '查询 CRM 日志', halfKnown),
    groupList: read('/cgi/crm/v2/org/group', 'Query groups', '查询组', halfKnown),
    groupAdd: write('/cgi/crm/v2/org/group/insert', 'Add a group', '新增组', halfKnown),
  },
  addressBook: {
    departmentRecords: useOf('query', 'DepartmentObj', 'Query departments as records', '查询部门数据'),
    userList: read('/cgi/user/list', 'List users of a department', '查询部门成员（详细）'),
    userSimpleList: read('/cgi/user/simpleList', 'List users of a department (short)', '查询部门成员（简略）'),
    userGet: read('/cgi/user/get', 'Get a user', '查询员工信息'),
    userByMobile: read('/cgi/user/getByMobile', 'Get user by mobile number', '按手机号查询员工', oldStyle),
    usersChanged: read('/cgi/user/get/batchByUpdTime', 'Get users changed in a period', '按更新时间查询员工', oldStyle),
    userAdd: write('/cgi/user/add', 'Add a user', '新增员工', { ...oldStyle, response: 'fields' }),
    departmentList: read('/cgi/department/list', 'List departments', '查询部门列表', oldStyle),
    departmentDetail: read('/cgi/department/detail', 'Get a department', '查询部门详情', { ...bodyOnly, ...legacy }),
    departmentAdd: write('/cgi/department/add', 'Add a department', '新增部门', { ...oldStyle, response: 'fields' }),
    departmentUpdate: write('/cgi/department/update', 'Update a department', '修改部门', { ...oldStyle, ...oneSource }),
  },
  roles: {
    userGroupList: read('/cgi/crm/v2/special/usergroupList', 'List user groups', '查询用户组列表', oneSource),
    userGroupAdd: write('/cgi/crm/v2/special/usergroupInsert', 'Add a user group', '新增用户组', halfKnown),
    userGroupMembers: read(
      '/cgi/crm/v2/special/usergroupMemberList',
      'List members of a user group',
      '查询用户组成员',
      oneSource,
    ),
    roleList: read('/cgi/crm/v2/special/roleGetRoleList', 'List roles', '查询角色列表', oneSource),
    usersOfRoles: read('/cgi/crm/v2/bi/lwt/query', 'Query users of roles', '按角色查询用户', halfKnown),
    userRolesSet: write('/cgi/crm/v2/special/batchSetUserRoles', 'Set roles of users', '设置用户角色', oneSource),
  },
  messages: {
    messageSend: write('/cgi/message/send', 'Send a message', '发送消息'),
    serviceMessageSend: write('/cgi/app/message/send', 'Send a message as a service account', '以服务号发送消息', {
      ...notShown,
      status: 'contradiction',
    }),
    serviceMessageRevoke: write(
      '/cgi/app/message/revoke',
      'Revoke a message of a service account',
      '撤回服务号消息',
      oneSource,
    ),
  },
  todos: {
    todoList: read('/cgi/crm/v2/special/getTodoViewList', 'List to-dos', '查询待办列表', oneSource),
    todoStats: read('/cgi/crm/v2/special/getUserTodoStats', 'Count to-dos', '查询待办统计', oneSource),
  },
  files: {
    fileUploadCredential: write(
      '/cgi/crm/v2/generatorFileUploadCredential',
      'Get credential for an upload',
      '生成文件上传凭证',
      { response: 'fields' },
    ),
    fileDownloadUrl: read(
      '/cgi/crm/v2/generateDownloadSignatureUrlByAuth',
      'Get URL for a download',
      '生成文件下载地址',
      notShown,
    ),
    filePresignedUrl: read('/cgi/crm/v2/file/getPresignedUrl', 'Get presigned URLs', '获取文件预签名地址', notShown),
    filePreviewUrl: read('/cgi/crm/v2/generatorPreviewUrl', 'Get URL for a preview', '生成文件预览地址', halfKnown),
  },
  media: {
    mediaUpload: write('/media/upload', 'Upload a file', '上传素材', {
      ...oldStyle,
      content: 'multipart',
      response: 'fields',
    }),
    messageMediaUpload: write('/media/upload/message', 'Upload an image for messages', '上传消息图片', {
      ...oldStyle,
      ...oneSource,
      content: 'multipart',
      response: 'fields',
    }),
    mediaDownload: read('/media/download', 'Download a file', '下载素材', { ...oldStyle, response: 'file' }),
    mediaDelete: write('/media/delete', 'Delete a file', '删除素材', { ...oldStyle, ...oneSource }),
  },
  netDisk: {
    netDiskFolderAdd: write('/cgi/crm/v2/special/netDisk/addFolder', 'Add a folder', '新建文件夹', oneSource),
  },
  attendance: {
    attendanceRecords: read('/cgi/attendance/find', 'Query attendance', '查询考勤记录'),
    attendanceRecordsV2: read('/cgi/attendance/find/v2', 'Query attendance (v2)', '查询考勤记录（v2）', halfKnown),
    fieldVisits: read('/cgi/outsideAttendance/find', 'Query field visits', '查询外勤记录'),
    fieldPlanCreate: write(
      '/cgi/seniorOutsideAttendance/createPlan',
      'Create a field-work plan',
      '创建高级外勤计划',
      halfKnown,
    ),
  },
  collaboration: {
    approvalTypeForms: read('/cgi/approvalTypeForms/get', 'List approval types', '查询审批类型列表', {
      ...bodyOnly,
      ...oneSource,
      withoutUser: true,
    }),
    oaApproval: read('/cgi/approval/get', 'Get an approval', '查询审批详情', {
      ...bodyOnly,
      ...halfKnown,
      withoutUser: true,
    }),
  },
  enterpriseConnect: {
    mappedRecord: read(
      '/cgi/er/enterpriseRelation/getMapperObjectId',
      'Get the mapped record of a downstream tenant',
      '查询下游企业的映射数据',
      { ...oneSource, objectAt: ['objectApiName'], objects: ['AccountObj', 'PartnerObj'] },
    ),
  },
  erp: {
    erpPush: write('/cgi/crm/erp/syncdata/objdata/push', 'Push ERP data', '推送 ERP 数据', {
      ...notShown,
      objectAt: ['data', 'destObjectApiName'],
    }),
    erpCreate: write('/cgi/crm/erp/data', 'Create an ERP record', '新建 ERP 数据', {
      ...v1,
      ...inside,
      ...notShown,
      operation: 'create',
    }),
    // The page prints the path of create; the `_id` is the only difference.
    erpUpdate: write('/cgi/crm/erp/data', 'Update an ERP record', '更新 ERP 数据', {
      ...v1,
      ...inside,
      operation: 'update',
      status: 'contradiction',
      variantOf: 'erpCreate',
    }),
    erpList: read('/cgi/crm/erp/data/list', 'List ERP records', '查询 ERP 数据列表', { ...v1, ...halfKnown }),
    erpInvalid: write('/cgi/crm/erp/data/invalid', 'Invalidate an ERP record', '作废 ERP 数据', {
      ...v1,
      operation: 'invalidate',
      ...oneSource,
    }),
    erpChangeOwner: write('/cgi/crm/erp/data/changeOwner', 'Change owner of an ERP record', '更换 ERP 数据负责人', {
      ...v1,
      operation: 'changeOwner',
      ...halfKnown,
    }),
  },
  v1: {
    v1ObjectList: read('/cgi/crm/object/list', 'List objects (v1)', '查询对象列表（v1）', v1),
    v1ObjectDescribe: read('/cgi/crm/object/describe', 'Describe an object (v1)', '查询对象描述（v1）', {
      ...v1,
      ...apiNameOnTop,
    }),
    v1Get: read('/cgi/crm/data/get', 'Get one record (v1)', '查询单条数据（v1）', { ...v1, ...apiNameOnTop }),
    v1Query: read('/cgi/crm/data/query', 'Query records (v1)', '条件查询数据（v1）', { ...v1, ...apiNameOnTop }),
    v1Create: write('/cgi/crm/data/create', 'Create a record (v1)', '新建数据（v1）', {
      ...v1,
      ...apiNameOnTop,
      operation: 'create',
      response: 'fields',
    }),
    v1Update: write('/cgi/crm/data/update', 'Update a record (v1)', '更新数据（v1）', {
      ...v1,
      ...apiNameOnTop,
      operation: 'update',
    }),
    v1Drop: write('/cgi/crm/data/drop', 'Drop a record (v1)', '删除数据（v1）', {
      ...v1,
      ...halfKnown,
      operation: 'delete',
    }),
    v1ChangeOwner: write('/cgi/crm/data/changeOwner', 'Change owner (v1)', '更换负责人（v1）', {
      ...v1,
      ...halfKnown,
      operation: 'changeOwner',
    }),
    v1ChangeSalesStage: write('/cgi/crm/data/changeSalesStage', 'Change sales stage (v1)', '变更销售阶段（v1）', {
      ...v1,
      ...halfKnown,
    }),
    v1AccountReturn: write('/cgi/crm/data/account/return', 'Return an account to its pool (v1)', '退回客户（v1）', {
      ...v1,
      ...halfKnown,
    }),
  },
});
const rowsByGroup: () => Record<EndpointGroup, Record<string, Row>> = makeRows;

type Rows = ReturnType<typeof makeRows>;
/** Our name for an endpoint: the key of its row. */
export type EndpointId = { [Group in EndpointGroup]: keyof Rows[Group] }[EndpointGroup];

/**
 * Every endpoint whose path is known, in the API's own spelling; for bodies see `endpointExamples.ts`, for what is
 * missing docs/api-coverage.md. Made with the first call: to make it takes longer than all else at the start. Source:
 * developer.fxiaoke.com and public clients.
 */
export const endpoints = madeLater(
  () =>
    Object.fromEntries(
      Object.entries(rowsByGroup()).flatMap(([group, rows]) =>
        Object.entries(rows).map(([id, row]) => [id, { id, group, ...row }]),
      ),
    ) as { readonly [Id in EndpointId]: Endpoint & { readonly id: Id } },
);

/** Custom objects have a path family of their own; their API names end in `__c`. */
export function isCustomObject(apiName: string): boolean {
  return apiName.endsWith('__c');
}

/** The path in the family of the object: preset or custom. Endpoints of one path have that for both. */
export function pathFor(endpoint: Endpoint, object?: string): string {
  return object !== undefined && isCustomObject(object) ? (endpoint.customPath ?? endpoint.path) : endpoint.path;
}

/** The API name of the object that a body is about; `undefined` where the endpoint has no place for one. */
export function objectIn({ objectAt }: Pick<Endpoint, 'objectAt'>, body: JsonValue): string | undefined {
  const object = objectAt?.reduce<JsonValue | undefined>(
    (value, key) => (isJsonObject(value) ? value[key] : undefined),
    body,
  );
  return typeof object === 'string' ? object : undefined;
}

/** What an endpoint, or a group of them, is called in a language. */
export function nameIn(language: 'zh' | 'en', { nameEn, nameZh }: Pick<Endpoint, 'nameEn' | 'nameZh'>): string {
  return language === 'zh' ? nameZh : nameEn;
}

/** The path of a target: of a path with its query, or of a whole URL. `undefined` where it is neither. */
export function pathnameOf(target: string): string | undefined {
  return plainPath.test(target) ? target : parsedUrl(target, anyHost)?.pathname;
}

/** As the API's own are: a URL would have the same path, and parsing one takes long for what each call asks. */
const plainPath = /^(?:\/[\w-]+(?:\.[\w-]+)*)+$/;
const anyHost = 'http://tenant.invalid';

let byPath: ReadonlyMap<string, Endpoint> | undefined;

/** The endpoint that a path (without query) names, in either family; one that writes, if any there does. */
export function endpointAt(path: string): Endpoint | undefined {
  byPath ??= endpointsByPath(Object.values(endpoints));
  return byPath.get(path);
}

function endpointsByPath(all: readonly Endpoint[]): ReadonlyMap<string, Endpoint> {
  const map = new Map<string, Endpoint>();
  for (const endpoint of all) {
    for (const path of [endpoint.path, endpoint.customPath]) {
      const known = path === undefined ? undefined : map.get(path);
      const comesFirst = !known || (known.effect === 'read' && endpoint.effect === 'write');
      if (path !== undefined && comesFirst) map.set(path, endpoint);
    }
  }
  return map;
}

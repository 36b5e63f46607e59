/** What the client knows about one endpoint of the OpenAPI. */
export interface Endpoint {
  readonly group: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly path: string;
  /** The path of the same call for custom objects (`…__c`), where it differs. */
  readonly customPath?: string;
  /** Whether it changes data. A path that is not in the table counts as one that does. */
  readonly effect: 'read' | 'write';
  /** Where the object's API name goes in the body. */
  readonly objectAt?: readonly string[];
}

const presetPath = (action: string) => `/cgi/crm/v2/data/${action}`;
const customPath = (action: string) => `/cgi/crm/custom/v2/data/${action}`;
const beside = ['data', 'dataObjectApiName'] as const;
const inside = ['data', 'object_data', 'dataObjectApiName'] as const;

/** An endpoint that every object has, with one path for preset and one for custom objects. */
const ofRecords = (
  action: string,
  effect: Endpoint['effect'],
  nameEn: string,
  nameZh: string,
  objectAt: readonly string[] = beside,
): Endpoint => ({
  group: 'records',
  nameEn,
  nameZh,
  path: presetPath(action),
  customPath: customPath(action),
  effect,
  objectAt,
});

/** The endpoints in use, in the API's own spelling. Source: developer.fxiaoke.com, see docs/architecture.md. */
export const endpoints = {
  token: {
    group: 'authorization',
    nameEn: 'Get token (client credentials)',
    nameZh: '获取 token（客户端模式）',
    path: '/oauth2.0/token',
    effect: 'read',
  },
  objectList: {
    group: 'objects',
    nameEn: 'List objects',
    nameZh: '查询对象列表',
    path: '/cgi/crm/v2/object/list',
    effect: 'read',
  },
  objectDescribe: {
    group: 'objects',
    nameEn: 'Describe an object',
    nameZh: '查询对象描述',
    path: '/cgi/crm/v2/object/describe',
    effect: 'read',
    objectAt: ['data', 'apiName'],
  },
  get: ofRecords('get', 'read', 'Get one record', '查询单条数据'),
  query: ofRecords('query', 'read', 'Query records', '条件查询数据'),
  create: ofRecords('create', 'write', 'Create a record', '新建数据', inside),
  update: ofRecords('update', 'write', 'Update a record', '更新数据', inside),
  changeOwner: ofRecords('changeOwner', 'write', 'Change owner', '更换负责人'),
  invalid: ofRecords('invalid', 'write', 'Invalidate a record', '作废数据'),
  recover: ofRecords('recover', 'write', 'Recover records', '恢复数据'),
  delete: ofRecords('delete', 'write', 'Delete invalidated records', '删除已作废数据'),
  lock: {
    group: 'records',
    nameEn: 'Lock records',
    nameZh: '锁定数据',
    path: '/cgi/crm/v2/object/lock',
    effect: 'write',
    objectAt: beside,
  },
  unlock: {
    group: 'records',
    nameEn: 'Unlock records',
    nameZh: '解锁数据',
    path: '/cgi/crm/v2/object/unlock',
    effect: 'write',
    objectAt: beside,
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointId = keyof typeof endpoints;

/** Custom objects have a path family of their own; their API names end in `__c`. */
export function isCustomObject(apiName: string): boolean {
  return apiName.endsWith('__c');
}

export function pathFor(endpoint: Endpoint, object?: string): string {
  return object !== undefined && isCustomObject(object) ? (endpoint.customPath ?? endpoint.path) : endpoint.path;
}

/** The endpoint that a path (without query) names, in either family. */
export function endpointAt(path: string): Endpoint | undefined {
  return Object.values<Endpoint>(endpoints).find(
    ({ path: preset, customPath: custom }) => path === preset || path === custom,
  );
}

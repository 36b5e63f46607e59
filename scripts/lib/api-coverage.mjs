import fs from 'node:fs';
import path from 'node:path';
import { loadModule } from './load-module.mjs';
import { table } from './markdown.mjs';
import { projectFolder } from './prepare.mjs';

/** What the sources name without a path that could be written down; none of it is in the table. */
const notKnown = [
  ['Upload file (step 2)', '上传文件（第二步）', 'the address is part of the answer of the upload credential'],
  ['Query approval definitions', '查询审批流定义', 'the path is not known'],
  ['Query rejectable nodes', '查询可驳回的节点', 'the path is not known'],
  ['Get task details', '查询任务详情', 'the path is not known'],
  ['Query product categories', '查询产品分类', 'the path is not known'],
  ['Update group members', '更新组成员', 'the path is not known'],
  ['Add tags', '添加标签', 'the path is not known'],
  ['Query available tags', '查询可用标签', 'the path is not known'],
  ['Delete large file', '删除大文件', 'the path is not known'],
  ['Marketing API', '营销接口', 'the paths are not known'],
  ['BI API', 'BI 接口', 'the paths are not known'],
  [
    'Add, update and delete members of user groups, delete user groups',
    '用户组成员的增删改与用户组的删除',
    'named beside `usergroupMemberList`; the paths are not spelled out',
  ],
  [
    'Add, update and delete roles, roles of users, add and delete users of roles',
    '角色的增删改、用户角色的查询与增删',
    'named beside `roleGetRoleList`; the paths are not spelled out',
  ],
  ['Get, recover and delete ERP records', '查询、恢复、删除 ERP 数据', 'the paths are not known; obsolete'],
  ['Other actions on custom objects (v1)', '自定义对象的其他操作（v1）', 'only `/cgi/crm/custom/data/*`; obsolete'],
  ['Data change event', '对象数据变更事件推送', 'the vendor calls the receiver, not the other way round'],
  ['App message callback', '应用消息回调', 'the vendor calls the receiver, not the other way round'],
];

const answers = {
  envelope: 'envelope',
  fields: 'fields',
  bare: 'no envelope',
  file: 'file',
  redirect: 'redirect',
  unknown: 'not known',
};
const certainty = { confirmed: 'confirmed', oneSource: 'one source', contradiction: 'contradictory' };

/** The page docs/api-coverage.md. */
export async function apiCoveragePage() {
  const { endpoints, endpointGroups } = await loadModule('src/api/endpoints.ts');
  const served = servedPaths(await loadModule('src/sandbox/routes.ts'));
  const called = calledEndpoints();
  const offered = await offeredPaths();
  const all = Object.values(endpoints);
  const inSandbox = all.filter(endpoint => pathsOf(endpoint).some(each => served.has(each)));

  const row = endpoint => [
    endpoint.nameEn + (endpoint.age ? ` (${endpoint.age})` : ''),
    endpoint.nameZh,
    pathsOf(endpoint)
      .map(each => `\`${endpoint.method === 'POST' ? '' : `${endpoint.method} `}${each}\``)
      .join('<br>'),
    endpoint.effect,
    endpoint.auth,
    answers[endpoint.response],
    certainty[endpoint.status],
    called.has(endpoint.id) ? 'yes' : 'no',
    offered.get(endpoint.path) ?? 'no',
    servedAs(endpoint, served),
  ];
  const head = ['Endpoint', '名称', 'Path', 'Effect', 'Auth', 'Response', 'Source', 'Client', 'Completion', 'Sandbox'];
  const groups = Object.entries(endpointGroups).map(([group, { nameEn, nameZh }]) =>
    [`## ${nameEn} · ${nameZh}`, '', table(head, all.filter(each => each.group === group).map(row)), ''].join('\n'),
  );
  const paths = new Set(all.flatMap(pathsOf));
  return `${[
    '# Coverage of the OpenAPI',
    '',
    '<!-- Written by `npm run docs` from src/api/endpoints.ts and src/sandbox/routes.ts. Do not edit. -->',
    '',
    `${all.length} endpoints on ${paths.size} paths are known. The client has an operation of its own for ` +
      `${called.size} of them; request files send any that takes JSON, and complete ` +
      `${all.filter(({ path }) => offered.has(path)).length}. The sandbox serves ` +
      `${inSandbox.length}; it answers the others as the real gateway answers an unknown path.`,
    '',
    '- **Effect**: what is not in this table counts as a write too, and passes the same confirmation.',
    '- **Auth**: `header or body` takes both styles of signing in, `body only` only the legacy one.',
    '- **Response**: `envelope` holds errorCode and its like, `fields` more than that. Where it is `not known`, no ' +
      'source shows what a response looks like.',
    '- **Source**: seen in the documentation or in two independent sources, in one only, or told in two ways.',
    '- **Completion**: in a request file the path is offered `with body` that is ready to fill in, or the `path` ' +
      'alone where no source shows a body. What is obsolete or takes no JSON is not offered.',
    '- **Sandbox**: `path` where the endpoint shares its path with a served one and is told apart by the body.',
    '',
    ...groups,
    '## Not known · 未知',
    '',
    'The sources name these without showing where they are. They are neither in the client nor in the sandbox.',
    '',
    table(['Endpoint', '名称', 'What is missing'], notKnown),
  ].join('\n')}\n`;
}

const pathsOf = ({ path: preset, customPath }) => (customPath === undefined ? [preset] : [preset, customPath]);

function servedAs(endpoint, served) {
  const paths = pathsOf(endpoint);
  const count = paths.filter(each => served.has(each)).length;
  if (count === 0) return 'no';
  if (count < paths.length) return 'partly';
  return endpoint.variantOf === undefined ? 'yes' : 'path';
}

/** Whatever the sandbox's route table exports as a path: the keys of its maps and single paths. */
function servedPaths(module) {
  const values = Object.values(module);
  return new Set([
    ...values.flatMap(value => (value instanceof Map ? [...value.keys()] : [])),
    ...values.filter(value => typeof value === 'string' && value.startsWith('/')),
  ]);
}

/** What a request file completes of each path. An endpoint that shares its path with another is offered as that one. */
async function offeredPaths() {
  const { allPaths } = await loadModule('src/requests/language/lineCompletion.ts');
  const { exampleRequest } = await loadModule('src/api/endpointExamples.ts');
  return new Map(
    allPaths.map(([endpoint]) => [endpoint.path, exampleRequest(endpoint.id) === undefined ? 'path' : 'with body']),
  );
}

/** The ids of the endpoints that the product's code names, the table of error codes aside, which calls nothing. */
function calledEndpoints() {
  const sources = fs
    .readdirSync(path.join(projectFolder, 'src'), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'errorCodes.ts')
    .map(entry => fs.readFileSync(path.join(entry.parentPath ?? entry.path, entry.name), 'utf8'));
  return new Set(sources.flatMap(text => [...text.matchAll(/\bendpoints\.(\w+)/g)].map(([, id]) => id)));
}

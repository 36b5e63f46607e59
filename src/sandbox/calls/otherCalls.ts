import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { codes, Failure, malformed, refused } from '../failure';
import { optionsOf } from '../tenant/describe';
import { groups, roles } from '../tenant/people';
import { asText } from '../text';
import { dataOf, knownObject, listOfTexts, peopleOf, textOf, wholeNumberOf, type Call } from './call';

const ticketSeconds = 7200;

/** `jsApiTicket/get`. */
export function getJsApiTicket({ tenant, now }: Call): JsonObject {
  const seconds = Math.floor(now / 1000);
  const window = Math.floor(seconds / ticketSeconds);
  const ticket = createHash('sha256').update(`${tenant.tenantId} ${window}`).digest('hex').slice(0, 32);
  return { ticket, expiresIn: ticketSeconds - (seconds % ticketSeconds) };
}

/** `countryAreaOptions/get`: the codes that fields of places store; the sandbox knows a few. */
export function getAreas(call: Call): JsonObject {
  const { fields } = knownObject(call, 'AccountObj');
  const ofField = (name: string): JsonObject => {
    const options = Object.entries(fields.get(name)?.options ?? {});
    return { type: name, options: options.map(([value, label]) => ({ label, value, child_options: [] })) };
  };
  const names = ['country', 'province', 'city', 'district'];
  return { countryAreaOptions: Object.fromEntries(names.map(name => [name, ofField(name)])) };
}

/** `editProductCategory`: what describe then shows as options of a product's category. */
export function editProductCategory(call: Call): JsonObject {
  const data = dataOf(call);
  const flag = wholeNumberOf(data, 'editFlag');
  const shelf = call.tenant.shelf('#categories');
  const field = knownObject(call, 'ProductObj').fields.get('category');
  const known = (field && optionsOf(field, call.tenant)) ?? {};
  if (flag === 1) {
    const id = String(
      1 + Math.max(0, ...[...Object.keys(field?.options ?? {}), ...keysOf(shelf.entries())].map(Number)),
    );
    shelf.set(id, { ...data, name: textOf(data, 'name') });
    return {};
  }
  if (flag !== 2 && flag !== 3) throw malformed(`parameter editFlag is ${flag}, not 1, 2 or 3`);
  const id = textOf(data, 'id');
  if (!Object.hasOwn(known, id)) throw refused(`产品分类 ${id} 不存在`);
  const name = data['name'] === undefined ? (known[id] ?? '') : textOf(data, 'name');
  shelf.set(id, flag === 3 ? { name: null } : { ...data, name });
  return {};
}

const keysOf = (entries: Iterable<[string, JsonObject]>): string[] => [...entries].map(([key]) => key);

/** `netDisk/addFolder`. */
export function addFolder({ tenant, ...call }: Call): JsonObject {
  const data = dataOf({ tenant, ...call });
  const category = wholeNumberOf(data, 'category');
  const path = textOf(data, 'folderPath');
  if (category !== 1 && category !== 2) throw malformed(`parameter category is ${category}, not 1 or 2`);
  if (!path.startsWith('/')) throw malformed(`parameter folderPath is ${path}, which has no / at its beginning`);
  const shelf = tenant.shelf('#folders');
  const key = `${category}${path}`;
  if (shelf.get(key)) throw refused(`文件夹 ${path} 已存在`);
  shelf.set(key, {});
  return {};
}

const forms = { 1: '普通审批', 4: '出差审批', 8: '差旅费报销', 9: '加班审批', 100: '用章申请' };

/** `approvalTypeForms/get`: as for an enterprise for which the vendor has opened it. */
export function listApprovalForms(): JsonObject {
  const approvalTypeForms = Object.entries(forms).map(([type, name]) => ({
    approveType: Number(type),
    name,
    id: createHash('md5').update(name).digest('hex'),
  }));
  return { approvalTypeForms };
}

const firstDownstream = 300_000_000;

/** `getMapperObjectId`: the n-th downstream enterprise after 300000000 is the n-th account or partner. */
export function getMappedRecord({ tenant, body }: Call): JsonObject {
  const apiName = textOf(body, 'objectApiName');
  if (apiName !== 'AccountObj' && apiName !== 'PartnerObj') throw malformed(`${apiName} is not mapped`);
  const position = wholeNumberOf(body, 'downstreamOuterTenantId') - firstDownstream - 1;
  const store = tenant.storeOf(apiName);
  if (position < 0 || position >= Math.min(store.end, 3)) throw refused('没有找到互联企业的映射数据');
  return { mapperId: store.idAt(position) };
}

/** `usergroupList`. */
export function listGroups(): JsonObject {
  return { data: groups.map(({ groupId, groupName, description }) => ({ groupId, groupName, description })) };
}

/** `usergroupMemberList`. */
export function listGroupMembers(call: Call): JsonObject {
  const id = textOf(dataOf(call), 'groupId');
  const group = groups.find(({ groupId }) => groupId === id);
  if (!group) throw refused(`用户组 ${id} 不存在`);
  return { data: { employeeIds: group.members } };
}

/** `roleGetRoleList`. */
export function listRoles(call: Call): JsonObject {
  checkCrm(dataOf(call));
  return {
    data: roles.map(role => ({ ...role, groupName: '', roleType: 1, appId: 'CRM', delFlag: false })),
  };
}

/** `batchSetUserRoles`: kept, and shown by nothing, for how the answers look that would show it is not known. */
export function setRoles(call: Call): JsonObject {
  const data = dataOf(call);
  const people = peopleOf(call, data, 'userIds');
  const codesOfRoles = listOfTexts(data, 'roleCodes');
  const { majorRole } = data;
  const named: JsonValue[] = [...codesOfRoles, ...(majorRole === undefined ? [] : [majorRole])];
  const unknown = named.find(code => !roles.some(({ roleCode }) => roleCode === code));
  if (unknown !== undefined) throw refused(`角色 ${asText(unknown)} 不存在`);
  for (const id of people)
    call.tenant.shelf('#roles').set(id, { roleCodes: codesOfRoles, majorRole: majorRole ?? null });
  return {};
}

function checkCrm({ AuthContext: context }: JsonObject): void {
  if (!isJsonObject(context) || context['appId'] !== 'CRM') {
    throw new Failure(codes.invalidParameter, 'parameter AuthContext.appId is not CRM');
  }
}

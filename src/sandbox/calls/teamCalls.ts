import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { malformed, refused } from '../failure';
import { checkMayChange, nameOf } from '../store/stamps';
import type { CrmObject } from '../tenant/catalogue';
import { toOpenUserId } from '../tenant/people';
import { asText } from '../text';
import { dataOf, idsOf, knownObject, peopleOf, textOf, type Call } from './call';
import { find, forAll } from './changing';
import { presentation } from './readCalls';

/** Documented for these two only. */
const withTeams = ['AccountObj', 'OpportunityObj'];

interface Member {
  id: string;
  role: string;
  permission: string;
}

export function addToTeam(call: Call): JsonObject {
  const data = dataOf(call);
  const object = teamObject(call);
  const members = membersIn(call, data);
  return forAll(call, object, idsOf(data, 'dataIDs'), ({ record }) => {
    checkMayChange(object, record);
    return { relevant_team: members.reduce((team, member) => withMember(team, member), teamIn(record)) };
  });
}

/** Changes role and permission of those who are named; the others stay as they are. */
export function editTeam(call: Call): JsonObject {
  const data = dataOf(call);
  const object = teamObject(call);
  const { teamMemberInfos: infos } = data;
  if (!Array.isArray(infos) || infos.length === 0)
    throw malformed('parameter teamMemberInfos is missing or not a list');
  const members = infos.flatMap(info => {
    if (!isJsonObject(info)) throw malformed('an entry of teamMemberInfos is not a map');
    return membersIn(call, info);
  });
  return forAll(call, object, [textOf(data, 'dataID')], ({ record }) => {
    checkMayChange(object, record);
    const missing = members.find(({ id }) => !teamIn(record).some(entry => idIn(entry) === id));
    if (missing) throw refused(`${nameOf(object, record)}: 员工 ${missing.id} 不在相关团队中`);
    return { relevant_team: members.reduce((team, member) => withMember(team, member), teamIn(record)) };
  });
}

/** The answer's shape is known from one SDK only. */
export function getTeam(call: Call): JsonObject {
  const [found] = find(call, teamObject(call), [textOf(dataOf(call), 'dataID')]);
  const shown = presentation(call).openUserIds ? toOpenUserId : (id: string) => id;
  const objectList = teamIn(found?.record ?? {}).map(entry => ({
    teamMemberEmployee: [shown(idIn(entry))],
    teamMemberRole: entry['teamMemberRole'] ?? '4',
    teamMemberPermissionType: entry['teamMemberPermissionType'] ?? '1',
  }));
  return { data: { objectList } };
}

export function deleteFromTeam(call: Call): JsonObject {
  const data = dataOf(call);
  const object = teamObject(call);
  const leaving = peopleOf(call, data, 'teamMemberEmployee');
  return forAll(call, object, idsOf(data, 'dataIDs'), ({ record }) => {
    checkMayChange(object, record);
    const team = teamIn(record);
    const owner = team.find(entry => entry['teamMemberRole'] === '1' && leaving.includes(idIn(entry)));
    if (owner) throw refused(`${nameOf(object, record)}: 不能移除负责人 ${idIn(owner)}`);
    return { relevant_team: team.filter(entry => !leaving.includes(idIn(entry))) };
  });
}

function teamObject(call: Call): CrmObject {
  const apiName = textOf(call.body, 'apiName');
  if (!withTeams.includes(apiName)) throw malformed(`${apiName} has no team calls`);
  return knownObject(call, apiName);
}

function membersIn(call: Call, map: JsonObject): Member[] {
  const role = textOf(map, 'teamMemberRole');
  const permission = textOf(map, 'teamMemberPermissionType');
  if (!['1', '2', '3', '4'].includes(role)) throw malformed(`parameter teamMemberRole is ${role}, not 1 to 4`);
  // The owner changes by changeOwner only (api-facts.md 9).
  if (role === '1') throw refused('负责人不能通过相关团队设置,请使用 changeOwner');
  if (permission !== '1' && permission !== '2') {
    throw malformed(`parameter teamMemberPermissionType is ${permission}, not 1 or 2`);
  }
  return peopleOf(call, map, 'teamMemberEmployee').map(id => ({ id, role, permission }));
}

/** The team with a member, who keeps their place when they have one. The owner stays the owner. */
function withMember(team: JsonObject[], { id, role, permission }: Member): JsonObject[] {
  const entry: JsonObject = {
    teamMemberEmployee: [id],
    teamMemberRole: role,
    teamMemberRoleList: [role],
    teamMemberPermissionType: permission,
  };
  const at = team.findIndex(other => idIn(other) === id);
  if (at < 0) return [...team, entry];
  return team[at]?.['teamMemberRole'] === '1' ? team : team.with(at, entry);
}

const teamIn = ({ relevant_team: team }: JsonObject): JsonObject[] =>
  Array.isArray(team) ? team.filter(isJsonObject) : [];

function idIn({ teamMemberEmployee: ids }: JsonObject): string {
  const first: JsonValue | undefined = Array.isArray(ids) ? ids[0] : undefined;
  return first === undefined ? '' : asText(first);
}

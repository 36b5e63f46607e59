import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { malformed, refused } from '../failure';
import { checkEmployee } from '../store/fieldValues';
import { checkMayChange, checkUnlocked, nameOf, ownerFields, teamWithOwner } from '../store/stamps';
import { fromOpenUserId } from '../tenant/people';
import { dataOf, idsOf, objectOf, textOf, type Call } from './call';
import { apply, find, forAll, type Found, type Step } from './changing';
import { asText } from '../text';

/** `data/invalid`: one record into the recycle bin. */
export function invalidate(call: Call): JsonObject {
  const data = dataOf(call);
  return forAll(call, objectOf(call, data, 'write'), [textOf(data, 'object_data_id')], toInvalid);
}

/** `custom/data/invalid`: several, of custom objects only. */
export function invalidateAll(call: Call): JsonObject {
  const data = dataOf(call);
  const object = objectOf(call, data, 'write');
  if (object.kind !== 'custom')
    throw malformed(`${object.apiName} is not a custom object: invalidate one record per call`);
  return forAll(call, object, idsOf(data, 'idList'), toInvalid);
}

export function recover(call: Call): JsonObject {
  const data = dataOf(call);
  return forAll(call, objectOf(call, data, 'write'), idsOf(data, 'idList'), ({ object, record }) => {
    if (record['is_deleted'] !== true) throw refused(`${nameOf(object, record)} 未作废,不能恢复`);
    return {
      life_status: record['life_status_before_invalid'] ?? 'normal',
      life_status_before_invalid: null,
      is_deleted: false,
    };
  });
}

/** `data/delete`: for good. Only what was invalidated can be deleted, price-book lines excepted (api-facts.md 7.4). */
export function deleteRecords(call: Call): JsonObject {
  const data = dataOf(call);
  return forAll(call, objectOf(call, data, 'write'), idsOf(data, 'idList'), ({ object, record }) => {
    if (record['is_deleted'] === true) return null;
    if (!object.deletesDirectly) throw refused(`${nameOf(object, record)} 未作废,请先作废再删除`);
    checkUnlocked(object, record);
    return null;
  });
}

export const lock = (call: Call): JsonObject => setLock(call, '1');
export const unlock = (call: Call): JsonObject => setLock(call, '0');

/** `data/changeOwner`: the list stands under `Data`, with a capital D. */
export function changeOwner(call: Call): JsonObject {
  const data = dataOf(call);
  const object = objectOf(call, data, 'write');
  const { Data: changes } = data;
  if (!Array.isArray(changes) || changes.length === 0) throw malformed('parameter Data is missing or not a list');
  const owners = new Map<string, string>();
  for (const change of changes) {
    if (!isJsonObject(change)) throw malformed('an entry of Data is not a map');
    owners.set(textOf(change, 'objectDataId'), ownerIn(call, change['ownerId']));
  }
  return forAll(call, object, [...owners.keys()], ({ record }) => {
    const owner = owners.get(asText(record['_id'])) ?? '';
    checkMayChange(object, record);
    return { ...ownerFields(call.tenant, owner), relevant_team: teamWithOwner(record['relevant_team'], owner) };
  });
}

/** A list of one, or, as one published sample prints it, the text "[1000]". */
function ownerIn({ tenant }: Call, value: JsonValue | undefined): string {
  const first = Array.isArray(value) ? value[0] : value;
  const id = typeof first === 'string' ? /^\[?"?([^"[\]]+)"?\]?$/.exec(first)?.[1] : undefined;
  if (id === undefined) throw malformed('parameter ownerId is missing or not a list');
  const owner = fromOpenUserId(id);
  checkEmployee(tenant, owner, 'ownerId');
  return owner;
}

const toInvalid: Step = ({ object, record }) => {
  checkMayChange(object, record);
  const { life_status: status } = record;
  // Said of the in-platform interface only (api-facts.md 7.4).
  if (status !== 'normal')
    throw refused(`${nameOf(object, record)} 的生命状态是 ${asText(status)},只有正常的数据可以作废`);
  return { life_status: 'invalid', life_status_before_invalid: status, is_deleted: true };
};

function setLock(call: Call, status: '0' | '1'): JsonObject {
  const data = dataOf(call);
  // The lock endpoints have one path for both kinds of object.
  const object = objectOf({ ...call, family: 'custom' }, data, 'write');
  const ids = idsOf(data, 'dataIds');
  const step: Step = found => {
    checkMayChange(found.object, found.record, true);
    return { lock_status: status, lock_user: status === '1' ? [call.caller.userId] : null };
  };
  const masters = find(call, object, ids);
  // 1, the default, means: also the detail records.
  const withDetails = (data['detailObjStrategy'] ?? 1) !== 0;
  return apply(call, withDetails ? [...masters, ...masters.flatMap(found => detailsOf(call, found))] : masters, step);
}

function detailsOf({ tenant }: Call, { object, record }: Found): Found[] {
  return object.details.flatMap(apiName => {
    const store = tenant.storeOf(apiName);
    const found: Found[] = [];
    for (const position of tenant.detailsOf(asText(record['_id']), apiName)) {
      const detail = store.recordAt(position);
      if (detail && detail['is_deleted'] !== true) found.push({ object: store.object, position, record: detail });
    }
    return found;
  });
}

import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { malformed, refused } from '../failure';
import { present } from '../store/present';
import { acceptFields, checkRequired } from '../store/fieldValues';
import { checkMayChange, modified, newRecord, type Actor } from '../store/stamps';
import type { CrmObject } from '../tenant/catalogue';
import { dataOf, isTrue, knownObject, objectOf, textOf, type Call } from './call';
import { notFound, presentation } from './readCalls';
import { asText } from '../text';

/** `data/create`: a record and, in `details`, lists of its detail rows. Nothing is written unless all of it is right. */
export function createRecord(call: Call): JsonObject {
  const data = dataOf(call);
  const sent = objectData(data);
  const object = objectOf(call, sent, 'write');
  const store = call.tenant.storeOf(object.apiName);
  const rows = detailRows(call, object, data['details']);
  const details = rows.map(row => ({ ...row, fields: checkedNew(call, row.detail, row.sent, true) }));
  const record = newRecord(call.tenant, store, checkedNew(call, object, sent, false), actorOf(call));
  const id = asText(record['_id']);
  store.add({ ...record, ...specified(call, sent) });
  for (const { detail, fields } of details) addDetail(call, detail, fields, id);
  return { dataId: id };
}

/** `data/update`: only the fields that are sent change; detail rows with an `_id` are changed, others created. */
export function updateRecord(call: Call): JsonObject {
  const data = dataOf(call);
  const sent = objectData(data);
  const object = objectOf(call, sent, 'write');
  const id = textOf(sent, '_id');
  // Documented for custom objects only: edit although the record is locked.
  const allowLocked = call.family === 'custom' && isTrue(data['skipDataStatusValidate']);
  const write = checkedChange(call, object, id, sent, allowLocked);
  const writes = detailRows(call, object, data['details']).map(({ detail, sent: row }) => {
    if (typeof row['_id'] === 'string') return checkedChange(call, detail, row['_id'], row, allowLocked, id);
    const fields = checkedNew(call, detail, row, true);
    return () => addDetail(call, detail, fields, id);
  });
  for (const run of [write, ...writes]) run();
  return { dataId: id };
}

/** Whether `createRecord` would take these fields, together with one that is only known later. */
export function checkCreate(call: Call, object: CrmObject, sent: JsonObject, later: string): void {
  const fields = acceptFields(call.tenant, object, sent);
  checkRequired(object, { [later]: 'set later', ...fields });
}

export const actorOf = ({ caller, now }: Call): Actor => ({ userId: caller.userId, now });

function objectData(data: JsonObject): JsonObject {
  const { object_data: sent } = data;
  if (!isJsonObject(sent)) throw malformed('parameter object_data is missing or not a map');
  return sent;
}

function checkedNew(call: Call, object: CrmObject, sent: JsonObject, masterIsNew: boolean): JsonObject {
  const master = object.masterField?.name;
  const own =
    masterIsNew && master ? Object.fromEntries(Object.entries(sent).filter(([name]) => name !== master)) : sent;
  const fields = acceptFields(call.tenant, object, own);
  // A detail row's master is the record that it is written with.
  checkRequired(object, masterIsNew && master ? { ...fields, [master]: 'set later' } : fields);
  return fields;
}

function addDetail(call: Call, detail: CrmObject, fields: JsonObject, masterId: string): void {
  const store = call.tenant.storeOf(detail.apiName);
  const master = detail.masterField ? { [detail.masterField.name]: masterId } : {};
  store.add(newRecord(call.tenant, store, { ...fields, ...master }, actorOf(call)));
}

/** The change, checked but not yet made. */
function checkedChange(
  call: Call,
  object: CrmObject,
  id: string,
  sent: JsonObject,
  allowLocked: boolean,
  masterId?: string,
): () => void {
  const store = call.tenant.storeOf(object.apiName);
  const position = store.find(id);
  const record = position === undefined ? undefined : store.recordAt(position);
  if (position === undefined || !record) throw notFound(object, id);
  if (masterId !== undefined && record[object.masterField?.name ?? ''] !== masterId) throw notFound(object, id);
  checkMayChange(object, record, allowLocked);
  const shown = present(call.tenant, object, store.valuesAt(position), presentation(call));
  const fields = acceptFields(call.tenant, object, sent, shown);
  const { owner } = fields;
  if (owner !== undefined && asText(owner) !== asText(record['owner'])) {
    throw refused('字段 owner(负责人) 不能通过 update 修改,请使用 changeOwner');
  }
  checkRequired(object, { ...record, ...fields });
  return () => store.replace(position, modified(record, fields, actorOf(call)));
}

function detailRows(call: Call, master: CrmObject, details: JsonValue | undefined) {
  // Clients in PHP have no other empty map than an empty list.
  const none = details === undefined || details === null || (Array.isArray(details) && details.length === 0);
  if (none) return [];
  if (!isJsonObject(details)) throw malformed('parameter details is not a map');
  return Object.entries(details).flatMap(([apiName, rows]) => {
    const detail = knownObject(call, apiName);
    if (detail.masterField?.target !== master.apiName)
      throw refused(`${apiName} is no detail object of ${master.apiName}`);
    if (!Array.isArray(rows) || !rows.every(isJsonObject)) throw malformed(`details.${apiName} is not a list of maps`);
    return rows.map(sent => ({ detail, sent }));
  });
}

/** hasSpecifyTime and hasSpecifyCreatedBy let a caller set what the CRM otherwise sets itself. */
function specified({ body }: Call, sent: JsonObject): JsonObject {
  const chosen: JsonObject = {};
  const { create_time: time, created_by: creator } = sent;
  if (isTrue(body['hasSpecifyTime']) && typeof time === 'number') chosen['create_time'] = time;
  if (isTrue(body['hasSpecifyCreatedBy']) && Array.isArray(creator)) chosen['created_by'] = creator;
  return chosen;
}

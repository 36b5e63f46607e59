import type { JsonObject } from '../../base/json';
import { modified } from '../store/stamps';
import type { CrmObject } from '../tenant/catalogue';
import type { Call } from './call';
import { notFound } from './readCalls';
import { actorOf } from './writeCalls';

/** A record that a call is about. */
export interface Found {
  object: CrmObject;
  position: number;
  record: JsonObject;
}
/** The fields that change, or null to remove the record; throws when it may not be done. */
export type Step = (found: Found) => JsonObject | null;

export const forAll = (call: Call, object: CrmObject, ids: string[], step: Step): JsonObject =>
  apply(call, find(call, object, ids), step);

export function find({ tenant }: Call, object: CrmObject, ids: string[]): Found[] {
  const store = tenant.storeOf(object.apiName);
  return ids.map(id => {
    const position = store.find(id);
    const record = position === undefined ? undefined : store.recordAt(position);
    if (position === undefined || !record) throw notFound(object, id);
    return { object, position, record };
  });
}

/** Checks every record before it changes any: a call is carried out whole or not at all. */
export function apply(call: Call, all: Found[], step: Step): JsonObject {
  const steps = all.map(found => ({ ...found, changes: step(found) }));
  for (const { object, position, record, changes } of steps) {
    const store = call.tenant.storeOf(object.apiName);
    if (changes) store.replace(position, modified(record, changes, actorOf(call)));
    else store.remove(position);
  }
  return {};
}

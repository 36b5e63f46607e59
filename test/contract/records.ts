import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../src/base/json';
import { fieldsOf, type Field } from '../../src/objects/fields';
import { queryRecords, type RecordQuery } from '../../src/records/recordCalls';
import type { BatchOperation, WriteContext } from '../../src/records/recordService';
import { requiredSamples } from '../../src/requests/sampleFields';
import type { Harness } from './harness';

/** Short forms of what cases do with records. Writes take the way through the gate that the commands take. */

export const target = ({ connection }: Harness, object: string): WriteContext => ({
  connection,
  object,
  byProgram: false,
});

/** Makes a record with all that the object requires; gives its id. */
export async function make(harness: Harness, object: string, fields: JsonObject = {}): Promise<string> {
  const body = { ...(await required(harness, object)), ...fields };
  const { id = '' } = await harness.service.create(target(harness, object), body);
  harness.made.push({ object, id });
  return id;
}

export async function read(harness: Harness, object: string, id: string): Promise<JsonObject> {
  return (await harness.service.get(harness.connection, object, id)).record;
}

export async function find(harness: Harness, object: string, query: RecordQuery): Promise<JsonObject[]> {
  return (await queryRecords(harness.client, object, query)).records;
}

export function update(harness: Harness, object: string, id: string, fields: JsonObject) {
  return harness.service.update(target(harness, object), id, fields);
}

/** Carries an operation out on records and tells how many of them it failed for. */
export async function run(harness: Harness, object: string, operation: BatchOperation, ...ids: string[]) {
  const { succeeded, failed } = await harness.service.batch(target(harness, object), operation, ids, harness.colleague);
  return { succeeded: succeeded.length, failed: failed.length };
}

/** The fields of an object that a new record must have, look-ups pointing to any record. */
export async function required(harness: Harness, object: string): Promise<JsonObject> {
  const { client, objects, connection } = harness;
  const fields = fieldsOf(await objects.describe(client, object));
  const entries = requiredSamples(fields, { employeeId: connection.userId, now: Date.now() }).map(
    async ({ apiName, value }) => {
      const field = fields.find(each => each.apiName === apiName);
      return [apiName, await better(harness, field, value)] as const;
    },
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function better(harness: Harness, field: Field | undefined, sample: JsonValue): Promise<JsonValue> {
  if (field?.target !== undefined) {
    const [record] = await find(harness, field.target, { limit: 1, fields: ['_id'], count: false });
    return record?.['_id'] ?? sample;
  }
  // A name is often to be unique.
  return field?.type === 'text' ? `Contract test ${randomUUID()}` : sample;
}

export function idOf({ _id }: JsonObject): string {
  return typeof _id === 'string' ? _id : '';
}

export function without(record: JsonObject, field: string): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== field));
}

/** Removes what was made, whatever state it is in. */
export async function removeAll(harness: Harness): Promise<void> {
  for (const { object, id } of harness.made.splice(0)) {
    for (const operation of ['unlock', 'invalidate', 'delete'] as const) await run(harness, object, operation, id);
  }
}

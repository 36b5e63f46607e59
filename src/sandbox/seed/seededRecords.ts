import type { JsonObject, JsonValue } from '../../base/json';
import type { CrmObject } from '../tenant/catalogue';
import type { Field } from '../tenant/field';
import { departments, employees } from '../tenant/people';
import { approvalValue } from './approvals';
import { departmentValue, personValue } from './organization';
import { hashOfText, mix } from './random';
import type { SeededIds } from './seededIds';
import { isInvalidAt, systemValue } from './systemValues';
import { ordinaryValue } from './values';

/** What the generator needs to know of the other objects: look-ups must point to records that exist. */
export interface SeededTenant {
  seed: number;
  tenantId: string;
  idsOf(apiName: string): SeededIds | undefined;
  objectOf(apiName: string): CrmObject | undefined;
}

/**
 * The seeded records of one object. Nothing is stored: each value is a pure function of object, position, field and
 * seed, so a million records cost neither memory nor time before they are asked for.
 */
export class SeededRecords {
  private readonly objectHash: number;
  private readonly fieldHashes: Map<string, number>;

  constructor(
    readonly object: CrmObject,
    readonly ids: SeededIds,
    private readonly tenant: SeededTenant,
  ) {
    this.objectHash = mix(tenant.seed, hashOfText(object.apiName));
    this.fieldHashes = new Map([...object.fields.keys()].map(name => [name, hashOfText(name)]));
  }

  get count(): number {
    return this.ids.count;
  }

  valueAt(position: number, name: string): JsonValue | undefined {
    const field = this.object.fields.get(name);
    return field && this.fieldValueAt(position, field);
  }

  isInvalidAt(position: number): boolean {
    return isInvalidAt(this.object, this.count, position);
  }

  recordAt(position: number): JsonObject {
    const record: JsonObject = {};
    for (const field of this.object.fields.values()) {
      const value = this.fieldValueAt(position, field);
      if (value !== undefined) record[field.name] = value;
    }
    return record;
  }

  private fieldValueAt(position: number, field: Field): JsonValue | undefined {
    const { object, ids, tenant } = this;
    const at = {
      object,
      ids,
      tenant,
      position,
      hash: this.hash(position, field.name),
      rowHash: this.hash(position, '_id'),
    };
    if (object.apiName === 'PersonnelObj') {
      const value = personValue(field.name, position);
      if (value !== undefined) return value;
    } else if (object.apiName === 'DepartmentObj') {
      const value = departmentValue(field.name, position);
      if (value !== undefined) return value;
    }
    const ofApproval = approvalValue(field.name, at);
    if (ofApproval !== undefined) return ofApproval;
    return field.defineType === 'system' && field.name !== 'name' ? systemValue(field, at) : ordinaryValue(field, at);
  }

  private hash(position: number, fieldName: string): number {
    return mix(this.objectHash, this.fieldHashes.get(fieldName) ?? 0, position);
  }
}

/** Everything that a single seeded value is computed from. */
export interface SeedPoint {
  object: CrmObject;
  ids: SeededIds;
  tenant: SeededTenant;
  position: number;
  /** Differs by field. */
  hash: number;
  /** The same for all fields of a record. */
  rowHash: number;
}

/** How many records of an object are seeded; organization objects follow the people data. */
export function seededCount(apiName: string, counts: Record<string, number>): number {
  if (apiName === 'PersonnelObj') return employees.length;
  if (apiName === 'DepartmentObj') return departments.length;
  return counts[apiName] ?? 8 + (hashOfText(apiName) % 18);
}

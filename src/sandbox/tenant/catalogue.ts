import fieldData from '../data/fields.json';
import objectData from '../data/objects.json';
import type { Field, FieldType } from './field';
import { systemFields } from './systemFields';

export type Operation =
  'get' | 'query' | 'create' | 'update' | 'changeOwner' | 'invalidate' | 'recover' | 'delete' | 'lock';

export interface CrmObject {
  apiName: string;
  label: string;
  kind: 'preset' | 'custom';
  /** `read` objects belong to a process engine and have only get and query; `none` have no data endpoints at all. */
  operations: 'all' | 'read' | 'none';
  /** Price-book lines may be deleted without being invalidated first. */
  deletesDirectly: boolean;
  /** The master-detail field, when this is a detail object. */
  masterField?: Field;
  /** API names of the detail objects. */
  details: string[];
  fields: ReadonlyMap<string, Field>;
}

/** One field in the data files: label, type and the rest of a `Field`. */
type FieldEntry = [string, string, Partial<Field>?];
type FieldEntries = Record<string, FieldEntry>;
interface ObjectEntry {
  apiName: string;
  label: string;
  group?: string;
  operations?: string;
  deletesDirectly?: boolean;
  fields: FieldEntries;
}

const common = fieldData.common as unknown as FieldEntries;
const byGroup = fieldData.groups as unknown as Record<string, FieldEntries>;
const byObject = fieldData.objects as unknown as Record<string, FieldEntries>;

/** All objects of the tenant, preset ones in the order of the published menu, custom ones last. */
export function buildCatalogue(): ReadonlyMap<string, CrmObject> {
  const preset = (objectData as unknown as ObjectEntry[]).map(entry => toObject(entry, 'preset'));
  const custom = (fieldData.custom as unknown as ObjectEntry[]).map(entry => toObject(entry, 'custom'));
  const objects = new Map([...preset, ...custom].map(object => [object.apiName, object]));
  for (const object of objects.values()) {
    if (object.masterField?.target) objects.get(object.masterField.target)?.details.push(object.apiName);
  }
  return objects;
}

function toObject(entry: ObjectEntry, kind: CrmObject['kind']): CrmObject {
  const own = byObject[entry.apiName];
  // Key fields of the published catalogue come first; an object without fields of its own gets those of its group.
  const entries = { ...entry.fields, ...(own ?? byGroup[entry.group ?? '']), ...(own ? {} : common) };
  const fields = new Map<string, Field>();
  for (const [name, [label, type, more]] of Object.entries(entries)) {
    const known = entry.fields[name]?.[2];
    const defineType = name.endsWith('__c') ? 'custom' : name === 'name' ? 'system' : 'package';
    fields.set(name, { name, label, type: type as FieldType, defineType, ...known, ...more });
  }
  for (const field of systemFields) if (!fields.has(field.name)) fields.set(field.name, field);
  const masterField = [...fields.values()].find(field => field.type === 'master_detail');
  return {
    apiName: entry.apiName,
    label: entry.label,
    kind,
    operations: (entry.operations ?? 'all') as CrmObject['operations'],
    deletesDirectly: entry.deletesDirectly ?? false,
    ...(masterField && { masterField }),
    details: [],
    fields,
  };
}

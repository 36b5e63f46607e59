import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import type { CrmObject } from '../tenant/catalogue';
import { kindOf, type Field } from '../tenant/field';
import { systemUserId, toOpenUserId } from '../tenant/people';
import type { Tenant } from '../tenant/tenant';
import { asText } from '../text';

export interface Presentation {
  /** Fields to show with their companions; `_id` is always shown. All when undefined. */
  projection?: ReadonlySet<string>;
  /** Empty fields as null instead of leaving them out. */
  includeNull: boolean;
  /** Employees as FSUID_… instead of numbers. */
  openUserIds: boolean;
  /** findSimple leaves out what has to be computed. */
  withoutComputed?: boolean;
}

/** A record by its fields' names, so that a projection need not have the others generated. */
type ValueOf = (name: string) => JsonValue | undefined;

/** A record as an answer carries it: its fields and their companions (`__r`, `__l`, …; api-facts.md 4.2 and 4.3). */
export function present(tenant: Tenant, object: CrmObject, valueOf: ValueOf, how: Presentation): JsonObject {
  const shown: JsonObject = {};
  for (const field of object.fields.values()) {
    if (how.projection && field.name !== '_id' && !how.projection.has(field.name)) continue;
    if (how.withoutComputed && ['formula', 'count', 'quote'].includes(field.type)) continue;
    if (kindOf(field) === 'none' && field.name !== 'relevant_team') continue;
    if (field.type === 'quote') showQuote(tenant, object, valueOf, field, shown);
    else showField(tenant, valueOf, field, how, shown);
    if (how.includeNull && shown[field.name] === undefined) shown[field.name] = null;
  }
  return shown;
}

function showField(tenant: Tenant, valueOf: ValueOf, field: Field, how: Presentation, shown: JsonObject): void {
  const value = valueOf(field.name);
  if (isEmpty(value)) return;
  shown[field.name] = how.openUserIds ? withOpenUserIds(field, value) : value;
  const add = (suffix: string, companion: JsonValue | undefined): void => {
    if (companion !== undefined) shown[`${field.name}__${suffix}`] = companion;
  };
  const other = valueOf(`${field.name}__o`);
  if (!isEmpty(other)) add('o', other);
  switch (field.type) {
    case 'employee':
    case 'employee_many':
      addMaps(value, id => tenant.organization.personMap(id), add);
      break;
    case 'department':
    case 'department_many':
      addMaps(value, id => tenant.organization.departmentMap(id), add);
      break;
    case 'object_reference':
    case 'master_detail':
      add('r', nameOf(tenant, field, value));
      add('relation_ids', value);
      break;
    case 'object_reference_many':
      add(
        'r',
        textsOf(value)
          .map(id => nameOf(tenant, field, id))
          .join(','),
      );
      add('relation_ids', textsOf(value).join(','));
      break;
    case 'country':
    case 'province':
    case 'city':
    case 'district':
      add('r', field.options?.[asText(value)]);
      break;
    case 'phone_number':
      add('p', '北京市');
      break;
    case 'html_rich_text':
      add('o', asText(value).replaceAll(/<[^>]*>/g, ''));
      add('e', value);
      break;
    default:
      if (field.name === 'relevant_team') add('r', teamNames(tenant, value));
  }
}

function showQuote(tenant: Tenant, object: CrmObject, valueOf: ValueOf, field: Field, shown: JsonObject): void {
  const quoted = tenant.quoted(object, field, valueOf);
  if (!quoted) return;
  shown[field.name] = quoted.label ?? quoted.value;
  if (quoted.label !== undefined) shown[`${field.name}__v`] = quoted.value;
}

/** `__r` is the first one's map, `__l` the list of all. */
function addMaps(
  value: JsonValue | undefined,
  mapOf: (id: string) => JsonObject | undefined,
  add: (suffix: string, companion: JsonValue | undefined) => void,
): void {
  const maps = textsOf(value)
    .map(mapOf)
    .filter(map => map !== undefined);
  add('r', maps[0]);
  if (maps.length > 0) add('l', maps);
}

const nameOf = (tenant: Tenant, { target }: Field, id: JsonValue | undefined): string | undefined =>
  target !== undefined && typeof id === 'string' ? tenant.nameOf(target, id) : undefined;

/** The team's names in one text, as `relevant_team__r` has them. */
function teamNames({ organization }: Tenant, team: JsonValue | undefined): string {
  const nameOfPerson = (id: string): string =>
    id === systemUserId ? '系统' : (organization.people.get(id)?.name ?? '');
  const names = teamIds(team).map(nameOfPerson);
  return names.filter(name => name !== '').join(',');
}

function teamIds(team: JsonValue | undefined): string[] {
  const entries = Array.isArray(team) ? team.filter(isJsonObject) : [];
  return entries.flatMap(entry => textsOf(entry['teamMemberEmployee']));
}

function withOpenUserIds(field: Field, value: JsonValue | undefined): JsonValue {
  if (field.name === 'relevant_team' && Array.isArray(value)) {
    return value
      .filter(isJsonObject)
      .map(entry => ({ ...entry, teamMemberEmployee: textsOf(entry['teamMemberEmployee']).map(toOpenUserId) }));
  }
  const isPeople = field.type === 'employee' || field.type === 'employee_many';
  return isPeople ? textsOf(value).map(toOpenUserId) : (value ?? null);
}

const textsOf = (value: JsonValue | undefined): string[] => (Array.isArray(value) ? value.map(asText) : []);

export function isEmpty(value: JsonValue | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

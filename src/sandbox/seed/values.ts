import type { JsonValue } from '../../base/json';
import type { Field } from '../tenant/field';
import { departments, employees } from '../tenant/people';
import { mix, pick } from './random';
import { isInvalidAt } from './systemValues';
import type { SeedPoint, SeededTenant } from './seededRecords';
import { placeOf, sampleText } from './words';

const day = 86_400_000;
const hour = 3_600_000;
/** Dates are midnights of this zone, as describe's time_zone says. */
const gmt8 = 8 * hour;

/** Longitude and latitude of the cities in which records are, in the order of `words.cities`. */
const centres: readonly (readonly [number, number])[] = [
  [116.4, 39.9],
  [121.47, 31.23],
  [120.16, 30.27],
  [113.26, 23.13],
];

/** A plausible value of an ordinary field, or undefined where the record leaves it empty. */
export function ordinaryValue(field: Field, at: SeedPoint): JsonValue | undefined {
  const mayBeEmpty = !field.required && field.name !== 'name' && field.type !== 'true_or_false';
  if (mayBeEmpty && mix(at.hash, 7) % 6 === 0) return undefined;
  // Not counted from the rows: a few, as a count of related records usually is.
  if (field.type === 'count') return String(at.hash % 12);
  return valueOfType(field, field.returns ?? field.type, at);
}

/** One line a type: a table in the shape of a switch, which the compiler holds complete. */
function valueOfType(field: Field, type: Field['type'], at: SeedPoint): JsonValue | undefined {
  const { hash } = at;
  switch (type) {
    case 'text':
      return sampleText(field, at);
    case 'long_text':
      return sampleText({ ...field, sample: 'sentence' }, at);
    case 'html_rich_text':
      return `<p>${sampleText({ ...field, sample: 'sentence' }, at)}</p>`;
    case 'number':
      return ((hash % 5000) / 10 ** (field.decimals ?? 0)).toFixed(field.decimals ?? 0);
    case 'currency':
      return ((hash % 50_000_000) / 100).toFixed(2);
    case 'percentile':
      return ((hash % 1001) / 10).toFixed(1);
    case 'select_one':
    case 'record_type':
    case 'country':
      return oneOption(field, at);
    case 'province':
    case 'city':
    case 'district':
      return placeOption(field, at);
    case 'select_many':
    case 'tag':
      return someOptions(field, hash);
    case 'date':
      return Math.floor((moment(at) + gmt8) / day) * day - gmt8;
    case 'date_time':
      return moment(at);
    case 'time':
      return (8 + (hash % 10)) * hour - gmt8 + (hash % 4) * 15 * 60_000;
    case 'true_or_false':
      return hash % 3 === 0;
    case 'phone_number':
      return sampleText({ ...field, sample: 'phone' }, at);
    case 'email':
      return `user${hash % 100_000}@example.com`;
    case 'url':
      return `https://www.example.com/${hash % 100_000}`;
    case 'employee':
      return [pick(employees, hash).id];
    case 'employee_many':
      return distinct([pick(employees, hash).id, pick(employees, mix(hash, 2)).id]);
    case 'department':
      return [pick(departments, hash).id];
    case 'department_many':
      return distinct([pick(departments, hash).id, pick(departments, mix(hash, 2)).id]);
    case 'object_reference':
      return lookUp(at.tenant, field.target, hash);
    case 'object_reference_many':
      return distinct([lookUp(at.tenant, field.target, hash), lookUp(at.tenant, field.target, mix(hash, 2))]);
    case 'master_detail':
      return masterOf(at, field.target);
    case 'file_attachment':
      return [file(`${field.label}.pdf`, 'pdf', hash)];
    case 'image':
    case 'signature':
      return [{ ...file(`${field.label}.jpg`, 'jpg', hash), isImage: true }];
    case 'location':
      return location(field, at);
    case 'auto_number':
      return sampleText({ ...field, sample: 'auto_number' }, at);
    case 'formula':
    case 'count':
    case 'quote': // computed when it is read, from the record that the look-up names
    case 'group':
    case 'embedded_object_list':
    case 'lock_rule':
      return undefined;
  }
}

function oneOption(field: Field, at: SeedPoint): string | undefined {
  if (!field.options && field.target) return lookUp(at.tenant, field.target, at.hash);
  const values = Object.keys(field.options ?? {});
  return values.length ? pick(values, at.hash) : undefined;
}

/** Province, city and district list the same places in the same order: those of a record belong together. */
function placeOption({ options = {} }: Field, at: SeedPoint): string | undefined {
  const values = Object.keys(options);
  return values[placeOf(at) % values.length];
}

/** `longitude#%$latitude#%$address`, somewhere in the city of the record. */
function location(field: Field, at: SeedPoint): string {
  const [longitude = 0, latitude = 0] = centres[placeOf(at)] ?? [];
  const near = (centre: number, part: number) => (centre + (part % 1000) / 10_000).toFixed(6);
  const address = sampleText({ ...field, sample: 'address' }, at);
  return [near(longitude, at.hash), near(latitude, mix(at.hash, 3)), address].join('#%$');
}

function someOptions(field: Field, hash: number): string[] {
  const values = Object.keys(field.options ?? {});
  return values.filter((_, i) => (hash >>> i) % 2 === 0).slice(0, 3);
}

/** The id of a record of the target that is there and not in the recycle bin. */
function lookUp(tenant: SeededTenant, target: string | undefined, hash: number): string | undefined {
  const ids = target === undefined ? undefined : tenant.idsOf(target);
  if (!ids || ids.count === 0 || target === undefined) return undefined;
  const position = hash % ids.count;
  const object = tenant.objectOf(target);
  return ids.idAt(object && isInvalidAt(object, ids.count, position) ? position - 1 : position);
}

/** Details are dealt to the masters in turn, so that a master's details are found without scanning. */
function masterOf(at: SeedPoint, master: string | undefined): string | undefined {
  const ids = master === undefined ? undefined : at.tenant.idsOf(master);
  return ids && ids.count > 0 ? ids.idAt(at.position % ids.count) : undefined;
}

/** Some moment in the half year after the record was created. */
const moment = (at: SeedPoint): number => at.ids.timeAt(at.position) + (at.hash % (180 * 24 * 60)) * 60_000;

const distinct = (ids: (string | undefined)[]): string[] => [...new Set(ids.filter(id => id !== undefined))];

function file(filename: string, ext: string, hash: number): Record<string, JsonValue> {
  const path = `N_202501_01_${hash.toString(16).padStart(8, '0')}`;
  return { ext, filename, path, size: 1024 + (hash % 2_000_000) };
}

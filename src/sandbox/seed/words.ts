import words from '../data/words.json';
import type { Field } from '../tenant/field';
import { mix, pick } from './random';
import type { SeedPoint } from './seededRecords';

type Maker = (hash: number, at: SeedPoint, field: Field) => string;

/** In which of the first cities a record is: one place for all of its fields. */
export const placeOf = ({ rowHash }: SeedPoint): number => rowHash % 4;

const digits = (number: number, length: number): string => String(number).padStart(length, '0').slice(-length);
const from =
  (list: readonly string[]): Maker =>
  hash =>
    pick(list, hash);
/** A few records, each with a name of its own: the list in its order. */
const inOrder =
  (list: readonly string[]): Maker =>
  (_, { position }) =>
    pick(list, position);

const company: Maker = (hash, { object, position }) => {
  const first = object.apiName === 'AccountObj' ? words.firstCompanies[position] : undefined;
  const made = [words.cities, words.brands, words.trades, words.suffixes].map((list, i) =>
    pick(list, hash >>> (5 * i)),
  );
  return first ?? made.join('');
};
const person: Maker = hash => pick(words.surnames, hash) + pick(words.givenNames, hash >>> 6);
const address: Maker = (hash, at) =>
  `${words.cities[placeOf(at)] ?? ''}市${pick(words.roads, hash >>> 5)}${1 + (hash % 500)}号`;
const serial: Maker = (_, { position }) => digits(position + 1, 6);

const makers: Record<string, Maker> = {
  company,
  person,
  address,
  sentence: from(words.sentences),
  product: (hash, at) =>
    `${pick(words.products, at.position)} ${String.fromCharCode(65 + (hash % 26))}${100 + (hash % 900)}`,
  spec: from(words.specs),
  post: from(words.posts),
  department: from(words.departments),
  deal: (hash, at, field) => `${company(mix(hash, 3), at, field).slice(0, 6)}${pick(words.deals, hash)}`,
  process: from(words.processes),
  price_book: inOrder(words.priceBooks),
  high_seas: inOrder(words.highSeas),
  leads_pool: inOrder(words.leadsPools),
  warehouse: inOrder(words.warehouses),
  bank: (hash, at, field) => `${pick(words.banks, hash)}${address(hash, at, field).slice(0, 2)}分行`,
  bank_no: hash => `6200000000${digits(hash, 9)}`,
  event: from(words.events),
  case_title: from(words.caseTitles),
  check_item: from(words.checkItems),
  trigger: from(words.triggers),
  visitor: (_, { position }) => `访客 ${digits(position + 1, 6)}`,
  // All numbers of telephones, banks and taxes are recognizably made up.
  phone: hash => `138000${digits(hash, 5)}`,
  credit_code: hash => `91000000MA${digits(hash, 8)}`,
  barcode: hash => `690000${digits(hash, 7)}`,
  zipcode: hash => `1000${digits(hash, 2)}`,
  ip: hash => `192.0.2.${1 + (hash % 254)}`,
  code: (hash, at, field) => `P-${serial(hash, at, field)}`,
  account_no: (hash, at, field) => `KH-${serial(hash, at, field)}`,
  account_id: (hash, { tenant }) => {
    const ids = tenant.idsOf('AccountObj');
    return ids && ids.count > 0 ? ids.idAt(hash % Math.min(ids.count, 10)) : '';
  },
  auto_number: (_, at, field) => autoNumber(field, at.ids.timeAt(at.position), at.position),
};

/** Text made of the words that the field's `sample` names; other fields say their label and a serial number. */
export function sampleText(field: Field, at: SeedPoint): string {
  const make = field.sample === undefined ? undefined : makers[field.sample];
  if (make) return make(at.hash, at, field);
  return `${field.name === 'name' ? at.object.label : field.label} ${digits(at.position + 1, 4)}`;
}

/** `SO20250812-000017`: the day of creation and the record's number. */
export function autoNumber(field: Field, time: number, position: number): string {
  const date = new Date(time + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  return `${field.prefix ?? ''}${date}-${digits(position + 1, 6)}`;
}

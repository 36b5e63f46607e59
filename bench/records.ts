import { printJson, type JsonObject } from '../src/base/json';
import { systemClock } from '../src/base/clock';
import { fieldsOf, type Field } from '../src/objects/fields';
import { recordHints } from '../src/records/recordHints';
import { recordLinks } from '../src/records/recordLinks';
import { recordProblems } from '../src/records/recordProblems';
import { changesIn, recordText } from '../src/records/recordText';
import { merge } from '../src/records/recordMerge';
import { middle, type Measurement } from './measurement';

const runs = 60;
const fieldCount = 400;
/** Long texts make a record large, not many fields. */
const longCharacters = 10_000_000;

/** What we do ourselves with the text of a record, between the tenant's answer and what a person sees. */
export function records(): Promise<Measurement[]> {
  const large = largeRecord();
  return Promise.resolve([
    ...measured(`opening a record with ${fieldCount} fields`, run => open(named(wide, run)), { atMost: 30 }),
    ...measured(`a key in a record with ${fieldCount} fields`, run => look(typed(wideOpen, run)), { atMost: 30 }),
    ...measured(`saving a record with ${fieldCount} fields`, () => save(wideOpen)),
    ...measured('opening a record of 10 MB', () => open(large)),
    ...measured('saving a record of 10 MB', () => save(open(large))),
  ]);
}

interface Described {
  readonly record: JsonObject;
  readonly described: JsonObject;
}

interface Opened {
  readonly record: JsonObject;
  readonly fields: readonly Field[];
  readonly text: string;
}

const wide = wideRecord();
const wideOpen = open(wide);

/** From the tenant's answers to the text, and what stands beside it. */
function open({ record, described }: Described): Opened {
  const fields = fieldsOf(described);
  const fieldOrder = fields.map(({ apiName }) => apiName);
  const text = recordText(record, { showCompanions: false, fieldOrder });
  const opened = { record, fields, text };
  // The glue leaves out what would be parsed with every key of a large text.
  if (text.length <= 1_000_000) look(opened);
  return opened;
}

function look(opened: Opened): void {
  recordHints(opened.text, opened);
  recordLinks(opened.text, opened);
  recordProblems(opened.text, opened);
}

function save({ record, text }: Opened): void {
  const edited = text.replace('"name": "', '"name": "x');
  const edit = changesIn(edited, [record]);
  if ('problem' in edit || Object.keys(edit.changes).length !== 1) throw new Error('One field was to be changed');
  merge(edit.changes, edit.base, record);
}

/** Another text each time: the same one is not parsed twice. */
function named({ record, described }: Described, run: number): Described {
  return { record: { ...record, name: `n${run}` }, described };
}

function typed(opened: Opened, run: number): Opened {
  return { ...opened, text: opened.text.replace('"n"', `"m${run}"`) };
}

function measured(what: string, work: (run: number) => unknown, goal?: Measurement['goal']): Measurement[] {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work(run);
    times.push(performance.now() - start);
  }
  return [{ what, value: middle(times), unit: 'ms', ...(goal && { goal }) }];
}

/** Of each kind that has a meaning of its own: texts, options, look-ups, times and people. */
function wideRecord(): Described {
  const record: JsonObject = {
    _id: '64f0c0ffee00000000000001',
    name: 'n',
    version: '1',
    last_modified_time: systemClock.now(),
  };
  const fields: Record<string, JsonObject> = { name: { type: 'text', label: '客户名称' } };
  const kinds: [JsonObject, JsonObject[string], JsonObject[string]?][] = [
    [{ type: 'text' }, '北京纷扬科技'],
    [
      { type: 'select_one', options: Array.from({ length: 30 }, (_, n) => ({ value: String(n), label: `选项${n}` })) },
      '7',
    ],
    [{ type: 'object_reference', target_api_name: 'AccountObj' }, '64f0c0ffee00000000000002', '首旅集团'],
    [{ type: 'date_time' }, 1763782991000],
    [{ type: 'employee' }, ['1003'], { name: '张三' }],
  ];
  for (let n = 0; n < fieldCount; n++) {
    const [field, value, companion] = kinds[n % kinds.length] ?? [{}, null];
    const name = `field_${n}__c`;
    fields[name] = { ...field, label: `字段${n}` };
    record[name] = value;
    if (companion !== undefined) record[`${name}__r`] = companion;
  }
  return { record, described: { fields } };
}

function largeRecord(): Described {
  const long = 'Zeile für Zeile, 一行又一行\n'.repeat(2000);
  const record = { ...wide.record };
  for (let size = 0, n = 0; size < longCharacters; size += long.length, n++) record[`text_${n}__c`] = long;
  if (printJson(record).length < longCharacters) throw new Error('The record was to be larger');
  return { record, described: wide.described };
}

import type { Node as JsonTree } from 'jsonc-parser';
import type { Field } from '../../objects/fields';
import { shapeOf } from '../../objects/valueShape';
import type { Path } from '../jsonPath';
import { requiredSamples } from '../sampleFields';
import type { Body } from './body';
import type { Findings } from './findings';
import { isEmpty, propertiesOf } from './jsonTree';
import type { Knowledge } from './knowledge';
import { nearest } from './nearest';
import { withProperties } from './properties';
import { isServerKept } from './serverKept';

/** What a new record, or one that comes with it, lacks; and detail records of an object that the tenant has not. */
export function checkRecords(body: Body, knowledge: Knowledge, findings: Findings): void {
  const { id } = body.endpoint;
  if (id !== 'create' && id !== 'update') return;
  if (id === 'create') checkRequired(body, knowledge, ['data', 'object_data'], findings);
  const details = body.at(['data', 'details']);
  if (details?.type !== 'object') return;
  for (const [name, value] of propertiesOf(details)) {
    const object = name.value as string;
    checkDetailObject(body, knowledge, name, findings);
    if (id !== 'create' || value.type !== 'array') continue;
    value.children?.forEach((_, at) => checkRequired(body, knowledge, ['data', 'details', object, at], findings));
  }
}

function checkDetailObject(body: Body, { objects }: Knowledge, name: JsonTree, findings: Findings): void {
  const object = name.value as string;
  if (!objects || object === '' || body.isFilledIn(name) || objects.some(({ apiName }) => apiName === object)) return;
  const span = body.spanOf(name);
  const near = nearest(
    object,
    objects.map(({ apiName }) => apiName),
  );
  const fix = near === undefined ? undefined : { ...span, text: JSON.stringify(near), isGuess: true };
  findings.add('objectUnknown', span, { object }, fix);
}

function checkRequired(body: Body, knowledge: Knowledge, path: Path, findings: Findings): void {
  const record = body.at(path);
  const object = body.objectAt(path);
  const fields = object === undefined ? undefined : knowledge.fields(object);
  if (!fields || record?.type !== 'object') return;
  const values = new Map(propertiesOf(record).map(([name, value]) => [name.value as string, value]));
  const isMissing = ({ apiName }: Field) => {
    const value = values.get(apiName);
    return value === undefined || isEmpty(value);
  };
  const missing = fields.filter(
    field => field.required && !field.hasDefault && !isSetByServer(field, path) && isMissing(field),
  );
  if (missing.length === 0) return;
  const { start } = body.spanOf(record);
  const absent = missing.filter(({ apiName }) => !values.has(apiName));
  const isWhole = body.node.problems.every(({ code }) => code !== 'jsonInvalid');
  const fix = absent.length > 0 && isWhole ? withProperties(body, record, absent.flatMap(sampleText)) : undefined;
  const names = missing.map(({ apiName }) => apiName).join(', ');
  findings.add('fieldsMissing', { start, end: start + 1 }, { fields: names }, fix && { ...fix, isGuess: true });
}

/** A detail record gets its master and its owner from the record that it comes with. */
function isSetByServer(field: Field, path: Path): boolean {
  const isDetail = path.includes('details');
  if (isDetail && (field.type === 'master_detail' || field.apiName === 'owner')) return true;
  return isServerKept(field, 'create');
}

function sampleText(field: Field): string[] {
  return requiredSamples([field], { now: 0, employeeId: '1000' }).map(({ apiName, value }) => {
    const text = shapeOf(field) === 'time' ? '{{$timestamp}}' : JSON.stringify(value);
    return `${JSON.stringify(apiName)}: ${text}`;
  });
}

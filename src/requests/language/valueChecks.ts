import { getNodeValue, type Node as JsonTree } from 'jsonc-parser';
import { endpoints, pathFor } from '../../api/endpoints';
import { printJson, type JsonValue } from '../../base/json';
import type { Field } from '../../objects/fields';
import { fits, operatorNamed, operators } from '../../objects/operators';
import { hasShape, shapeOf, type ValueShape } from '../../objects/valueShape';
import { isCompanion } from '../../records/recordFields';
import type { Path } from '../jsonPath';
import { isRecord, type Body, type Role } from './body';
import type { Findings, Fix } from './findings';
import { propertiesOf } from './jsonTree';
import type { Knowledge } from './knowledge';
import { nearest, sameButCase } from './nearest';
import { withoutProperty } from './properties';
import { isServerKept } from './serverKept';
import { inShape } from './valueFix';

/** What one source alone names: it may be taken all the same. Source: api-facts.md 7.3. */
const undocumented: ReadonlySet<string> = new Set(['EXISTS', 'NEXISTS', 'NCONTAINS']);

/** Objects, fields, operators and values that the tenant or the API does not have. */
export function checkValues(body: Body, knowledge: Knowledge, findings: Findings): void {
  const root = body.at([]);
  if (root) new ValueChecker(body, knowledge, findings).check(root, []);
}

class ValueChecker {
  constructor(
    private readonly body: Body,
    private readonly knowledge: Knowledge,
    private readonly findings: Findings,
  ) {}

  check(node: JsonTree, path: Path): void {
    if (node.type === 'array') node.children?.forEach((child, at) => this.check(child, [...path, at]));
    if (node.type === 'object') {
      for (const [name, value] of propertiesOf(node)) {
        if (isRecord(path)) this.#checkFieldName(name, path);
        this.check(value, [...path, name.value as string]);
      }
    }
    const role = this.body.roleAt(path);
    if (role && !this.body.isFilledIn(node)) this.#checkRole(role, node, path);
  }

  #checkRole(role: Role, node: JsonTree, path: Path): void {
    switch (role.is) {
      case 'object':
        this.#checkObject(node);
        break;
      case 'field':
        if (node.type === 'string') this.#mustBeField(node, path);
        break;
      case 'operator':
        this.#checkOperator(node, path, role.field);
        break;
      case 'filterValue':
        this.#checkFilterValue(node, path, role.field);
        break;
      case 'fieldValue':
        this.#checkFieldValue(node, path, role.field);
        break;
      case 'recordId':
      case 'employee':
      case 'limit':
      case 'offset':
        break;
    }
  }

  #checkObject(node: JsonTree): void {
    const { objects } = this.knowledge;
    if (!objects || node.type !== 'string') return;
    const object = node.value as string;
    if (object === '' || objects.some(({ apiName }) => apiName === object)) return;
    const names = objects.map(({ apiName }) => apiName);
    this.findings.add('objectUnknown', this.body.spanOf(node), { object }, this.#nearest(node, names));
  }

  #checkFieldName(name: JsonTree, path: Path): void {
    const field = name.value as string;
    if (field === 'dataObjectApiName' || field.startsWith('_')) return;
    const { body, findings } = this;
    const known = this.#mustBeField(name, path);
    if (body.endpoint.id === 'update' && field === 'owner') {
      const expected = pathFor(endpoints.changeOwner, body.objectAt(path));
      const fix = name.parent && withoutProperty(body, name.parent);
      findings.add('ownerInUpdate', body.spanOf(name), { path: expected }, fix);
    } else if (known && isServerKept(known, body.endpoint.id)) {
      findings.add('fieldReadOnly', body.spanOf(name), { field });
    }
  }

  #mustBeField(node: JsonTree, path: Path): Field | undefined {
    const object = this.body.objectAt(path);
    const fields = object === undefined ? undefined : this.knowledge.fields(object);
    const field = node.value as string;
    const known = fields?.find(({ apiName }) => apiName === field);
    if (!fields || object === undefined || known || field === '' || isBesideFields(field)) return known;
    const names = fields.map(({ apiName }) => apiName);
    this.findings.add('fieldUnknown', this.body.spanOf(node), { field, object }, this.#nearest(node, names));
    return undefined;
  }

  #checkOperator(node: JsonTree, path: Path, fieldName: string | undefined): void {
    if (node.type !== 'string' || node.value === '') return;
    const { body, findings } = this;
    const operator = node.value as string;
    const known = operatorNamed(operator);
    if (!known) {
      this.#addUnknownOperator(node, operator);
      return;
    }
    const field = this.#field(path, fieldName);
    if (field && !fits(known, field)) {
      findings.add('operatorUnfit', body.spanOf(node), { operator, field: field.apiName, type: field.type });
    }
    const values = body.at([...path.slice(0, -1), 'field_values']);
    const count = values?.type === 'array' ? values.children?.length : undefined;
    const { values: expected } = known;
    if (values && count !== undefined && (expected === 'one' || expected === 'two')) {
      const wanted = expected === 'one' ? 1 : 2;
      if (count !== wanted) findings.add('valueCount', body.spanOf(values), { operator, expected });
    }
  }

  #addUnknownOperator(node: JsonTree, operator: string): void {
    const { body, findings } = this;
    if (undocumented.has(operator)) {
      findings.add('operatorUndocumented', body.spanOf(node), { operator });
      return;
    }
    const names = operators.map(({ name }) => name);
    const fix =
      operator.toUpperCase() === 'NEQ' ? { ...this.#renamed(node, 'N'), isGuess: true } : this.#nearest(node, names);
    findings.add('operatorUnknown', body.spanOf(node), { operator }, fix);
  }

  /** Which values an operator looks into as text is not a matter of types and options. */
  #checkFilterValue(node: JsonTree, path: Path, fieldName: string | undefined): void {
    const field = this.#field(path, fieldName);
    if (!field || node.type === 'array' || node.type === 'null') return;
    const operator = this.body.textAt([...path.slice(0, path.indexOf('filters') + 2), 'operator']);
    if (operator === undefined || /LIKE|WITH|^IS/.test(operator)) return;
    this.#mustBeOption(node, field);
    const expected = shapeOf(field);
    if (node.value === '' || !expected || isComparable(node, expected)) return;
    this.findings.add('valueUnfit', this.body.spanOf(node), { field: field.apiName, expected: memberOf(expected) });
  }

  #checkFieldValue(node: JsonTree, path: Path, fieldName: string): void {
    const field = this.#field(path, fieldName);
    if (!field || node.type === 'null') return;
    const expected = shapeOf(field);
    const isElement = typeof path.at(-1) === 'number';
    if (isElement || (node.type === 'string' && expected !== 'texts')) this.#mustBeOption(node, field);
    // An empty text empties any field.
    if (isElement || node.value === '' || !expected) return;
    if (hasShape(getNodeValue(node) as JsonValue, expected)) return;
    const span = this.body.spanOf(node);
    const text = inShape(node, this.body.node.textOf(node), expected);
    this.findings.add('valueUnfit', span, { field: field.apiName, expected }, withText(span, text));
  }

  #mustBeOption(node: JsonTree, { apiName, options }: Field): void {
    if (options.length === 0 || node.type !== 'string' || node.value === '') return;
    const value = node.value as string;
    if (options.some(option => option.value === value)) return;
    const [meant, ...others] = options.filter(({ label }) => label === value);
    const fix = meant && others.length === 0 ? this.#renamed(node, meant.value) : undefined;
    this.findings.add('optionUnknown', this.body.spanOf(node), { value, field: apiName }, fix);
  }

  #field(path: Path, name: string | undefined): Field | undefined {
    const object = this.body.objectAt(path);
    const fields = object === undefined ? undefined : this.knowledge.fields(object);
    return fields?.find(({ apiName }) => apiName === name);
  }

  #nearest(node: JsonTree, names: readonly string[]): Fix | undefined {
    const typed = node.value as string;
    const meant = nearest(typed, names);
    if (meant === undefined) return undefined;
    return { ...this.#renamed(node, meant), isGuess: sameButCase(typed, [meant]) === undefined };
  }

  #renamed(node: JsonTree, name: string): Fix {
    return { ...this.body.spanOf(node), text: JSON.stringify(name) };
  }
}

/** A field of a looked-up record, or what explains a field. */
export function isBesideFields(name: string): boolean {
  return name.includes('.') || isCompanion(name);
}

/** A filter compares with texts and numbers, also where the field holds a list. */
function isComparable(node: JsonTree, shape: ValueShape): boolean {
  if (node.type === 'object') return false;
  const value = getNodeValue(node) as JsonValue;
  switch (shape) {
    case 'number':
      return hasShape(value, shape);
    case 'time':
      return /^"?-?\d+"?$/.test(printJson(value));
    case 'boolean':
      return /^"?(true|false|0|1)"?$/.test(printJson(value));
    case 'text':
    case 'texts':
    case 'list':
      return node.type !== 'boolean';
  }
}

/** What a list of texts has. */
function memberOf(shape: ValueShape): ValueShape {
  return shape === 'texts' || shape === 'list' ? 'text' : shape;
}

function withText(span: { start: number; end: number }, text: string | undefined): Fix | undefined {
  return text === undefined ? undefined : { ...span, text };
}

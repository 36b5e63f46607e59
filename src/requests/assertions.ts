import { LosslessNumber } from 'lossless-json';
import { isJsonObject, printJson, type JsonValue } from '../base/json';
import { compareDecimals } from './decimal';
import { valueAt, type Path } from './jsonPath';
import type { AssertionOperator, Span } from './nodes';

/** An assertion with its variables filled in; the span is its line in the request file. */
export interface Assertion extends Span {
  text: string;
  path: Path;
  operator: AssertionOperator;
  /** Absent for `exists`. */
  expected?: JsonValue;
}

/** Why an assertion could not be decided, and therefore failed. */
export type AssertionFault = 'pathMissing' | 'notComparable' | 'notSearchable' | 'patternInvalid';

export interface AssertionResult extends Span {
  text: string;
  passed: boolean;
  /** What stands at the path, if anything does. */
  actual?: JsonValue;
  reason?: AssertionFault;
}

/** Holds a body against assertions. Never throws: what makes no sense has failed. */
export function evaluate(assertions: readonly Assertion[], body: JsonValue | undefined): AssertionResult[] {
  return assertions.map(assertion => {
    const { text, start, end, path } = assertion;
    const actual = body === undefined ? undefined : valueAt(body, path);
    if (actual === undefined) return { text, start, end, passed: false, reason: 'pathMissing' };
    const outcome = decide(assertion.operator, actual, assertion.expected ?? null);
    const result = { text, start, end, actual };
    return typeof outcome === 'boolean'
      ? { ...result, passed: outcome }
      : { ...result, passed: false, reason: outcome };
  });
}

function decide(operator: AssertionOperator, actual: JsonValue, expected: JsonValue): boolean | AssertionFault {
  switch (operator) {
    case 'exists':
      return true;
    case '==':
      return isEqual(actual, expected);
    case '!=':
      return !isEqual(actual, expected);
    case 'contains':
      return contains(actual, expected);
    case 'matches':
      return matches(actual, expected);
    default: {
      const order = compare(actual, expected);
      if (order === undefined) return 'notComparable';
      return { '>': order > 0, '>=': order >= 0, '<': order < 0, '<=': order <= 0 }[operator];
    }
  }
}

/** Equal as JSON: numbers by value, objects whatever the order of their keys; `"1"` is not `1`. */
function isEqual(a: JsonValue, b: JsonValue): boolean {
  if (isNumber(a) && isNumber(b)) return String(a) === String(b) || compareDecimals(String(a), String(b)) === 0;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => isEqual(item, b[at] ?? null));
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every(key => Object.hasOwn(b, key) && isEqual(a[key] ?? null, b[key] ?? null))
    );
  }
  return a === b;
}

/** By value if both look like numbers, which the API often writes as strings; else as text if both are strings. */
function compare(a: JsonValue, b: JsonValue): number | undefined {
  const numeric = isScalar(a) && isScalar(b) ? compareDecimals(String(a), String(b)) : undefined;
  if (numeric !== undefined || typeof a !== 'string' || typeof b !== 'string') return numeric;
  return a === b ? 0 : a < b ? -1 : 1;
}

function contains(actual: JsonValue, expected: JsonValue): boolean | AssertionFault {
  if (Array.isArray(actual)) return actual.some(item => isEqual(item, expected));
  const wanted = typeof expected === 'string' ? expected : printJson(expected);
  if (typeof actual === 'string') return actual.includes(wanted);
  return isJsonObject(actual) ? Object.hasOwn(actual, wanted) : 'notSearchable';
}

function matches(actual: JsonValue, expected: JsonValue): boolean | AssertionFault {
  if (typeof expected !== 'string') return 'patternInvalid';
  if (typeof actual === 'object' && !isNumber(actual)) return 'notSearchable';
  try {
    return new RegExp(expected).test(String(actual));
  } catch {
    return 'patternInvalid';
  }
}

function isNumber(value: JsonValue): value is number | LosslessNumber {
  return typeof value === 'number' || value instanceof LosslessNumber;
}

function isScalar(value: JsonValue): value is string | number | LosslessNumber {
  return typeof value === 'string' || isNumber(value);
}

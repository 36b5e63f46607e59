import { JsonNode } from './jsonNode';
import { parsePath } from './jsonPath';
import { assertionOperators, type AssertionNode, type Span } from './nodes';
import { problem, type Problem } from './problems';
import { readAscii, trimmed, type Line } from './scanner';

/** Reads `?? path operator value` from a line whose parts are known. */
export function parseAssertion(source: string, line: Line, problems: Problem[]): AssertionNode {
  const whole = trimmed(source, line.start, line.end);
  const { marks, path, operator, value } = line.groups;
  const assertion: AssertionNode = { kind: 'assertion', ...whole };
  if (!marks || !path || !operator || !value) return assertion;
  readAscii(source, marks, problems);
  readAssertedPath(source, assertion, path, problems);
  const sign = readAscii(source, operator, problems);
  const known = assertionOperators.find(candidate => candidate === sign);
  if (known) assertion.operator = known;
  else if (sign !== '') problems.push(problem('assertionOperatorUnknown', operator, { operator: sign }));
  else if (path.start < path.end) problems.push(problem('assertionOperatorMissing', path, {}));
  if (known) readValue(source, assertion, value, problems);
  return assertion;
}

function readAssertedPath(source: string, assertion: AssertionNode, span: Span, problems: Problem[]): void {
  const text = source.slice(span.start, span.end);
  // JSONPath, as other tools have it, begins at the root by name.
  const path = parsePath(text.replace(/^\$(?:\.|(?=\[))/, ''));
  if (path) assertion.path = path;
  else problems.push(problem('assertionPathInvalid', text === '' ? assertion : span, { path: text }));
}

function readValue(source: string, assertion: AssertionNode, span: Span, problems: Problem[]): void {
  if (assertion.operator === 'exists') {
    if (span.start < span.end) problems.push(problem('assertionValueUnexpected', span, {}));
    return;
  }
  const value = JsonNode.read(source, span);
  if (!value) {
    problems.push(problem('assertionValueMissing', assertion, {}));
    return;
  }
  assertion.value = value;
  const found = value.problems;
  for (const fault of found) if (fault.code !== 'jsonInvalid') problems.push(fault);
  if (found.some(({ code }) => code === 'jsonInvalid')) problems.push(problem('assertionValueInvalid', span, {}));
}

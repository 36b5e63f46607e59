import type { Span } from './nodes';

type Nothing = Record<string, never>;

/** What can be wrong with a request file, and what the sentence about it needs to know. */
interface ProblemData {
  // The text, found by `parse`.
  fullWidthPunctuation: { found: string; expected: string };
  directiveUnknown: { name: string };
  directiveValueMissing: { name: string };
  directiveDuplicate: { name: string };
  directiveMisplaced: { name: string };
  nameInvalid: { name: string };
  nameDuplicate: { name: string };
  variableMalformed: Nothing;
  variableNameInvalid: { name: string };
  variableDuplicate: { name: string };
  requestLineMissing: Nothing;
  methodMissing: Nothing;
  methodUnknown: { method: string };
  methodUnusual: { method: string };
  pathMissing: Nothing;
  pathInvalid: { path: string };
  headerMalformed: Nothing;
  headerNameInvalid: { name: string };
  headerReserved: { name: string };
  headerDuplicate: { name: string };
  blankLineMissing: Nothing;
  bodyFilePathMissing: Nothing;
  // What files for other HTTP clients have.
  bodyFileVariables: Nothing;
  scriptUnsupported: Nothing;
  responseFileUnsupported: Nothing;
  /** `expected` says the same here; `undefined` where nothing does. */
  responsePathForeign: { expected: string | undefined };
  /** `error` is a name of jsonc-parser's `ParseErrorCode`, such as `CommaExpected`. */
  jsonInvalid: { error: string };
  jsonTooDeep: { limit: number };
  /** Another request begins where the body, or what stands below it, goes on. */
  separatorMissing: Nothing;
  unexpectedText: Nothing;
  assertionPathInvalid: { path: string };
  assertionOperatorMissing: Nothing;
  assertionOperatorUnknown: { operator: string };
  assertionValueMissing: Nothing;
  assertionValueInvalid: Nothing;
  assertionValueUnexpected: Nothing;
  templateUnclosed: Nothing;
  templateMalformed: { text: string };
  builtinUnknown: { name: string };
  builtinArgumentMissing: { name: string };
  builtinArgumentUnexpected: { name: string };
  // The values, found by `prepare` and `variableProblems`.
  variableUnknown: { name: string };
  variableCycle: { names: string[] };
  variableNotJson: { name: string };
  responseMissing: { name: string };
  responseOfOtherTenant: { name: string; tenant: string };
  responsePathMissing: { name: string; path: string };
  environmentVariableMissing: { name: string };
  promptCancelled: { question: string };
  secretMissing: { name: string };
  headerValueInvalid: { name: string };
  bodyFileUnreadable: { path: string };
  bodyFileInvalid: { path: string; error: string };
}

export type ProblemCode = keyof ProblemData;

/** Something wrong, with its place in the text; the glue turns it into a sentence. */
export type Problem = { [C in ProblemCode]: Span & { code: C; data: ProblemData[C] } }[ProblemCode];

export function problem<C extends ProblemCode>(code: C, at: Span, data: ProblemData[C]): Problem {
  return { code, start: at.start, end: at.end, data } as Problem;
}

const warnings: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'directiveUnknown',
  'nameDuplicate',
  'variableDuplicate',
  'methodMissing',
  'blankLineMissing',
  'templateUnclosed',
  'scriptUnsupported',
  'responseFileUnsupported',
  'responsePathForeign',
]);

/** A request with an error is not sent; one with warnings is. */
export function isError({ code }: Problem): boolean {
  return !warnings.has(code);
}

import ts from 'typescript';
import { everyNode, placeOf, type Finding, type SourceProgram } from './sourceProgram';

export interface LocalizedMessage {
  /** Under which VS Code looks the translation up: the message, or `message/comment`. */
  readonly key: string;
  readonly message: string;
  readonly at: string;
}

/**
 * Every `vscode.l10n.t(…)` of the sources. What VS Code's extractor and a reader of the source could miss
 * (another name for `t`, a message put together) is a finding, as are placeholders without their value.
 */
export function localizedMessages({ files }: SourceProgram): { messages: LocalizedMessage[]; findings: Finding[] } {
  const messages: LocalizedMessage[] = [];
  const findings: Finding[] = [];
  for (const node of files.flatMap(everyNode)) {
    if (!namesL10n(node)) continue;
    const at = placeOf(node);
    const call = callOfT(node);
    const read = call ? readCall(call) : 'is not called as vscode.l10n.t(…): the extractor does not follow other names';
    if (typeof read === 'string') {
      findings.push({ at, problem: `l10n ${read}` });
      continue;
    }
    messages.push({ key: read.key, message: read.message, at });
    findings.push(...argumentProblems(read).map(problem => ({ at, problem })));
  }
  return { messages, findings };
}

/** The names in `{name}` and `{0}`. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort();
}

function namesL10n(node: ts.Node): boolean {
  return (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === 'l10n';
}

function callOfT(name: ts.Node): ts.CallExpression | undefined {
  const l10n = name.parent;
  if (!ts.isPropertyAccessExpression(l10n) || l10n.name !== name || l10n.expression.getText() !== 'vscode') return;
  const t = l10n.parent;
  if (!ts.isPropertyAccessExpression(t) || t.expression !== l10n || t.name.text !== 't') return;
  return ts.isCallExpression(t.parent) && t.parent.expression === t ? t.parent : undefined;
}

interface Read {
  readonly key: string;
  readonly message: string;
  /** The names that placeholders can have: `0`, `1`, … for a list; undefined where the source does not say. */
  readonly given: readonly string[] | undefined;
}

function readCall({ arguments: [first, ...rest] }: ts.CallExpression): Read | string {
  if (first && ts.isStringLiteral(first)) return { key: first.text, message: first.text, given: givenNames(rest) };
  if (!first || !ts.isObjectLiteralExpression(first)) return 'is given something else than one plain string';
  const message = property(first, 'message');
  if (!message || !ts.isStringLiteral(message)) return 'is given a message that is not one plain string';
  const comment = property(first, 'comment');
  const comments: ts.Expression[] = !comment
    ? []
    : ts.isArrayLiteralExpression(comment)
      ? [...comment.elements]
      : [comment];
  if (!comments.every(ts.isStringLiteral)) return 'is given a comment that is not plain strings';
  const suffix = comments.map(({ text }) => text).join('');
  const args = property(first, 'args');
  const list = !args ? [] : ts.isArrayLiteralExpression(args) ? args.elements : [args];
  return {
    key: suffix === '' ? message.text : `${message.text}/${suffix}`,
    message: message.text,
    given: givenNames(list),
  };
}

function givenNames(args: readonly ts.Expression[]): string[] | undefined {
  const [only] = args;
  if (only && ts.isObjectLiteralExpression(only)) {
    const names = only.properties.map(({ name }) => (name && ts.isIdentifier(name) ? name.text : undefined));
    return names.every(name => name !== undefined) ? names : undefined;
  }
  return args.some(ts.isSpreadElement) ? undefined : args.map((_, index) => String(index));
}

function argumentProblems({ message, given }: Read): string[] {
  if (!given) return [`the values for “${message}” cannot be told from the source`];
  const wanted = placeholders(message);
  return [
    ...wanted.filter(name => !given.includes(name)).map(name => `“${message}” gets no value for {${name}}`),
    ...given.filter(name => !wanted.includes(name)).map(name => `“${message}” has no place for the value {${name}}`),
  ];
}

function property(object: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  return object.properties
    .filter(ts.isPropertyAssignment)
    .find(({ name }) => (ts.isIdentifier(name) || ts.isStringLiteral(name)) && name.text === key)?.initializer;
}

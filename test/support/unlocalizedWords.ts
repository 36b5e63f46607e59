import ts from 'typescript';
import { everyNode, placeOf, type Finding, type SourceProgram } from './sourceProgram';

/** Calls and constructors whose arguments at these positions a person reads. */
const spokenArguments = new Map<string, readonly number[]>([
  ...['showInformationMessage', 'showWarningMessage', 'showErrorMessage'].map(name => [name, [0, 1, 2, 3, 4]] as const),
  ...['setStatusBarMessage', 'TreeItem', 'MarkdownString', 'appendMarkdown', 'appendText'].map(n => [n, [0]] as const),
  ...['Unavailable', 'NoPermissions', 'FileNotFound', 'CodeAction', 'UserError'].map(name => [name, [0]] as const),
  ...['Diagnostic', 'InlayHint'].map(name => [name, [1]] as const),
  // Our own.
  ['messageNode', [0]],
  ['askChoice', [0, 1]],
]);

/** Properties of the editor's objects and options that a person reads, in a literal or assigned. */
const spokenProperties = new Set([
  ...['label', 'description', 'detail', 'tooltip', 'title', 'prompt', 'placeHolder', 'placeholder'],
  ...['message', 'validationMessage', 'contentText'],
]);

/** The same in every language. */
const universal = new Set(['ms', 'API', 'CRM', 'Fxiaoke', 'HTTP', 'JSON', 'OpenAPI', 'traceId', 'thirdTraceId']);

/**
 * Words in the source that a person would read in English whatever the display language. A value is followed
 * through constants and the functions of our own that return it.
 */
export function unlocalizedWords({ files, checker }: SourceProgram): Finding[] {
  const found = new Map<ts.Node, string>();
  const texts = new LiteralTexts(checker);
  for (const file of files) {
    const glue = /\/vscode\/|^src\/extension\.ts$/.test(file.fileName);
    for (const node of everyNode(file)) {
      for (const spoken of spokenExpressions(node, glue)) {
        for (const { literal, text } of texts.of(spoken)) if (hasWords(text)) found.set(literal, text.trim());
      }
    }
  }
  return [...found].map(([node, text]) => ({ at: placeOf(node), problem: `“${text}” is not localized` }));
}

/** Core files speak by `UserError` only; everything else they hand out is codes and data. */
function spokenExpressions(node: ts.Node, glue: boolean): ts.Expression[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const name = calledName(node.expression);
    if (name === undefined || (!glue && name !== 'UserError')) return [];
    return (spokenArguments.get(name) ?? []).flatMap(index => node.arguments?.[index] ?? []);
  }
  if (!glue) return [];
  if (ts.isPropertyAssignment(node)) return isSpoken(node.name) ? [node.initializer] : [];
  if (ts.isShorthandPropertyAssignment(node)) return isSpoken(node.name) ? [node.name] : [];
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  const { left } = node;
  return ts.isPropertyAccessExpression(left) && (isSpoken(left.name) || left.name.text === 'text') ? [node.right] : [];
}

function isSpoken(name: ts.Node): boolean {
  return ts.isIdentifier(name) && spokenProperties.has(name.text);
}

function calledName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

/** Icons `$(check)`, Markdown's links and code, and example values such as `FSAID_…` are no words. */
function hasWords(text: string): boolean {
  if (/^\S*(\d|_|:\/\/)\S*$/.test(text)) return false;
  const bare = text.replaceAll(/\$\([\w~-]+\)|\]\([^)]*\)|```\w*|`[^`]*`/g, ' ');
  return (bare.match(/\p{L}+/gu) ?? []).some(word => !universal.has(word));
}

interface LiteralText {
  readonly literal: ts.Node;
  readonly text: string;
}

const listMethods = new Set(['join', 'filter', 'concat', 'flat', 'reverse']);

/** The literals that the value of an expression is made of. */
class LiteralTexts {
  constructor(private readonly checker: ts.TypeChecker) {}

  of(node: ts.Expression | undefined, seen = new Set<ts.Node>()): LiteralText[] {
    if (!node || seen.has(node)) return [];
    seen.add(node);
    const all = (...nodes: readonly ts.Expression[]) => nodes.flatMap(each => this.of(each, seen));
    if (ts.isStringLiteralLike(node)) return [{ literal: node, text: node.text }];
    if (ts.isTemplateExpression(node)) return this.#template(node, seen);
    if (ts.isConditionalExpression(node)) return all(node.whenTrue, node.whenFalse);
    if (ts.isBinaryExpression(node)) return isComparison(node) ? [] : all(node.left, node.right);
    if (ts.isArrayLiteralExpression(node)) return all(...node.elements);
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSpreadElement(node)) {
      return all(node.expression);
    }
    if (ts.isIdentifier(node)) return all(...this.#valuesOf(node));
    return ts.isCallExpression(node) ? all(...this.#resultsOf(node.expression)) : [];
  }

  #template({ head, templateSpans }: ts.TemplateExpression, seen: Set<ts.Node>): LiteralText[] {
    const icon = ({ text }: ts.TemplateLiteralLikeNode) => text.endsWith('$(');
    const before = [head, ...templateSpans.map(({ literal }) => literal)];
    return [
      ...before.map(literal => ({ literal, text: literal.text })),
      // `$(${icon})` is the name of an icon.
      ...templateSpans.flatMap(({ expression }, index) => (icon(before[index]!) ? [] : this.of(expression, seen))),
    ];
  }

  /** What a constant is set to. */
  #valuesOf(name: ts.Identifier): ts.Expression[] {
    const declaration = this.#declaration(name);
    const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return value ? [value] : [];
  }

  /** What a function of ours returns, and what a list is made of that is only put together. */
  #resultsOf(callee: ts.Expression): ts.Expression[] {
    if (ts.isPropertyAccessExpression(callee) && listMethods.has(callee.name.text)) return [callee.expression];
    const declared = this.#declaration(ts.isPropertyAccessExpression(callee) ? callee.name : callee);
    const value = declared && ts.isVariableDeclaration(declared) ? declared.initializer : declared;
    if (!value || !ts.isFunctionLike(value) || !('body' in value) || !value.body) return [];
    const { body } = value;
    if (!ts.isBlock(body)) return [body];
    return everyNode(body).flatMap(node => (ts.isReturnStatement(node) && node.expression ? [node.expression] : []));
  }

  #declaration(name: ts.Node): ts.Declaration | undefined {
    const { parent } = name;
    const symbol = ts.isShorthandPropertyAssignment(parent)
      ? this.checker.getShorthandAssignmentValueSymbol(parent)
      : this.checker.getSymbolAtLocation(name);
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
    return target?.valueDeclaration;
  }
}

function isComparison({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const putTogether = [
    ts.SyntaxKind.PlusToken,
    ts.SyntaxKind.QuestionQuestionToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.AmpersandAmpersandToken,
  ];
  return !putTogether.includes(kind);
}

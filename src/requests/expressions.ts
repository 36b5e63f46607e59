import { parsePath, printPath, type Path } from './jsonPath';
import { builtins, type Builtin, type Expression, type Span, type TemplateNode } from './nodes';
import { problem, type Problem } from './problems';

const takesArgument: Readonly<Record<Builtin, boolean>> = {
  uuid: false,
  timestamp: false,
  now: false,
  env: true,
  prompt: true,
  secret: true,
};

const templatePattern = /\{\{(?<expression>[^{}\r\n]*)\}\}|\{\{/g;

/** Finds the templates of a range. A `{{` that is never closed is ordinary text, and worth a warning. */
export function findTemplates(
  source: string,
  { start, end }: Span,
  context: TemplateNode['context'],
  problems: Problem[],
): TemplateNode[] {
  const range = source.slice(start, end);
  if (!range.includes('{{')) return [];
  const templates: TemplateNode[] = [];
  for (const match of range.matchAll(templatePattern)) {
    const at = { start: start + match.index, end: start + match.index + match[0].length };
    const inner = match.groups?.['expression'];
    if (inner === undefined) problems.push(problem('templateUnclosed', at, {}));
    else templates.push({ kind: 'template', ...at, context, expression: parseExpression(inner.trim(), at, problems) });
  }
  return templates;
}

function parseExpression(text: string, at: Span, problems: Problem[]): Expression {
  const builtin = /^\$(?<name>\S*)\s*(?<argument>.*)$/su.exec(text)?.groups;
  if (builtin) return parseBuiltin(builtin['name'] ?? '', builtin['argument'] ?? '', at, problems);
  const path = parsePath(text);
  const [name, ...rest] = path ?? [];
  if (typeof name === 'string') {
    if (rest[0] === 'response') reportForeignPath(name, rest.slice(1), at, problems);
    return { type: 'reference', name, path: rest };
  }
  problems.push(problem('templateMalformed', at, { text }));
  return { type: 'invalid' };
}

/** `{{top.response.body.$.data.total}}`, as REST Client has it. */
function reportForeignPath(name: string, [part, ...path]: Path, at: Span, problems: Problem[]): void {
  if (part !== 'body' && part !== 'headers') return;
  const inBody = path[0] === '$' || path[0] === '*' ? path.slice(1) : path;
  const expected = part === 'body' ? `{{${printPath([name, ...inBody])}}}` : undefined;
  problems.push(problem('responsePathForeign', at, { expected }));
}

function parseBuiltin(text: string, argument: string, at: Span, problems: Problem[]): Expression {
  const name = builtins.find(known => known === text);
  if (!name) {
    problems.push(problem('builtinUnknown', at, { name: text }));
  } else if (takesArgument[name] && argument === '') {
    problems.push(problem('builtinArgumentMissing', at, { name }));
  } else if (!takesArgument[name] && argument !== '') {
    problems.push(problem('builtinArgumentUnexpected', at, { name }));
  } else {
    return { type: 'builtin', name, argument };
  }
  return { type: 'invalid' };
}

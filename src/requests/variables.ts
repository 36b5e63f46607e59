import { printJson, type JsonValue } from '../base/json';
import { printPath, valueAt, type Path } from './jsonPath';
import { requestNamed, type Builtin, type RequestFile, type Span, type TemplateNode, type TextNode } from './nodes';
import { problem, type Problem } from './problems';

/** Where values come from that are not in the file. */
export interface VariableSource {
  /** A value of `fxiaoke.env.json` for a connection; without one, for the active connection. */
  environment(name: string, connection: string | undefined): JsonValue | undefined;
  /** The body of the last answer to the request of that name. */
  response(requestName: string): JsonValue | undefined;
  /** A variable of the process, for `{{$env NAME}}`. */
  processVariable(name: string): string | undefined;
  now(): Date;
  uuid(): string;
  /** Asks the user; `undefined` where the user gives up. */
  prompt(question: string): Promise<string | undefined>;
}

/** Text of the file or the user, written as it is, or a value of an answer, written as JSON. */
export type VariableValue = { type: 'text'; text: string } | { type: 'json'; value: JsonValue };

/** A longer chain of variables than anyone writes; a guard for the stack. */
const maxChain = 100;

/**
 * Finds the values of templates: a file variable, then the environment, then a named answer. A file variable is
 * evaluated once, so a `{{$uuid}}` in it is the same wherever the variable stands in a request.
 */
export class Variables {
  readonly problems: Problem[] = [];
  /** What `{{$prompt …}}` wants to know and `answers` do not tell. */
  readonly questions = new Map<string, Span>();
  private readonly values = new Map<string, VariableValue | undefined>();

  constructor(
    private readonly file: RequestFile,
    private readonly source: VariableSource,
    private readonly connection: string | undefined,
    private readonly answers: ReadonlyMap<string, string> = new Map(),
  ) {}

  /** Without a value there is a problem. */
  valueOf(template: TemplateNode, chain: readonly string[] = []): VariableValue | undefined {
    const { expression } = template;
    switch (expression.type) {
      case 'builtin':
        return this.builtin(expression.name, expression.argument, template);
      case 'reference':
        return this.reference(expression.name, expression.path, template, chain);
      case 'invalid':
        return undefined; // Reported by `parse`.
    }
  }

  /** The text of a node with its templates replaced; one that has no value becomes nothing, beside a problem. */
  textOf(node: Pick<TextNode, 'text' | 'start' | 'templates'>, chain: readonly string[] = []): string {
    return fill(node.text, node.start, node.templates, template => this.write(template, chain));
  }

  /** The text that stands for a template in its context. */
  write(template: TemplateNode, chain: readonly string[] = []): string {
    const value = this.valueOf(template, chain);
    return value ? writeValue(value, template.context) : '';
  }

  private builtin(name: Builtin, argument: string, at: Span): VariableValue | undefined {
    switch (name) {
      case 'uuid':
        return textValue(this.source.uuid());
      case 'timestamp':
        // The unit of the CRM's own date fields.
        return textValue(String(this.source.now().getTime()));
      case 'now':
        return textValue(this.source.now().toISOString());
      case 'env': {
        const value = this.source.processVariable(argument);
        if (value !== undefined) return textValue(value);
        this.problems.push(problem('environmentVariableMissing', at, { name: argument }));
        return undefined;
      }
      case 'prompt': {
        const answer = this.answers.get(argument);
        if (answer === undefined && !this.questions.has(argument)) this.questions.set(argument, at);
        return textValue(answer ?? '');
      }
    }
  }

  private reference(name: string, path: Path, at: Span, chain: readonly string[]): VariableValue | undefined {
    if (path.length === 0 && this.file.variables.has(name)) return this.fileVariable(name, at, chain);
    const environment = this.fromEnvironment(name, path);
    if (environment !== undefined) {
      return typeof environment === 'string' ? textValue(environment) : { type: 'json', value: environment };
    }
    const response = this.source.response(name);
    const value = response === undefined ? undefined : valueAt(response, path);
    if (value !== undefined) return { type: 'json', value };
    if (response !== undefined) {
      this.problems.push(problem('responsePathMissing', at, { name, path: printPath(path) }));
    } else if (requestNamed(this.file, name)) {
      this.problems.push(problem('responseMissing', at, { name }));
    } else {
      this.problems.push(problem('variableUnknown', at, { name: printPath([name, ...path]) }));
    }
    return undefined;
  }

  /** An entry of the whole name, dots included, or a place in the value of an entry. */
  private fromEnvironment(name: string, path: Path): JsonValue | undefined {
    const whole = this.source.environment(printPath([name, ...path]), this.connection);
    if (whole !== undefined || path.length === 0) return whole;
    const value = this.source.environment(name, this.connection);
    return value === undefined ? undefined : valueAt(value, path);
  }

  private fileVariable(name: string, at: Span, chain: readonly string[]): VariableValue | undefined {
    if (chain.includes(name) || chain.length >= maxChain) {
      this.problems.push(problem('variableCycle', at, { names: [...chain.slice(chain.indexOf(name)), name] }));
      return undefined;
    }
    const node = this.file.variables.get(name);
    if (node && !this.values.has(name)) {
      this.values.set(name, textValue(this.textOf(node.value, [...chain, name])));
    }
    return this.values.get(name);
  }
}

/** Replaces the templates of a text that starts at an offset of the file. */
export function fill(
  text: string,
  start: number,
  templates: readonly TemplateNode[],
  write: (template: TemplateNode) => string,
): string {
  let filled = '';
  let at = 0;
  for (const template of templates) {
    filled += text.slice(at, template.start - start) + write(template);
    at = template.end - start;
  }
  return filled + text.slice(at);
}

export function writeValue(value: VariableValue, context: TemplateNode['context']): string {
  if (context === 'json') return value.type === 'json' ? printJson(value.value) : value.text;
  const plain =
    value.type === 'text' ? value.text : typeof value.value === 'string' ? value.value : printJson(value.value);
  return context === 'plain' ? plain : JSON.stringify(plain).slice(1, -1);
}

function textValue(text: string): VariableValue {
  return { type: 'text', text };
}

import { printJson, type JsonValue } from '../base/json';
import { printPath, valueAt, type Path } from './jsonPath';
import { requestNamed, type Builtin, type RequestFile, type Span, type TemplateNode, type TextNode } from './nodes';
import { problem, type Problem } from './problems';

/** The last answer to a named request. */
export interface NamedResponse {
  readonly body: JsonValue;
  /** Who gave it, where that is not the tenant that was asked about: its ids mean nothing there, or something else. */
  readonly otherTenant?: { readonly id: string; readonly name: string } | undefined;
}

/** Where values come from that are not in the file. */
export interface VariableSource {
  /** A value of `fxiaoke.env.json` for a connection; without one, for the active connection. */
  environment(name: string, connection: string | undefined): JsonValue | undefined;
  /** The last answer to the request of that name from the tenant of a connection, without one of the active one. */
  response(requestName: string, connection: string | undefined): NamedResponse | undefined;
  /** A variable of the process, for `{{$env NAME}}`. */
  processVariable(name: string): string | undefined;
  now(): Date;
  uuid(): string;
  /** Asks the user; `undefined` where the user gives up. */
  prompt(question: string): Promise<string | undefined>;
  /** A secret of the user's own, asked where it is not kept; `undefined` where the user gives up. */
  secret(name: string): Promise<string | undefined>;
}

/** What only the user knows and was asked: by question of `{{$prompt …}}`, by name of `{{$secret …}}`. */
export interface Answers {
  readonly prompts: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
}

const noAnswers: Answers = { prompts: new Map(), secrets: new Map() };

/**
 * Text of the file or the user, written as it is, or a value of an answer, written as JSON. `foreign`: not from the
 * file, so that nothing in it is a template.
 */
export type VariableValue = { type: 'text'; text: string; foreign?: true } | { type: 'json'; value: JsonValue };

/** A longer chain of variables than anyone writes; a guard for the stack. */
const maxChain = 100;

/** What may be seen holds no value of these. */
const hidden: ReadonlySet<Builtin> = new Set(['secret', 'env']);

/** What `Variables` take values from; what is asked is asked by their owner. */
type ValueSource = Omit<VariableSource, 'prompt' | 'secret'>;

/**
 * Finds the values of templates: a file variable, then the environment, then a named answer. A file variable is
 * evaluated once, so a `{{$uuid}}` in it is the same wherever the variable stands in a request.
 */
export class Variables {
  readonly problems: Problem[] = [];
  /** What `{{$prompt …}}` wants to know and `answers` do not tell. */
  readonly questions = new Map<string, Span>();
  /** The names that `{{$secret …}}` wants and `answers` do not tell. */
  readonly secrets = new Map<string, Span>();
  private readonly values = new Map<string, VariableValue | undefined>();

  constructor(
    private readonly file: RequestFile,
    private readonly source: ValueSource,
    private readonly connection: string | undefined,
    private readonly answers: Answers = noAnswers,
    /** What was drawn for a template stays, so that a second writing says the same. */
    private readonly drawn = new Map<Span, string>(),
    /** What is built in and stands as it is written. */
    private readonly kept: ReadonlySet<Builtin> = new Set(),
  ) {}

  /** The values that `source` gives, with what is built in as it is written. */
  static asWritten(file: RequestFile, source: ValueSource, kept: ReadonlySet<Builtin>): Variables {
    return new Variables(file, source, undefined, noAnswers, new Map(), kept);
  }

  /** The same values; but for secrets and variables of the process, their templates stand as they are. */
  masked(): Variables {
    return new Variables(this.file, this.source, this.connection, this.answers, this.drawn, hidden);
  }

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
    if (!value) return '';
    const text = writeValue(value, template.context);
    const isForeign = value.type === 'json' || value.foreign;
    return this.kept.size > 0 && isForeign ? withoutTemplates(text, template.context) : text;
  }

  private builtin(name: Builtin, argument: string, at: Span): VariableValue | undefined {
    if (this.kept.has(name)) return textValue(`{{$${`${name} ${argument}`.trimEnd()}}}`);
    switch (name) {
      case 'uuid':
        return this.draw(at, () => this.source.uuid());
      case 'timestamp':
        // The unit of the CRM's own date fields.
        return this.draw(at, () => String(this.source.now().getTime()));
      case 'now':
        return this.draw(at, () => this.source.now().toISOString());
      case 'env': {
        const value = this.source.processVariable(argument);
        if (value !== undefined) return textValue(value);
        this.problems.push(problem('environmentVariableMissing', at, { name: argument }));
        return undefined;
      }
      case 'prompt': {
        const answer = this.answers.prompts.get(argument);
        if (answer === undefined && !this.questions.has(argument)) this.questions.set(argument, at);
        return { ...textValue(answer ?? ''), foreign: true };
      }
      case 'secret': {
        const secret = this.answers.secrets.get(argument);
        if (secret === undefined && !this.secrets.has(argument)) this.secrets.set(argument, at);
        return textValue(secret ?? '');
      }
    }
  }

  private draw(at: Span, value: () => string): VariableValue {
    const text = this.drawn.get(at) ?? value();
    this.drawn.set(at, text);
    return textValue(text);
  }

  private reference(name: string, path: Path, at: Span, chain: readonly string[]): VariableValue | undefined {
    if (path.length === 0 && this.file.variables.has(name)) return this.fileVariable(name, at, chain);
    const environment = this.fromEnvironment(name, path);
    if (environment !== undefined) {
      return typeof environment === 'string'
        ? { ...textValue(environment), foreign: true }
        : { type: 'json', value: environment };
    }
    const response = this.source.response(name, this.connection);
    const tenant = response?.otherTenant;
    if (tenant && !this.isPicked(tenant, name)) {
      this.problems.push(problem('responseOfOtherTenant', at, { name, tenant: tenant.name }));
      return undefined;
    }
    const value = response && valueAt(response.body, path);
    if (value !== undefined) return { type: 'json', value };
    if (response) {
      this.problems.push(problem('responsePathMissing', at, { name, path: printPath(path) }));
    } else if (requestNamed(this.file, name)) {
      this.problems.push(problem('responseMissing', at, { name }));
    } else {
      this.problems.push(problem('variableUnknown', at, { name: printPath([name, ...path]) }));
    }
    return undefined;
  }

  /** Whether a named request says itself that it goes to that tenant, so that its author means the answer of that one. */
  private isPicked({ id, name }: { readonly id: string; readonly name: string }, request: string): boolean {
    const directive = requestNamed(this.file, request)?.connection;
    // A tenant that hangs on an answer is none that the text names.
    const source = { ...this.source, response: () => undefined };
    const own = directive && new Variables(this.file, source, undefined, this.answers).textOf(directive.value);
    return own === id || own === name;
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

function textValue(text: string) {
  return { type: 'text' as const, text };
}

/** What looks like a template in an answer, say, must not become one when the masked text is sent again. */
export function withoutTemplates(text: string, context: TemplateNode['context']): string {
  return text.replaceAll('{{', context === 'plain' ? '%7B%7B' : '{\\u007b');
}

import { parseJson } from '../base/json';
import type { Assertion } from './assertions';
import { scanBody, toStrictJson, type JsonNode } from './jsonNode';
import {
  connectionOf,
  sectionAt,
  walk,
  type DirectiveNode,
  type FileBodyNode,
  type Node,
  type RequestFile,
  type RequestNode,
  type TemplateNode,
} from './nodes';
import { isError, problem, type Problem } from './problems';
import { isAbsolute, isTarget } from './target';
import { fill, Variables, withoutTemplates, type Answers, type VariableSource } from './variables';

export interface RequestSource extends VariableSource {
  /** The text of a file named relative to the request file; `undefined` where it cannot be read. */
  readFile(path: string): Promise<string | undefined>;
}

export interface PreparedRequest {
  method: string;
  /** A path with its query, or, if `isAbsolute`, a URL whose host is still to be compared with the tenant's. */
  target: string;
  isAbsolute: boolean;
  headers: Record<string, string>;
  /** Strict JSON, every digit and escape as written. */
  body?: string;
  name?: string;
  title?: string;
  /** The tenant that the file or the request asks for. */
  connection?: string;
  /** The question to ask first. */
  confirm?: string;
  assertions: Assertion[];
}

/** `shown` is the request as it may be seen, kept and copied: `{{$secret …}}` and `{{$env …}}` stand as they are. */
export type Preparation =
  { ready: true; request: PreparedRequest; shown: PreparedRequest } | { ready: false; problems: Problem[] };

/**
 * Fills in the variables of a request and makes its body strict. Asks the user only when nothing else is wrong.
 * `chosen` takes the place of the tenant that the file asks for, which then need not be known.
 */
export async function prepare(
  request: RequestNode,
  file: RequestFile,
  source: RequestSource,
  chosen?: string,
): Promise<Preparation> {
  const directive = chosen === undefined ? connectionOf(file, request) : undefined;
  const faults = textFaults(request, file, directive);
  if (faults.length > 0) return { ready: false, problems: faults };
  const answers = { prompts: new Map<string, string>(), secrets: new Map<string, string>() };
  // The environment depends on the connection, so the connection comes first.
  const outer = await settle(
    templatesOf([directive?.value]),
    answers,
    source,
    () => new Variables(file, source, undefined, answers),
  );
  if (outer.problems.length > 0) return { ready: false, problems: outer.problems };
  const connection = chosen ?? (directive && outer.textOf(directive.value));
  const templates = templatesOf([request, request.confirm]);
  const variables = await settle(templates, answers, source, () => new Variables(file, source, connection, answers));
  if (variables.problems.length > 0) return { ready: false, problems: variables.problems };
  const writer = new Writer(request, file, variables, source);
  const written = await writer.write(connection);
  if (writer.faults.length > 0) return { ready: false, problems: writer.faults };
  // What stands for a secret may be wrong where it stands; nothing of this is sent.
  const shown = await new Writer(request, file, variables.masked(), source, written).write(connection);
  return { ready: true, request: written, shown };
}

/** The variables of a request that `prepare` would find no value for now, without asking or reading files. */
export function variableProblems(request: RequestNode, file: RequestFile, source: VariableSource): Problem[] {
  const directive = connectionOf(file, request);
  const outer = new Variables(file, source, undefined);
  const connection = directive && outer.textOf(directive.value);
  const inner = new Variables(file, source, connection);
  for (const template of templatesOf([request, request.confirm])) inner.valueOf(template);
  return [...outer.problems, ...inner.problems];
}

/** The tenant that a request asks for; `undefined` where none is, or where only the person can say. */
export function connectionFor(request: RequestNode, file: RequestFile, source: VariableSource): string | undefined {
  const directive = connectionOf(file, request);
  const variables = new Variables(file, source, undefined);
  const connection = directive && variables.textOf(directive.value);
  const isKnown = variables.problems.length + variables.questions.size + variables.secrets.size === 0;
  return isKnown ? connection : undefined;
}

/** The errors in the text of a request and of what it takes from the head of the file. */
function textFaults(request: RequestNode, file: RequestFile, directive: DirectiveNode | undefined): Problem[] {
  const own = sectionAt(file, request.start);
  const head = directive && sectionAt(file, directive.start);
  const ofHead = head === own ? [] : (head?.problems ?? []);
  return [
    ...ofHead.filter(found => directive && directive.start <= found.start && found.end <= directive.end),
    ...(own?.problems ?? []),
  ].filter(isError);
}

/** But for those of a directive that picks the tenant, which are filled in first. */
function templatesOf(nodes: (Node | undefined)[]): TemplateNode[] {
  const templates: TemplateNode[] = [];
  const collect = (inner: Node) => {
    if (inner.kind === 'template') templates.push(inner);
    return inner.kind !== 'directive' || inner.name !== 'connection';
  };
  for (const node of nodes) if (node) walk(node, collect);
  return templates;
}

/** Tries the templates and, if all of them have values, asks what only the user knows. */
async function settle(
  templates: readonly TemplateNode[],
  answers: { readonly [K in keyof Answers]: Map<string, string> },
  source: VariableSource,
  variables: () => Variables,
): Promise<Variables> {
  const trial = variables();
  for (const template of templates) trial.valueOf(template);
  if (trial.problems.length > 0) return trial;
  for (const [question, at] of trial.questions) {
    const answer = await source.prompt(question);
    if (answer === undefined) {
      trial.problems.push(problem('promptCancelled', at, { question }));
      return trial;
    }
    answers.prompts.set(question, answer);
  }
  for (const [name, at] of trial.secrets) {
    const secret = await source.secret(name);
    if (secret === undefined) {
      trial.problems.push(problem('secretMissing', at, { name }));
      return trial;
    }
    answers.secrets.set(name, secret);
  }
  return variables();
}

/** Writes out a request whose variables all have values; what they make of it may still be wrong. */
class Writer {
  private readonly problems: Problem[] = [];

  constructor(
    private readonly request: RequestNode,
    private readonly file: RequestFile,
    private readonly variables: Variables,
    private readonly source: RequestSource,
    /** The request as it is sent, where this is the writing of what is shown. */
    private readonly sent?: PreparedRequest,
  ) {}

  get faults(): Problem[] {
    return [...this.variables.problems, ...this.problems];
  }

  async write(connection: string | undefined): Promise<PreparedRequest> {
    const { method, name, title, confirm } = this.request;
    const target = this.target();
    const body = await this.body();
    return {
      method: method?.text ?? 'POST',
      target,
      isAbsolute: isAbsolute(target),
      headers: this.headers(),
      assertions: this.assertions(),
      ...(body !== undefined && { body }),
      ...(name && { name: name.value.text }),
      ...(title && { title: title.text }),
      ...(connection !== undefined && { connection }),
      ...(confirm && { confirm: this.variables.textOf(confirm.value) }),
    };
  }

  private target(): string {
    const { target } = this.request;
    if (!target) return '';
    // A query may go on in the lines below.
    const text = this.variables.textOf(target).replace(/[^\S\r\n]*[\r\n]\s*/g, '');
    if (!isTarget(text)) this.problems.push(problem('pathInvalid', target, { path: text }));
    return text;
  }

  private headers(): Record<string, string> {
    const headers = this.request.headers.map(({ name, value }): [string, string] => {
      const text = this.variables.textOf(value);
      // A line break would start another header; HTTP has no characters beyond Latin-1.
      if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
        this.problems.push(problem('headerValueInvalid', value, { name: name.text }));
      }
      return [name.text, text];
    });
    return Object.fromEntries(headers);
  }

  private async body(): Promise<string | undefined> {
    const { body } = this.request;
    if (body?.kind === 'json') return this.json(body);
    // A file has no variables, so that nothing in it may become one.
    return this.sent?.body === undefined ? body && this.fileBody(body) : withoutTemplates(this.sent.body, 'json');
  }

  /** A body from a file is sent as it stands there: it has comments and trailing commas, but no variables. */
  private async fileBody(body: FileBodyNode): Promise<string | undefined> {
    const path = this.variables.textOf(body.path);
    const text = await this.source.readFile(path);
    if (text === undefined) {
      this.problems.push(problem('bodyFileUnreadable', body.path, { path }));
      return undefined;
    }
    const strict = toStrictJson(text.replace(/^\uFEFF/, ''));
    if ('json' in strict) return strict.json;
    this.problems.push(problem('bodyFileInvalid', body.path, { path, error: strict.error }));
    return undefined;
  }

  private assertions(): Assertion[] {
    return this.request.assertions.flatMap(({ start, end, path, operator, value }) => {
      if (!path || !operator) return [];
      const text = this.file.text.slice(start, end).replace(/^[?\s]+/, '');
      const expected = value && this.json(value);
      return { start, end, text, path, operator, ...(expected !== undefined && { expected: parseJson(expected) }) };
    });
  }

  private json(node: JsonNode): string | undefined {
    const pieces: string[] = [];
    for (const { kind, text, at } of scanBody(this.file.text.slice(node.start, node.end))) {
      const start = node.start + at;
      const templates =
        kind === 'string' || kind === 'template'
          ? node.templates.filter(template => start <= template.start && template.end <= start + text.length)
          : [];
      pieces.push(kind === 'comment' ? ' ' : fill(text, start, templates, template => this.jsonOf(template)));
    }
    const strict = toStrictJson(pieces.join(''));
    if ('json' in strict) return strict.json;
    if (this.problems.length === 0) this.problems.push(problem('jsonInvalid', node, { error: strict.error }));
    return undefined;
  }

  /** A value outside a string has to be JSON by itself, so that none can bring in keys of its own. */
  private jsonOf(template: TemplateNode): string {
    const text = this.variables.write(template);
    if (template.context === 'json' && !('json' in toStrictJson(text))) {
      const name = this.file.text.slice(template.start + 2, template.end - 2).trim();
      this.problems.push(problem('variableNotJson', template, { name }));
      return JSON.stringify(text);
    }
    return text;
  }
}

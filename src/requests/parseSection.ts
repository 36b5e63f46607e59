import { findTemplates } from './expressions';
import { headerFault, requestLineProblems } from './lineFaults';
import { JsonNode } from './jsonNode';
import {
  directiveNames,
  type DirectiveName,
  type DirectiveNode,
  type HeaderNode,
  type RequestNode,
  type Section,
  type SeparatorNode,
  type Span,
  type TextNode,
  type VariableNode,
} from './nodes';
import { isName } from './names';
import { parseAssertion } from './parseAssertion';
import { problem, type Problem, type ProblemCode } from './problems';
import {
  endOfBody,
  endOfScript,
  gapRules,
  headerRules,
  headRules,
  isTail,
  queryRules,
  readAscii,
  requestLineIn,
  scanLine,
  tailRules,
  trimmed,
  type Line,
  type LineRules,
} from './scanner';

const queryLine = /[^\S\r\n]+[?&](?!\?)/y;
const httpVersion = /\s+HTTP\/[\d.]+$/i;

/** What stands in a section, offsets counted from its start; the problems of its body are the body's own. */
export interface SectionContent extends Section {
  readonly problems: Problem[];
}

/** What stands in a section down to the request line. */
export interface SectionHead {
  readonly separator: SeparatorNode | undefined;
  readonly directives: readonly DirectiveNode[];
  readonly variables: VariableNode[];
  /** Reaches further, and has more, once all of the section is read. */
  readonly request: RequestNode | undefined;
  /** Where the request line ends. */
  readonly lineEnd: number;
}

/** Goes down the lines of a section: head, request line, headers, body, assertions. Stops below the request line. */
export class SectionParser {
  readonly head: SectionHead;
  private readonly section: SectionContent;
  private at = 0;
  private done = false;

  constructor(private readonly source: string) {
    this.section = {
      kind: 'section',
      start: 0,
      end: source.length,
      comments: [],
      directives: [],
      variables: [],
      problems: [],
    };
    const request = this.parseHead();
    const { separator, directives, variables } = this.section;
    this.head = { separator, directives, variables, request, lineEnd: request?.end ?? 0 };
  }

  /** All of the section. */
  content(): SectionContent {
    if (!this.done) this.parseRest(this.head.request);
    this.done = true;
    return this.section;
  }

  private parseRest(request: RequestNode | undefined): void {
    if (request) {
      this.parseHeaders(request);
      this.parseBody(request);
      this.parseTail(request);
      this.endRequest(request);
    }
    this.assignDirectives(request);
  }

  /** A request ends with its last header, body or assertion; comments that follow are the section's again. */
  private endRequest(request: RequestNode): void {
    const parts = [...request.headers, request.body, ...request.assertions, ...request.directives];
    request.end = parts.reduce((end, part) => Math.max(end, part?.end ?? 0), request.end);
    this.section.comments.push(...request.comments.filter(({ start }) => start >= request.end));
    request.comments = request.comments.filter(({ start }) => start < request.end);
    this.section.request = request;
  }

  private parseHead(): RequestNode | undefined {
    for (let line = this.line(headRules); line; line = this.line(headRules)) {
      switch (line.kind) {
        case 'separator':
          readAscii(this.source, group(line, 'marks'), this.section.problems);
          this.section.separator = { kind: 'separator', ...this.trim(line), title: this.text(line, 'title') };
          break;
        case 'variable':
          this.addVariable(line);
          break;
        case 'json':
          this.report('requestLineMissing', firstCharacter(this.trim(line)), {});
          return this.newRequest(line); // The line belongs to the body.
        case 'text':
          this.at = line.next;
          this.report('requestLineMissing', this.trim(line), {});
          return this.newRequest(line);
        case 'script':
          this.skipScript(line);
          continue;
        case 'target':
        case 'request':
          this.at = line.next;
          return this.readRequestLine(line);
        default:
          this.addComment(line, this.section, true);
      }
      this.at = line.next;
    }
    return undefined;
  }

  private addVariable(line: Line): void {
    const name = this.text(line, 'name');
    const value = this.text(line, 'value', 'plain');
    for (const mark of ['at', 'equals']) readAscii(this.source, group(line, mark), this.section.problems);
    if (isEmpty(group(line, 'equals'))) {
      this.report('variableMalformed', this.trim(line), {});
    } else if (!isName(name.text)) {
      this.report('variableNameInvalid', name, { name: name.text });
    } else {
      this.section.variables.push({ kind: 'variable', ...this.trim(line), name, value });
    }
  }

  private readRequestLine(line: Line): RequestNode {
    const request = this.newRequest(line);
    if (line.groups['method']) {
      const method = this.text(line, 'method');
      request.method = { ...method, text: method.text.toUpperCase() };
    }
    const { start, end } = group(line, 'target');
    const version = httpVersion.exec(this.source.slice(start, end))?.[0].length ?? 0;
    const target = this.textOf({ start, end: end - version }, 'plain');
    if (!isEmpty(target)) request.target = target;
    this.section.problems.push(...requestLineProblems(request));
    return request;
  }

  private newRequest(line: Line): RequestNode {
    const request: RequestNode = {
      kind: 'request',
      ...this.trim(line),
      comments: [],
      directives: [],
      headers: [],
      assertions: [],
    };
    const { title } = this.section.separator ?? {};
    if (title && !isEmpty(title)) request.title = title;
    return request;
  }

  /** Lines that go on with the query of the request line, as REST Client and JetBrains read them. */
  private parseQueryLines({ target }: RequestNode): void {
    if (!target) return;
    let { end } = target;
    for (queryLine.lastIndex = this.at; queryLine.test(this.source); queryLine.lastIndex = this.at) {
      const line = scanLine(queryRules, this.source, this.at);
      end = this.trim(line).end;
      this.at = line.next;
    }
    if (end > target.end) Object.assign(target, this.textOf({ start: target.start, end }, 'plain'));
  }

  private parseHeaders(request: RequestNode): void {
    this.parseQueryLines(request);
    const seen = new Set<string>();
    for (let line = this.line(headerRules); line && !isTail(line); line = this.line(headerRules)) {
      switch (line.kind) {
        case 'blank':
          return;
        case 'json':
        case 'bodyFile':
          // Where the request line itself is missing, that is problem enough.
          if (request.target) this.report('blankLineMissing', firstCharacter(this.trim(line)), {});
          return;
        case 'header':
          request.headers.push(this.readHeader(line, seen));
          break;
        case 'text':
          if (!this.reportRequest(line)) this.report('headerMalformed', this.trim(line), {});
          break;
        default:
          this.addComment(line, request, true);
      }
      this.at = line.next;
    }
  }

  private readHeader(line: Line, seen: Set<string>): HeaderNode {
    readAscii(this.source, group(line, 'colon'), this.section.problems);
    const name = this.text(line, 'name');
    const key = name.text.toLowerCase();
    const fault = headerFault(key, seen);
    if (fault) this.report(fault, name, { name: name.text });
    seen.add(key);
    return { kind: 'header', ...this.trim(line), name, value: this.text(line, 'value', 'plain') };
  }

  private parseBody(request: RequestNode): void {
    for (let line = this.line(gapRules); line && !isTail(line); line = this.line(gapRules)) {
      if (line.kind === 'bodyFile') {
        const path = this.text(line, 'path', 'plain');
        const mark = group(line, 'mark');
        if (mark.end > mark.start + 1) this.report('bodyFileVariables', mark, {});
        if (isEmpty(path)) this.report('bodyFilePathMissing', this.trim(line), {});
        request.body = { kind: 'fileBody', ...this.trim(line), path };
        this.at = line.next;
        return;
      }
      if (line.kind === 'text') {
        const end = endOfBody(this.source, { start: line.start, end: this.section.end });
        const body = JsonNode.read(this.source, trimmed(this.source, line.start, end));
        if (body) request.body = body;
        this.at = end;
        return;
      }
      this.addComment(line, request, false);
      this.at = line.next;
    }
  }

  private parseTail(request: RequestNode): void {
    for (let line = this.line(tailRules); line; line = this.line(tailRules)) {
      if (line.kind === 'script') {
        this.skipScript(line);
        continue;
      }
      if (line.kind === 'assertion') request.assertions.push(parseAssertion(this.source, line, this.section.problems));
      else if (line.kind === 'responseFile') this.report('responseFileUnsupported', this.trim(line), {});
      else if (line.kind === 'text') {
        if (this.reportRequest(line)) return;
        this.report('unexpectedText', this.trim(line), {});
      } else this.addComment(line, request, false);
      this.at = line.next;
    }
  }

  /** It is said once, whatever is wrong in it. */
  private skipScript(line: Line): void {
    this.report('scriptUnsupported', this.trim(line), {});
    this.at = endOfScript(this.source, line);
  }

  /** Whether another request begins at a line. */
  private reportRequest(line: Line): boolean {
    const next = requestLineIn(this.source, line);
    if (next?.start !== this.trim(line).start) return false;
    this.report('separatorMissing', next, {});
    return true;
  }

  private addComment(line: Line, owner: Pick<Section, 'comments' | 'directives'>, beforeBody: boolean): void {
    if (line.kind === 'blank') return;
    readAscii(this.source, group(line, 'marks'), this.section.problems);
    const found = line.kind === 'directive' ? this.text(line, 'name') : undefined;
    const name = directiveNames.find(known => known === found?.text.toLowerCase());
    if (found && name && beforeBody) {
      readAscii(this.source, group(line, 'at'), this.section.problems);
      const value = this.text(line, 'value', name === 'name' ? undefined : 'plain');
      owner.directives.push({ kind: 'directive', ...this.trim(line), name, value });
      return;
    }
    if (found && name) this.report('directiveMisplaced', found, { name });
    else if (found) this.report('directiveUnknown', found, { name: found.text });
    owner.comments.push({ kind: 'comment', ...this.trim(line), text: this.textOf(this.trim(line)).text });
  }

  private assignDirectives(request: RequestNode | undefined): void {
    const seen = new Set<DirectiveName>();
    for (const directive of [...this.section.directives, ...(request?.directives ?? [])]) {
      const { name, value } = directive;
      const ofTheFile = name === 'connection' && !this.section.separator;
      if (isEmpty(value)) this.report('directiveValueMissing', directive, { name });
      else if (seen.has(name)) this.report('directiveDuplicate', directive, { name });
      else if (!request && !ofTheFile) this.report('directiveMisplaced', directive, { name });
      else if (name === 'name' && !isName(value.text)) this.report('nameInvalid', value, { name: value.text });
      else if (request) request[name] = directive;
      seen.add(name);
    }
  }

  /** The line at hand, read by the rules of this part of the section. */
  private line<K extends string>(rules: LineRules<K>): Line<K> | undefined {
    return this.at < this.section.end ? scanLine(rules, this.source, this.at) : undefined;
  }

  private trim({ start, end }: Span): Span {
    return trimmed(this.source, start, end);
  }

  private text(line: Line, name: string, templates?: 'plain'): TextNode {
    return this.textOf(group(line, name), templates);
  }

  private textOf({ start, end }: Span, templates?: 'plain'): TextNode {
    const text = this.source.slice(start, end);
    const found = templates ? findTemplates(this.source, { start, end }, templates, this.section.problems) : [];
    return { kind: 'text', start, end, text, templates: found };
  }

  private report<C extends ProblemCode>(code: C, { start, end }: Span, data: Parameters<typeof problem<C>>[2]): void {
    this.section.problems.push(problem(code, { start, end }, data));
  }
}

function group(line: Line, name: string): Span {
  return line.groups[name] ?? { start: line.start, end: line.start };
}

function isEmpty({ start, end }: Span): boolean {
  return start === end;
}

function firstCharacter({ start }: Span): Span {
  return { start, end: start + 1 };
}

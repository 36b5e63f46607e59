import type { JsonNode } from './jsonNode';
import type { Path } from './jsonPath';
import type { PlacedSection } from './placedSection';
import type { Problem } from './problems';

/** A range of the text; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

interface NodeOf<K extends string> extends Span {
  kind: K;
}

export interface RequestFile extends NodeOf<'file'> {
  text: string;
  /** All of the text: what stands before the first separator, then one section per separator. */
  sections: readonly PlacedSection[];
  readonly requests: readonly RequestNode[];
  /** By name. Of several with one name the last holds. */
  variables: ReadonlyMap<string, VariableNode>;
  /** Of the whole file: the one before the first separator. */
  readonly connection?: DirectiveNode | undefined;
  /** In the order of the text. All bodies are read for them. */
  readonly problems: readonly Problem[];
  /** Those of them that sections have with each other. */
  readonly duplicates: readonly Problem[];
}

/** From one separator up to the next: the unit of parsing, which depends on nothing outside itself. */
export interface Section extends NodeOf<'section'> {
  separator?: SeparatorNode | undefined;
  comments: CommentNode[];
  directives: DirectiveNode[];
  variables: VariableNode[];
  request?: RequestNode | undefined;
  problems: readonly Problem[];
}

export interface SeparatorNode extends NodeOf<'separator'> {
  title: TextNode;
}

export interface CommentNode extends NodeOf<'comment'> {
  text: string;
}

export const directiveNames = ['name', 'connection', 'confirm'] as const;
export type DirectiveName = (typeof directiveNames)[number];

export interface DirectiveNode extends NodeOf<'directive'> {
  name: DirectiveName;
  value: TextNode;
}

export interface VariableNode extends NodeOf<'variable'> {
  name: TextNode;
  value: TextNode;
}

/** A trimmed piece of a line. Its templates are read only where variables make sense. */
export interface TextNode extends NodeOf<'text'> {
  text: string;
  templates: TemplateNode[];
}

/** A missing method or target is a problem of the section; the node is there all the same. */
export interface RequestNode extends NodeOf<'request'> {
  /** Upper case. Without one a request is a POST, as all calls of the API are. */
  method?: TextNode;
  /** A path with its query, or an absolute URL. */
  target?: TextNode;
  title?: TextNode;
  name?: DirectiveNode;
  /** The request's own; see `connectionOf`. */
  connection?: DirectiveNode;
  confirm?: DirectiveNode;
  /** The comments and directives between its lines; those above it are the section's. */
  comments: CommentNode[];
  directives: DirectiveNode[];
  headers: HeaderNode[];
  body?: JsonNode | FileBodyNode;
  assertions: AssertionNode[];
}

export interface HeaderNode extends NodeOf<'header'> {
  name: TextNode;
  value: TextNode;
}

export interface FileBodyNode extends NodeOf<'fileBody'> {
  path: TextNode;
}

export const assertionOperators = ['==', '!=', '>=', '<=', '>', '<', 'contains', 'matches', 'exists'] as const;
export type AssertionOperator = (typeof assertionOperators)[number];

export interface AssertionNode extends NodeOf<'assertion'> {
  path?: Path;
  operator?: AssertionOperator;
  value?: JsonNode;
}

export const builtins = ['uuid', 'timestamp', 'now', 'env', 'prompt', 'secret'] as const;
export type Builtin = (typeof builtins)[number];

export type Expression =
  | { type: 'reference'; name: string; path: Path }
  | { type: 'builtin'; name: Builtin; argument: string }
  | { type: 'invalid' };

/** `{{…}}`. The context says how its value is written: escaped in a JSON string, as JSON, or as it is. */
export interface TemplateNode extends NodeOf<'template'> {
  context: 'plain' | 'jsonString' | 'json';
  expression: Expression;
}

export type Node =
  | RequestFile
  | Section
  | SeparatorNode
  | CommentNode
  | DirectiveNode
  | VariableNode
  | TextNode
  | RequestNode
  | HeaderNode
  | JsonNode
  | FileBodyNode
  | AssertionNode
  | TemplateNode;

/** The children of a node in the order of the text. */
export function childrenOf(node: Node): Node[] {
  switch (node.kind) {
    case 'file':
      return [...node.sections];
    case 'section':
      return inOrder([node.separator, ...node.comments, ...node.directives, ...node.variables, node.request]);
    case 'separator':
      return [node.title];
    case 'directive':
      return [node.value];
    case 'variable':
    case 'header':
      return [node.name, node.value];
    case 'request':
      return inOrder([
        ...node.comments,
        ...node.directives,
        node.method,
        node.target,
        ...node.headers,
        node.body,
        ...node.assertions,
      ]);
    case 'fileBody':
      return [node.path];
    case 'assertion':
      return inOrder([node.value]);
    case 'text':
    case 'json':
      return node.templates;
    case 'comment':
    case 'template':
      return [];
  }
}

function inOrder(nodes: (Node | undefined)[]): Node[] {
  return nodes.filter(node => node !== undefined).sort((a, b) => a.start - b.start);
}

/** Visits a node and all below it, in the order of the text; `false` from `visit` skips what is below. */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  if (visit(node) === false) return;
  for (const child of childrenOf(node)) walk(child, visit);
}

/** The innermost node at an offset; a node reaches to its end, so that a cursor behind a word is at the word. */
export function nodeAt(root: Node, offset: number): Node | undefined {
  if (offset < root.start || offset > root.end) return undefined;
  let node = root;
  for (;;) {
    const inner = childrenOf(node).findLast(child => child.start <= offset && offset <= child.end);
    if (!inner) return node;
    node = inner;
  }
}

/** The section that holds an offset: from its separator up to the next. */
export function sectionAt(file: RequestFile, offset: number): PlacedSection | undefined {
  return file.sections.findLast(section => section.start <= offset && offset <= section.end);
}

/** The request whose section, from its separator up to the next, holds the offset. */
export function requestAt(file: RequestFile, offset: number): RequestNode | undefined {
  return sectionAt(file, offset)?.request;
}

export function requestNamed(file: RequestFile, name: string): RequestNode | undefined {
  return file.sections.find(({ parsed }) => parsed.heading?.name === name)?.request;
}

export function firstRequest(file: RequestFile): RequestNode | undefined {
  return file.sections.find(({ parsed }) => parsed.heading)?.request;
}

/** The directive that picks the tenant of a request: its own or the one of the file. */
export function connectionOf(file: RequestFile, request: RequestNode): DirectiveNode | undefined {
  return request.connection ?? file.connection;
}

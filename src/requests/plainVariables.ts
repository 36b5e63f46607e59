import { connectionOf, type RequestFile, type RequestNode } from './nodes';

/** The variables of a file whose value is known without asking anybody: plain text, by name. */
export type PlainVariables = ReadonlyMap<string, string>;

export const noVariables: PlainVariables = new Map();

const known = new WeakMap<RequestFile, PlainVariables>();

export function plainVariables(file: RequestFile): PlainVariables {
  const variables = known.get(file) ?? findPlainVariables(file);
  known.set(file, variables);
  return variables;
}

/** Of a section by itself, which has not to be put in its place for that. Of several with one name the last holds. */
function findPlainVariables({ sections }: RequestFile): PlainVariables {
  const found = new Map<string, string>();
  for (const { parsed } of sections) {
    for (const { name, value } of parsed.variables) {
      if (value.text.includes('{{')) found.delete(name.text);
      else found.set(name.text, value.text);
    }
  }
  return found.size === 0 ? noVariables : found;
}

export function samePlainVariables(a: PlainVariables, b: PlainVariables): boolean {
  return a === b || (a.size === b.size && [...a].every(([name, value]) => b.get(name) === value));
}

/** A text with its plain variables filled in; all other templates stay as they are. */
export function withPlain(text: string, variables: PlainVariables): string {
  if (variables.size === 0 || !text.includes('{{')) return text;
  return text.replace(/\{\{\s*(?<name>[^\s{}]+)\s*\}\}/gu, (template, name: string) => variables.get(name) ?? template);
}

/** The tenant that a request, or without one its file, asks for, as far as that is known before it is sent. */
export function connectionNameOf(file: RequestFile, request: RequestNode | undefined): string | undefined {
  const directive = request ? connectionOf(file, request) : file.connection;
  return directive && withPlain(directive.value.text, plainVariables(file));
}

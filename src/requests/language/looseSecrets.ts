import type { Node as JsonTree } from 'jsonc-parser';
import type { Range } from '../../api/spellings';
import { JsonNode } from '../jsonNode';
import type { RequestFile, RequestNode, Section, Span, TextNode } from '../nodes';
import { shortestSecret } from '../userSecrets';

/** A secret that stands in a text for everyone to read. */
export interface LooseSecret extends Span {
  /** What it is called there, as a name for `{{$secret name}}`. */
  readonly name: string;
  readonly value: string;
}

/**
 * Secrets in a file: values of what is called like one, and those that are known as such. `known` tells where the
 * latter stand in a text. Ids of records and employees are none, however random they look.
 */
export function looseSecrets(file: RequestFile, known: (text: string) => readonly Range[]): LooseSecret[] {
  const byName = file.sections
    .filter(({ parsed }) => mayHoldSecret.test(parsed.text))
    .flatMap(section => secretsIn(section, file.text));
  const byValue = known(file.text)
    .map(([start, end]) => ({ start, end, name: 'secret', value: file.text.slice(start, end) }))
    .filter(({ start, end }) => !byName.some(each => start < each.end && each.start < end));
  return [...byName, ...byValue].sort((a, b) => a.start - b.start);
}

/** Names are compared in lower case, without what separates words. */
const certain =
  /^(?:appsecret|clientsecret|permanentcode|(?:corp|app)?accesstoken|refreshtoken|authorization|sessionkey|ticket|password|apikey|cookie)$/;
const likely = /(?:secret|token|passwd|password|apikey|credentials?)$/;
/** Most requests hold no such name, and need not be read for this. */
const mayHoldSecret = /secret|token|permanent|auth|session|ticket|passw|cookie|credential|api[-_.\s]*key/i;
const openId = /^(?:FS[A-Z]*ID_|[\da-f]{24}$)/;
const placeholder = /^[<[(]|\.{3}|…|\*{3}|x{4}|your/i;

/** Whether what is called so may be a secret: enough not to show it. */
export function namesSecret(name: string): boolean {
  const key = keyOf(name);
  return certain.test(key) || likely.test(key);
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[-_.\s]/g, '');
}

function isSecret(name: string, value: string): boolean {
  const key = keyOf(name);
  if (value.length < shortestSecret || /\s/.test(value) || openId.test(value) || placeholder.test(value)) return false;
  return certain.test(key) || (likely.test(key) && looksRandom(value));
}

function looksRandom(value: string): boolean {
  return value.length >= 16 && /^[\w.~+/=-]+$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}

function secretsIn({ variables, request }: Section, text: string): LooseSecret[] {
  const pairs = [...variables, ...(request?.headers ?? [])];
  return [
    ...pairs.flatMap(({ name, value }) => secretText(name.text, value)),
    ...(request?.target ? secretsOfQuery(request.target) : []),
    ...(request ? secretsOfBody(request, text) : []),
  ];
}

/** The value without the scheme that a header begins with. */
function secretText(name: string, { text, start, end, templates }: TextNode): LooseSecret[] {
  const [scheme = ''] = /^(?:bearer|basic|token)\s+/i.exec(text) ?? [];
  const value = text.slice(scheme.length);
  if (templates.length > 0 || !isSecret(name, value)) return [];
  return [{ start: start + scheme.length, end, name: nameFor(name), value }];
}

function secretsOfQuery({ text, start, templates }: TextNode): LooseSecret[] {
  return [...text.matchAll(/[?&](?<name>[^=&#]+)=(?<value>[^&#\s]+)/dg)].flatMap(({ groups, indices }) => {
    const [from, to] = indices?.groups?.['value'] ?? [0, 0];
    const { name = '', value = '' } = groups ?? {};
    const place = { start: start + from, end: start + to };
    if (templates.some(each => overlap(each, place)) || !isSecret(name, value)) return [];
    return [{ ...place, name: nameFor(name), value }];
  });
}

function secretsOfBody({ body }: RequestNode, text: string): LooseSecret[] {
  if (!(body instanceof JsonNode) || !mayHoldSecret.test(text.slice(body.start, body.end)) || !body.tree) return [];
  const found: LooseSecret[] = [];
  const visit = (node: JsonTree, name: string) => {
    if (node.type === 'property') {
      const [key, value] = node.children ?? [];
      if (key && value) visit(value, String(key.value));
    } else if (node.type === 'string') {
      const start = body.start + node.offset + 1;
      const place = { start, end: start + node.length - 2 };
      const isOpen = body.templates.some(each => overlap(each, place));
      const value = String(node.value);
      if (!isOpen && isSecret(name, value)) found.push({ ...place, name: nameFor(name), value });
    } else for (const child of node.children ?? []) visit(child, name);
  };
  visit(body.tree, '');
  return found;
}

function nameFor(text: string): string {
  return text.replace(/[^\p{L}\p{N}_-]+/gu, '_');
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

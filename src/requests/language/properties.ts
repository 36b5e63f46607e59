import type { Node as JsonTree } from 'jsonc-parser';
import type { Body } from './body';
import type { Fix } from './findings';

/** Takes a property away, with the comma that parted it from the others. */
export function withoutProperty(body: Body, property: JsonTree): Fix {
  const all = property.parent?.children ?? [];
  const at = all.indexOf(property);
  const [before, behind] = [all[at - 1], all[at + 1]];
  const { start, end } = body.spanOf(property);
  if (behind) return { start, end: body.spanOf(behind).start, text: '' };
  return { start: before ? body.spanOf(before).end : start, end, text: '' };
}

/** Puts properties behind those that an object has, each on a line of its own where they stand so. */
export function withProperties(body: Body, object: JsonTree, properties: readonly string[]): Fix {
  const last = object.children?.at(-1);
  if (!last) {
    const start = body.spanOf(object).start + 1;
    return { start, end: start, text: ` ${properties.join(', ')} ` };
  }
  const { end } = body.spanOf(last);
  const lineStart = /(?:\r\n|[\r\n])[^\S\r\n]*$/.exec(body.node.masked.slice(0, last.offset))?.[0];
  return { start: end, end, text: properties.map(each => `,${lineStart ?? ' '}${each}`).join('') };
}

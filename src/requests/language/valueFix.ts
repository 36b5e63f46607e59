import type { Node as JsonTree } from 'jsonc-parser';
import type { ValueShape } from '../../objects/valueShape';

/** A value in the form that the API takes, where what is written can mean one thing only. */
export function inShape(value: JsonTree, written: string, shape: ValueShape): string | undefined {
  const { type, children = [] } = value;
  const text = type === 'string' ? (value.value as string) : undefined;
  switch (shape) {
    case 'text':
      return type === 'number' ? `"${written}"` : undefined;
    case 'time':
      return text !== undefined && /^-?\d{12,13}$/.test(text) ? text : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? text : undefined;
    case 'texts':
      if (type === 'array')
        return children.every(isNumber) ? `[${textsOf(children, written, value.offset)}]` : undefined;
      return type === 'number' ? `["${written}"]` : text === undefined ? undefined : `[${written}]`;
    case 'list':
      return type === 'object' ? `[${written}]` : undefined;
    case 'number':
      return undefined;
  }
}

function isNumber({ type }: JsonTree): boolean {
  return type === 'number';
}

function textsOf(numbers: readonly JsonTree[], written: string, from: number): string {
  return numbers.map(({ offset, length }) => `"${written.slice(offset - from, offset - from + length)}"`).join(', ');
}

import { findNodeAtLocation, getLocation, parseTree } from 'jsonc-parser';
import { literal, type Completion } from './completionItem';

/** The names of connections that may be typed at a place of an environment file: those that it has no entry for. */
export function environmentCompletions(text: string, offset: number, connections: readonly string[]): Completion[] {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  if (!isAtPropertyKey || path.length !== 1) return [];
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const range = previousNode
    ? { start: previousNode.offset, end: previousNode.offset + previousNode.length }
    : { start: offset, end: offset };
  const hasValue = /^\s*:/.test(text.slice(range.end));
  return connections
    .filter(name => !tree || !findNodeAtLocation(tree, [name]))
    .map(name => {
      const key = JSON.stringify(name);
      return {
        label: name,
        kind: 'key',
        insert: hasValue ? literal(key) : `${literal(key)}: {\n\t$0\n\\}`,
        range,
        filter: key,
        first: true,
      };
    });
}

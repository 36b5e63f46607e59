import type { Node as JsonTree } from 'jsonc-parser';

/** The keys of an object with their values; those that have none yet are left out. */
export function propertiesOf(node: JsonTree): [name: JsonTree, value: JsonTree][] {
  return (node.children ?? []).flatMap(({ children: [name, value] = [] }) => (name && value ? [[name, value]] : []));
}

/** What the API takes for no value. */
export function isEmpty({ type, value, children }: JsonTree): boolean {
  return type === 'null' || value === '' || (type === 'array' && children?.length === 0);
}

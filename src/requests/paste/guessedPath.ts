import { findNodeAtLocation, parseTree, type Node as JsonTree } from 'jsonc-parser';
import { exampleOf } from '../../api/endpointExamples';
import { endpoints, pathFor, type EndpointId } from '../../api/endpoints';
import { printJson } from '../../base/json';

/** Where several endpoints take the same keys, what people mean by far the most. */
const usual: ReadonlySet<EndpointId> = new Set([
  ...(['get', 'query', 'create', 'update', 'changeOwner', 'invalid', 'recover', 'delete', 'lock', 'unlock'] as const),
]);

/** The path of the one endpoint whose example has all the keys of a body; `undefined` where several are left. */
export function guessedPath(body: string): string | undefined {
  const tree = treeOf(body);
  const keys = keysOf(tree);
  const fitting = (Object.keys(endpoints) as EndpointId[]).filter(id => {
    const { request } = exampleOf(id);
    const known = request && keysOf(treeOf(printJson(request)));
    return known && keys.size > 0 && [...keys].every(key => known.has(key)) && known.has(idKey) === keys.has(idKey);
  });
  const likely = fitting.filter(id => usual.has(id));
  const [id, other] = likely.length > 0 ? likely : fitting;
  if (id === undefined || other !== undefined) return undefined;
  const endpoint = endpoints[id];
  const object: unknown = endpoint.objectAt && tree && findNodeAtLocation(tree, [...endpoint.objectAt])?.value;
  return pathFor(endpoint, typeof object === 'string' ? object : undefined);
}

/** A record that has an id already is updated, one that has none is created. */
const idKey = 'data.object_data._id';

/** Keys of the body and of `data`. Those of a record are its fields, but for the id. */
function keysOf(tree: JsonTree | undefined): Set<string> {
  const names = (node: JsonTree | undefined) =>
    node?.type === 'object' ? (node.children ?? []).map(({ children }) => String(children?.[0]?.value)) : [];
  const data = tree && findNodeAtLocation(tree, ['data']);
  const id = tree && findNodeAtLocation(tree, ['data', 'object_data', '_id']);
  return new Set([...names(tree), ...names(data).map(name => `data.${name}`), ...(id ? [idKey] : [])]);
}

function treeOf(json: string): JsonTree | undefined {
  return parseTree(json, [], { allowTrailingComma: true });
}

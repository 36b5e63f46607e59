import type { Node as JsonTree } from 'jsonc-parser';
import { endpoints } from '../../api/endpoints';
import type { RequestNode } from '../nodes';
import { placeOfPath, type Body } from './body';
import type { Findings, Fix } from './findings';
import { propertiesOf } from './jsonTree';

const { bulkInvalid } = endpoints;
const singles: ReadonlySet<string> = new Set(['object_data_id', 'objectDataId']);
const lists: ReadonlySet<string> = new Set(['idList', 'dataIds']);

/** A list of ids where one belongs and the reverse, or the list by the name that it has elsewhere. */
export function checkIds(request: RequestNode, body: Body, findings: Findings): void {
  const data = body.at(['data']);
  const expected = body.keysAt(['data']).flatMap(([key]) => (singles.has(key) || lists.has(key) ? [key] : []));
  const [wanted] = expected;
  if (data?.type !== 'object' || wanted === undefined || expected.length > 1) return;
  for (const [name, value] of propertiesOf(data)) {
    const key = name.value as string;
    if (singles.has(wanted)) checkSingle(request, body, wanted, [name, value], findings);
    else if (singles.has(key)) {
      const span = body.spanOf(name.parent ?? name);
      const ids = body.node.textOf(value);
      const text = `"${wanted}": ${value.type === 'array' ? ids : `[${ids}]`}`;
      findings.add('idListExpected', span, {}, body.isOpen(value) ? undefined : { ...span, text });
    } else if (lists.has(key) && key !== wanted) {
      const span = body.spanOf(name);
      findings.add('keyUnknown', span, { key, expected: wanted }, { ...span, text: `"${wanted}"` });
    }
  }
}

function checkSingle(
  request: RequestNode,
  body: Body,
  wanted: string,
  [name, value]: readonly [JsonTree, JsonTree],
  findings: Findings,
): void {
  const key = name.value as string;
  const isMisnamed = lists.has(key);
  if (!isMisnamed && !(singles.has(key) && value.type === 'array')) return;
  const span = body.spanOf(name.parent ?? name);
  const only = value.type === 'array' && value.children?.length === 1 ? value.children[0] : undefined;
  const text = only ?? (value.type === 'string' && !body.isOpen(value) ? value : undefined);
  const fix = text
    ? { ...span, text: `"${wanted}": ${body.node.textOf(text)}` }
    : isMisnamed && key === 'idList'
      ? inBulk(request, body)
      : undefined;
  findings.add('idExpected', span, {}, fix);
}

/** Many records of a custom object are invalidated by a path of its own. */
function inBulk({ target }: RequestNode, { endpoint, pathname }: Body): Fix | undefined {
  if (endpoint.id !== 'invalid' || pathname !== endpoint.customPath) return undefined;
  const place = target && placeOfPath(target, pathname);
  return place && { ...place, text: bulkInvalid.path };
}

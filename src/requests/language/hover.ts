import { findNodeAtOffset, getNodePath, type Node as JsonTree } from 'jsonc-parser';
import { endpointAt, type Endpoint } from '../../api/endpoints';
import type { Bilingual } from '../../api/errorCodes';
import type { CrmObject } from '../../objects/crmObject';
import type { Field } from '../../objects/fields';
import { operatorNamed } from '../../objects/operators';
import { printPath } from '../jsonPath';
import { JsonNode } from '../jsonNode';
import {
  nodeAt,
  requestAt,
  type Builtin,
  type RequestFile,
  type RequestNode,
  type Span,
  type TemplateNode,
} from '../nodes';
import { plainVariables } from '../plainVariables';
import type { Problem } from '../problems';
import { Body, isRecord, pathOfTarget } from './body';
import { objectOfId, type Knowledge } from './knowledge';
import { heldBy } from './shownValues';

/** What there is to say about the thing at an offset. */
export type Subject =
  | { readonly about: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly about: 'object'; readonly object: CrmObject }
  | { readonly about: 'field'; readonly field: Field }
  | { readonly about: 'option'; readonly field: Field; readonly value: string; readonly label: string }
  | { readonly about: 'operator'; readonly name: string; readonly meaning: Bilingual }
  | { readonly about: 'record'; readonly id: string; readonly name: string }
  | { readonly about: 'variable'; readonly name: string; readonly value: string }
  /** A variable without a value. */
  | { readonly about: 'problem'; readonly problem: Problem }
  | { readonly about: 'builtin'; readonly name: Builtin; readonly argument: string };

export type Hover = Subject & Span;

export function hoverAt(file: RequestFile, offset: number, knowledge: Knowledge): Hover | undefined {
  const request = requestAt(file, offset);
  const node = nodeAt(file, offset);
  if (node?.kind === 'template') return aboutTemplate(file, node, knowledge);
  if (!request) return undefined;
  const { target, body } = request;
  if (target && target.start <= offset && offset <= target.end) return aboutTarget(target, file);
  return body instanceof JsonNode ? aboutBody(file, request, offset, knowledge) : undefined;
}

function aboutTarget({ text, start, end }: Span & { text: string }, file: RequestFile): Hover | undefined {
  const path = pathOfTarget(text, plainVariables(file));
  const endpoint = path === undefined ? undefined : endpointAt(path);
  return endpoint && { about: 'endpoint', endpoint, start, end };
}

function aboutTemplate(file: RequestFile, node: TemplateNode, knowledge: Knowledge): Hover | undefined {
  const { expression, start, end } = node;
  if (expression.type === 'invalid') return undefined;
  if (expression.type === 'builtin') {
    return { about: 'builtin', name: expression.name, argument: expression.argument, start, end };
  }
  const held = heldBy(node, file, knowledge);
  if ('problem' in held) return held.problem && { about: 'problem', problem: held.problem, start, end };
  return { about: 'variable', name: printPath([expression.name, ...expression.path]), value: held.value, start, end };
}

function aboutBody(file: RequestFile, request: RequestNode, offset: number, knowledge: Knowledge): Hover | undefined {
  const body = Body.of(request, plainVariables(file));
  const found = body?.node.tree && findNodeAtOffset(body.node.tree, offset - body.node.start);
  if (!body || found?.type !== 'string' || body.isFilledIn(found)) return undefined;
  const path = getNodePath(found);
  const subject = subjectOf(body, path, found.value as string, isKeyOf(found), knowledge);
  return subject && { ...subject, ...body.spanOf(found) };
}

function isKeyOf(node: JsonTree): boolean {
  return node.parent?.type === 'property' && node.parent.children?.[0] === node;
}

function subjectOf(
  body: Body,
  path: (string | number)[],
  text: string,
  isKey: boolean,
  knowledge: Knowledge,
): Subject | undefined {
  const object = body.objectAt(path);
  const field = (name: string | undefined) =>
    object === undefined ? undefined : knowledge.fields(object)?.find(({ apiName }) => apiName === name);
  const role = body.roleAt(path);
  if (isKey && isRecord(path.slice(0, -1))) return aboutField(field(text));
  if (isKey && role?.is !== 'filterValue') return undefined;
  switch (role?.is) {
    case 'object':
      return aboutObject(text, knowledge);
    case 'field':
      return aboutField(field(text));
    case 'operator': {
      const known = operatorNamed(text);
      return known && { about: 'operator', name: text, meaning: known.meaning };
    }
    case 'filterValue':
    case 'fieldValue': {
      const known = field(role.field);
      const option = known?.options.find(({ value }) => value === text);
      if (known && option) return { about: 'option', field: known, value: text, label: option.label };
      return aboutRecord(objectOfId(role, object, knowledge), text, knowledge);
    }
    case 'recordId':
      return aboutRecord(object, text, knowledge);
    default:
      return undefined;
  }
}

function aboutField(field: Field | undefined): Subject | undefined {
  return field && { about: 'field', field };
}

function aboutRecord(object: string | undefined, text: string, knowledge: Knowledge): Subject | undefined {
  const record = object === undefined ? undefined : knowledge.records(object).find(({ id }) => id === text);
  return record && { about: 'record', id: record.id, name: record.name };
}

function aboutObject(apiName: string, { objects }: Knowledge): Subject | undefined {
  const object = objects?.find(each => each.apiName === apiName);
  return object && { about: 'object', object };
}

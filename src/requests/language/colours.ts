import type { Node as JsonTree } from 'jsonc-parser';
import type { Path } from '../jsonPath';
import { walk, type RequestFile, type RequestNode, type Section, type Span } from '../nodes';
import { connectionNameOf, plainVariables } from '../plainVariables';
import { Body, isRecord, type Role } from './body';
import type { Knowledge } from './knowledge';
import { isBesideFields } from './valueChecks';
import { operatorNamed } from '../../objects/operators';

/** What a name stands for that no grammar can know. */
export type ColourKind = 'object' | 'field' | 'operator' | 'option' | 'variable';

export interface Colour extends Span {
  readonly kind: ColourKind;
  /** Whether the tenant, or the file, has it. */
  readonly known: boolean;
}

/** The names in one section. Of what the tenant has not told yet nothing is said. */
export function coloursIn(
  file: RequestFile,
  section: Section,
  knowledgeOf: (connection: string | undefined) => Knowledge,
): Colour[] {
  const { request } = section;
  const knowledge = knowledgeOf(connectionNameOf(file, request));
  return [...variablesIn(file, section, knowledge), ...(request ? namesIn(file, request, knowledge) : [])];
}

function variablesIn(file: RequestFile, section: Section, { environment }: Knowledge): Colour[] {
  const named = new Set(file.sections.map(({ heading }) => heading?.name));
  const found: Colour[] = [];
  walk(section, node => {
    if (node.kind !== 'template' || node.expression.type !== 'reference') return;
    const { name } = node.expression;
    const start = file.text.indexOf(name, node.start + 2);
    const known = file.variables.has(name) || environment.has(name) || named.has(name);
    found.push({ kind: 'variable', known, start, end: start + name.length });
  });
  return found;
}

function namesIn(file: RequestFile, request: RequestNode, knowledge: Knowledge): Colour[] {
  const body = Body.of(request, plainVariables(file));
  const root = body?.at([]);
  return body && root ? [...new BodyNames(body, knowledge).in(root, [])] : [];
}

class BodyNames {
  constructor(
    private readonly body: Body,
    private readonly knowledge: Knowledge,
  ) {}

  *in(node: JsonTree, path: Path): Generator<Colour> {
    if (node.type === 'array') {
      for (const [at, child] of (node.children ?? []).entries()) yield* this.in(child, [...path, at]);
    }
    if (node.type === 'object') {
      for (const { children: [name, value] = [] } of node.children ?? []) {
        if (!name) continue;
        const key = String(name.value);
        if (isRecord(path) && key !== 'dataObjectApiName') yield* this.#field(name, path);
        if (value) yield* this.in(value, [...path, key]);
      }
    }
    if (node.type === 'string') yield* this.#value(node, path, this.body.roleAt(path));
  }

  #value(node: JsonTree, path: Path, role: Role | undefined): Colour[] {
    const text = String(node.value);
    switch (role?.is) {
      case 'object': {
        const { objects } = this.knowledge;
        return objects
          ? this.#colour(
              node,
              'object',
              objects.some(({ apiName }) => apiName === text),
            )
          : [];
      }
      case 'field':
        return this.#field(node, path);
      case 'operator':
        return this.#colour(node, 'operator', operatorNamed(text) !== undefined);
      case 'filterValue':
      case 'fieldValue': {
        const field = this.#fields(path)?.find(({ apiName }) => apiName === role.field);
        const isOption = field?.options.some(({ value }) => value === text);
        return isOption ? this.#colour(node, 'option', true) : [];
      }
      default:
        return [];
    }
  }

  #field(node: JsonTree, path: Path): Colour[] {
    const name = String(node.value);
    const fields = this.#fields(path);
    if (!fields || name.startsWith('_') || isBesideFields(name)) return [];
    return this.#colour(
      node,
      'field',
      fields.some(({ apiName }) => apiName === name),
    );
  }

  #fields(path: Path) {
    const object = this.body.objectAt(path);
    return object === undefined ? undefined : this.knowledge.fields(object);
  }

  #colour(node: JsonTree, kind: ColourKind, known: boolean): Colour[] {
    const { start, end } = this.body.spanOf(node);
    return end - start > 2 && !this.body.isFilledIn(node) ? [{ kind, known, start: start + 1, end: end - 1 }] : [];
  }
}

import { ApiError } from '../api/errors';
import type { Clock } from '../base/clock';
import { Emitter } from '../base/emitter';
import type { JsonObject, JsonValue } from '../base/json';
import type { Field } from '../objects/fields';
import type { RecordQuery } from './recordCalls';

/** What an id in a record stands for. */
export interface Pointer {
  /** The object whose records are meant, and the field of theirs that has the id. */
  readonly object: string;
  readonly key: string;
  readonly id: string;
}

export interface PointedNamesOptions {
  readonly query: (connectionId: string, object: string, query: RecordQuery) => Promise<readonly JsonObject[]>;
  readonly clock: Clock;
}

/** Those wanted within so many milliseconds are asked for together. */
const gathering = 300;
/** The API gives so many records at once. */
const most = 100;

/**
 * Names of the records, employees and departments that a record points to, where its own companions do not tell: a
 * person typed another id, say. Asked for in batches, each once; what cannot be named is not asked for again.
 */
export class PointedNames {
  /** `undefined` for what was asked for in vain, or is being asked for. */
  readonly #names = new Map<string, string | undefined>();
  readonly #wanted = new Map<string, Map<string, Pointer>>();
  readonly #learnt = new Emitter();
  /** Tells when names have come. */
  readonly onDidLearn = this.#learnt.event;

  constructor(private readonly options: PointedNamesOptions) {}

  /** The name where it is known; asks for it where it is not. */
  of(connectionId: string, pointer: Pointer): string | undefined {
    const key = keyOf(connectionId, pointer);
    if (!this.#names.has(key)) this.#want(connectionId, pointer);
    return this.#names.get(key);
  }

  /** A connection may lead elsewhere now. */
  clear(): void {
    this.#names.clear();
  }

  #forget(connectionId: string, pointers: readonly Pointer[]): void {
    for (const pointer of pointers) this.#names.delete(keyOf(connectionId, pointer));
  }

  #want(connectionId: string, pointer: Pointer): void {
    this.#names.set(keyOf(connectionId, pointer), undefined);
    const batch = this.#wanted.get(connectionId) ?? new Map<string, Pointer>();
    if (batch.size === 0) this.options.clock.after(gathering, () => void this.#ask(connectionId));
    this.#wanted.set(connectionId, batch.set(keyOf(connectionId, pointer), pointer));
  }

  /** One question for each object. */
  async #ask(connectionId: string): Promise<void> {
    const pointers = [...(this.#wanted.get(connectionId)?.values() ?? [])];
    this.#wanted.delete(connectionId);
    const objects = [...new Set(pointers.map(({ object }) => object))];
    const asked = await Promise.all(
      objects.map(object =>
        this.#askAbout(
          connectionId,
          pointers.filter(each => each.object === object),
        ),
      ),
    );
    if (asked.includes(true)) this.#learnt.fire();
  }

  /** Whether any name came. Who is hidden from the acting employee has none. */
  async #askAbout(connectionId: string, pointers: readonly Pointer[]): Promise<boolean> {
    const [{ object, key } = { object: '', key: '' }] = pointers;
    const ids = pointers.slice(0, most).map(({ id }) => id);
    this.#forget(connectionId, pointers.slice(most));
    const query: RecordQuery = {
      filters: [{ field_name: key, operator: 'IN', field_values: ids }],
      fields: [...new Set(['_id', key, 'name'])],
      limit: most,
      count: false,
    };
    const records = await this.options.query(connectionId, object, query).catch((error: unknown) => {
      // Whoever could not be reached may be asked again.
      if (!(error instanceof ApiError)) this.#forget(connectionId, pointers);
      return [];
    });
    for (const { [key]: id, name } of records) {
      if (typeof id !== 'string' || typeof name !== 'string') continue;
      this.#names.set(keyOf(connectionId, { object, key, id }), name);
    }
    return records.length > 0;
  }
}

function keyOf(connectionId: string, { object, key, id }: Pointer): string {
  return [connectionId, object, key, id].join('/');
}

/** What the value of a field points to; half-typed ids point to nothing. Source: api-facts.md 4.2 and 8.1. */
export function pointersIn(field: Field | undefined, value: JsonValue | undefined): Pointer[] {
  const target = field && targetOf(field);
  if (!target) return [];
  return (Array.isArray(value) ? value : [value])
    .filter(id => typeof id === 'string')
    .filter(id => target.form.test(id))
    .map(id => ({ object: target.object, key: target.key, id }));
}

function targetOf({ type, target }: Field): (Omit<Pointer, 'id'> & { readonly form: RegExp }) | undefined {
  switch (type) {
    case 'employee':
    case 'employee_many':
      return { object: 'PersonnelObj', key: 'user_id', form: /^\d{4,}$/ };
    case 'department':
    case 'department_many':
      return { object: 'DepartmentObj', key: 'dept_id', form: /^\d{3,}$/ };
    case 'object_reference':
    case 'object_reference_many':
    case 'master_detail':
      return target === undefined ? undefined : { object: target, key: '_id', form: /^[\da-f]{24}(?:[\da-f]{8})?$/i };
    default:
      return undefined;
  }
}

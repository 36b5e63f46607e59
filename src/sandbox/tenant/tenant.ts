import type { JsonValue } from '../../base/json';
import fieldData from '../data/fields.json';
import { SeededIds } from '../seed/seededIds';
import { seededCount, SeededRecords } from '../seed/seededRecords';
import { RecordStore } from '../store/recordStore';
import { buildCatalogue, type CrmObject } from './catalogue';
import type { Field } from './field';
import { asText } from '../text';

export interface TenantOptions {
  seed: number;
  /** How many records AccountObj starts with. */
  records?: number;
}

/** Everything the sandbox's one enterprise has: its objects and their records. */
export class Tenant {
  readonly tenantId = '100001';
  readonly catalogue = buildCatalogue();
  readonly seed: number;
  private readonly ids = new Map<string, SeededIds>();
  private readonly stores = new Map<string, RecordStore>();

  constructor({ seed, records }: TenantOptions) {
    this.seed = seed;
    const counts: Record<string, number> = {
      ...fieldData.counts,
      ...(records !== undefined && { AccountObj: records }),
    };
    for (const object of this.catalogue.values()) {
      const ids = new SeededIds(object.apiName, seed, seededCount(object.apiName, counts));
      this.ids.set(object.apiName, ids);
      this.stores.set(object.apiName, new RecordStore(new SeededRecords(object, ids, this)));
    }
  }

  objectOf(apiName: string): CrmObject | undefined {
    return this.catalogue.get(apiName);
  }

  idsOf(apiName: string): SeededIds | undefined {
    return this.ids.get(apiName);
  }

  storeOf(apiName: string): RecordStore {
    const store = this.stores.get(apiName);
    if (!store) throw new Error(`no object ${apiName}`);
    return store;
  }

  /** A value as a caller sees it: a quote shows what the record that it looks up has now. */
  valueAt(store: RecordStore, position: number, field: Field): JsonValue | undefined {
    if (field.type !== 'quote') return store.valueAt(position, field.name);
    const quoted = this.quoted(store.object, field, name => store.valueAt(position, name));
    return quoted && (quoted.label ?? quoted.value);
  }

  /** What a quote field shows: the value of the other record, and its label where it is an option. */
  quoted(
    object: CrmObject,
    field: Field,
    valueOf: (name: string) => JsonValue | undefined,
  ): { value: JsonValue; label?: string } | undefined {
    const [lookUp = '', name = ''] = field.quotes?.split('.') ?? [];
    const target = object.fields.get(lookUp)?.target;
    const id = valueOf(lookUp);
    if (target === undefined || typeof id !== 'string') return undefined;
    const store = this.storeOf(target);
    const position = store.find(id);
    const value = position === undefined ? undefined : store.valueAt(position, name);
    if (value === undefined) return undefined;
    const label = store.object.fields.get(name)?.options?.[asText(value)];
    return { value, ...(label !== undefined && { label }) };
  }

  /** The name of a record, for `…__r` of a look-up to it. */
  nameOf(apiName: string, id: string): string | undefined {
    const store = this.stores.get(apiName);
    const position = store?.find(id);
    const name = position === undefined ? undefined : store?.valueAt(position, 'name');
    return typeof name === 'string' ? name : undefined;
  }

  /** Positions of the records of a detail object that belong to a master record. */
  *detailsOf(masterId: string, detail: string): Iterable<number> {
    const store = this.storeOf(detail);
    const { masterField } = store.object;
    const masters = this.ids.get(masterField?.target ?? '');
    if (!masterField || !masters) return;
    const count = this.ids.get(detail)?.count ?? 0;
    const dealt = SeededIds.positionIn(masterId) ?? count;
    const belongs = (position: number): boolean => store.valueAt(position, masterField.name) === masterId;
    // Seeded details are dealt to the masters in turn; created ones may belong to anybody.
    for (let position = dealt; position < count; position += Math.max(masters.count, 1))
      if (belongs(position)) yield position;
    for (let position = count; position < store.end; position++) if (belongs(position)) yield position;
  }
}

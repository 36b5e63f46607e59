import type { JsonObject, JsonValue } from '../../base/json';
import fieldData from '../data/fields.json';
import type { Change, Keepable } from '../keep/change';
import { hashOfText } from '../seed/random';
import { SeededIds } from '../seed/seededIds';
import { seededCount, SeededRecords } from '../seed/seededRecords';
import { Files } from '../store/files';
import { RecordStore } from '../store/recordStore';
import { Shelf } from '../store/shelf';
import { buildCatalogue, type CrmObject } from './catalogue';
import type { Field } from './field';
import { Organization } from './organization';
import { asText } from '../text';

export interface TenantOptions {
  seed: number;
  /** How many records AccountObj starts with. */
  records?: number;
}

/** Everything the sandbox's one enterprise has: its objects and their records. */
export class Tenant implements Keepable {
  readonly tenantId = '100001';
  readonly catalogue = buildCatalogue();
  readonly seed: number;
  readonly organization: Organization;
  /** Uploaded ones; in memory only. */
  readonly files = new Files();
  private readonly ids = new Map<string, SeededIds>();
  private readonly stores = new Map<string, RecordStore>();
  private readonly shelves = new Map<string, Shelf>();
  private changes: Change[] = [];

  constructor({ seed, records }: TenantOptions) {
    this.seed = seed;
    const counts: Record<string, number> = {
      ...fieldData.counts,
      ...(records !== undefined && { AccountObj: records }),
    };
    for (const object of this.catalogue.values()) {
      const ids = new SeededIds(object.apiName, seed, seededCount(object.apiName, counts));
      this.ids.set(object.apiName, ids);
      const changed = this.noting(object.apiName);
      this.stores.set(object.apiName, new RecordStore(new SeededRecords(object, ids, this), changed));
    }
    this.organization = new Organization(this.storeOf('PersonnelObj'), this.storeOf('DepartmentObj'), this.tenantId);
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

  /** Names of shelves cannot be those of objects: no object's name has a `#`. */
  shelf(name: `#${string}`): Shelf {
    let shelf = this.shelves.get(name);
    if (!shelf) this.shelves.set(name, (shelf = new Shelf(this.noting(name))));
    return shelf;
  }

  /** What has changed since this was last asked. */
  takeChanges(): Change[] {
    const { changes } = this;
    this.changes = [];
    return changes;
  }

  /** Tells apart tenants whose changes cannot be exchanged: positions depend on all of this. */
  get identity(): { seed: number; records: number; layout: string } {
    const counts = [...this.ids].map(([apiName, { count }]) => `${apiName}:${count}`).join();
    const layout = hashOfText(counts).toString(16);
    return { seed: this.seed, records: this.ids.get('AccountObj')?.count ?? 0, layout };
  }

  get size(): number {
    const stores = [...this.stores.values()].reduce((sum, store) => sum + store.changeCount, 0);
    return [...this.shelves.values()].reduce((sum, shelf) => sum + shelf.size, stores);
  }

  all(): Change[] {
    const all: Change[] = [];
    for (const [apiName, store] of this.stores)
      for (const [id, record] of store.allChanges()) all.push([apiName, id, record]);
    for (const [name, shelf] of this.shelves) for (const [key, value] of shelf.entries()) all.push([name, key, value]);
    return all;
  }

  restore([place, key, value]: Change): void {
    if (place.startsWith('#')) this.shelf(place as `#${string}`).restore(key, value);
    else this.storeOf(place).restore(key, value);
  }

  private noting(place: string): (key: string, value: JsonObject | null) => void {
    const isOrganization = place === 'PersonnelObj' || place === 'DepartmentObj';
    return (key, value) => {
      this.changes.push([place, key, value]);
      if (isOrganization) this.organization.forget();
    };
  }

  /** The store that has a record of this id: some calls name no object. */
  storeHolding(id: string): RecordStore | undefined {
    return [...this.stores.values()].find(store => store.find(id) !== undefined);
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

import type { JsonObject, JsonValue } from '../../base/json';
import type { SeededRecords } from '../seed/seededRecords';
import { SeededIds } from '../seed/seededIds';
import { invalidBefore } from '../seed/systemValues';
import type { CrmObject } from '../tenant/catalogue';
import { asText } from '../text';

/**
 * The records of one object in the order of their ids: seeded ones, generated when they are asked for, then created
 * ones. A position never moves; a deleted record leaves a hole. Only what was changed is held in memory.
 */
export class RecordStore {
  /** What became of seeded records: the changed record, or null for a deleted one. */
  private readonly changes = new Map<number, JsonObject | null>();
  private readonly created: { id: string; record: JsonObject | null }[] = [];

  constructor(
    private readonly seeded: SeededRecords,
    private readonly changed: (id: string, record: JsonObject | null) => void = () => undefined,
  ) {}

  get object(): CrmObject {
    return this.seeded.object;
  }

  /** Positions run from 0 up to here, holes included. */
  get end(): number {
    return this.seeded.count + this.created.length;
  }

  idAt(position: number): string {
    const { seeded } = this;
    return position < seeded.count ? seeded.ids.idAt(position) : (this.created[position - seeded.count]?.id ?? '');
  }

  recordAt(position: number): JsonObject | undefined {
    const changed = this.changedAt(position);
    if (changed !== undefined) return changed ?? undefined;
    return position < this.seeded.count ? this.seeded.recordAt(position) : undefined;
  }

  /** One value of a record, without generating the others: what makes scanning a million records bearable. */
  valueAt(position: number, name: string): JsonValue | undefined {
    const changed = this.changedAt(position);
    if (changed !== undefined) return changed?.[name];
    return position < this.seeded.count ? this.seeded.valueAt(position, name) : undefined;
  }

  valuesAt(position: number): (name: string) => JsonValue | undefined {
    return name => this.valueAt(position, name);
  }

  isChangedAt(position: number): boolean {
    return this.changedAt(position) !== undefined;
  }

  existsAt(position: number): boolean {
    const changed = this.changedAt(position);
    return changed === undefined ? position < this.seeded.count : changed !== null;
  }

  isInvalidAt(position: number): boolean {
    const changed = this.changedAt(position);
    return changed ? changed['is_deleted'] === true : this.seeded.isInvalidAt(position);
  }

  /** The position of the record with this id, if there is one. */
  find(id: string): number | undefined {
    const position = SeededIds.positionIn(id);
    if (position === undefined || position >= this.end || this.idAt(position) !== id) return undefined;
    return this.existsAt(position) ? position : undefined;
  }

  /** The first position whose id is not less than the given text. */
  lowerBound(id: string): number {
    let low = 0;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.idAt(middle) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many records there are from one position up to another, with or without the invalidated ones. */
  count(from: number, to: number, withInvalid: boolean): number {
    const { count } = this.seeded;
    const seededTo = Math.min(to, count);
    const invalid = (position: number): number => invalidBefore(this.object, count, position);
    let total = seededTo > from ? seededTo - from - (withInvalid ? 0 : invalid(seededTo) - invalid(from)) : 0;
    const counts = (record: JsonObject | null): boolean =>
      record !== null && (withInvalid || record['is_deleted'] !== true);
    for (const [position, record] of this.changes) {
      if (position < from || position >= to) continue;
      total += Number(counts(record)) - Number(withInvalid || !this.seeded.isInvalidAt(position));
    }
    for (let position = Math.max(from, count); position < to; position++) {
      if (counts(this.created[position - count]?.record ?? null)) total += 1;
    }
    return total;
  }

  /** An id greater than all others of this object. Take the record under it with `add` before asking for the next. */
  nextId(now: number): string {
    const { ids, count } = this.seeded;
    const last = this.end > 0 ? Number.parseInt(this.idAt(this.end - 1).slice(0, 8), 16) * 1000 : 0;
    return ids.make(Math.max(now, last, ids.timeAt(count)), this.end);
  }

  add(record: JsonObject): void {
    const id = asText(record['_id']);
    this.created.push({ id, record });
    this.changed(id, record);
  }

  replace(position: number, record: JsonObject): void {
    this.set(position, record);
  }

  remove(position: number): void {
    this.set(position, null);
  }

  /** How many records differ from the seed. */
  get changeCount(): number {
    return this.changes.size + this.created.length;
  }

  /** What differs from the seed, in an order in which it can be restored. */
  *allChanges(): Iterable<[id: string, record: JsonObject | null]> {
    for (const [position, record] of this.changes) yield [this.idAt(position), record];
    for (const { id, record } of this.created) yield [id, record];
  }

  /** Puts back what was kept, without telling anybody. */
  restore(id: string, record: JsonObject | null): void {
    const position = SeededIds.positionIn(id) ?? -1;
    if (position === this.end) this.created.push({ id, record });
    else if (position >= 0 && this.idAt(position) === id) this.put(position, record);
    else throw new Error(`record ${id} of ${this.object.apiName} has no place`);
  }

  private set(position: number, record: JsonObject | null): void {
    this.put(position, record);
    this.changed(this.idAt(position), record);
  }

  private put(position: number, record: JsonObject | null): void {
    const entry = this.created[position - this.seeded.count];
    if (entry) entry.record = record;
    else this.changes.set(position, record);
  }

  private changedAt(position: number): JsonObject | null | undefined {
    const { count } = this.seeded;
    return position < count ? this.changes.get(position) : this.created[position - count]?.record;
  }
}

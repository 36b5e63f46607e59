import { Emitter } from '../base/emitter';
import { printJson, type JsonObject } from '../base/json';
import type { Connection } from '../connections/connection';
import { fieldsOf, type Field } from '../objects/fields';
import { isInvalid } from './recordFields';
import { recordText } from './recordText';
import { isNewRecord, type RecordRef } from './recordRef';
import { concernsRecord, isExplained } from './recordRefusal';
import type { ReadOptions } from './recordCalls';
import type { RecordService } from './recordService';

/** A record as it was last read, and the text that shows it. */
export interface OpenRecord {
  readonly record: JsonObject;
  readonly text: string;
  /** Epoch milliseconds: when the record was last modified, or later. Grows whenever the text is another. */
  readonly modifiedAt: number;
  /** It cannot be read any more: deleted, or hidden from the acting employee. */
  readonly isGone: boolean;
  /** It is invalidated, by the reading shown or by a later look that an edited text keeps from being shown. */
  readonly isInvalidated: boolean;
  /** It is not in the tenant yet: saving creates it. */
  readonly isNew: boolean;
  /** What the tenant says of the object's fields, where that could be read. */
  readonly fields: readonly Field[] | undefined;
}

export interface OpenRecordsOptions {
  readonly service: RecordService;
  readonly connectionOf: (ref: RecordRef) => Connection;
  /** `undefined` where the connection was removed. */
  readonly findConnection: (ref: RecordRef) => Connection | undefined;
  /** The object's `describe` map, or `undefined` where it cannot be had; the record is shown all the same. */
  readonly describeOf: (ref: RecordRef) => Promise<JsonObject | undefined>;
  readonly showCompanions: () => boolean;
  readonly now: () => number;
}

/** For how long a reading is good that no editor shows: the editor asks what a file is before it reads it. */
const unseenLife = 10_000;
/** After so long a person who comes back to a record sees it as it is now. */
const staleAfter = 60_000;
/** How many readings of a record are kept, so that a text made from an older one can still be saved. */
const keptReadings = 10;

interface Entry {
  readonly ref: RecordRef;
  readonly current: OpenRecord;
  readonly readings: readonly Reading[];
  readonly readAt: number;
  /** Where it was read, and as whom. */
  readonly place: string | undefined;
}

interface Reading {
  readonly record: JsonObject;
  /** Not from the tenant, but what a save made of the one before. */
  readonly isOurs: boolean;
}

interface SetOptions {
  readonly time?: number | undefined;
  readonly place?: string | undefined;
  readonly isOurs?: boolean;
}

/** The records that are open in editors: read once, shown as text, saved field by field. */
export class OpenRecords {
  readonly #open = new Map<string, Entry>();
  readonly #changed = new Emitter<RecordRef>();
  /** Tells of each record that was read or saved. */
  readonly onDidChange = this.#changed.event;
  readonly #underWay = new Map<string, Promise<OpenRecord>>();

  constructor(private readonly options: OpenRecordsOptions) {}

  /** The record as last read, without asking. */
  known(ref: RecordRef): OpenRecord | undefined {
    return this.#open.get(keyOf(ref))?.current;
  }

  /** The records that are known, of one connection or all. */
  list(connectionId?: string): RecordRef[] {
    const refs = [...this.#open.values()].map(({ ref }) => ref);
    return refs.filter(ref => connectionId === undefined || ref.connectionId === connectionId);
  }

  /** Whether no save would be taken: the record is invalidated or gone, or the tenant is read-only here. */
  isReadOnly(ref: RecordRef): boolean {
    const known = this.known(ref);
    const isDead = known !== undefined && (known.isGone || known.isInvalidated);
    return isDead || this.options.connectionOf(ref).role === 'readOnly';
  }

  /** Whether it was read so long ago that it may be another by now. What is gone stays so. */
  isStale(ref: RecordRef): boolean {
    const entry = this.#open.get(keyOf(ref));
    if (!entry || entry.current.isGone || entry.current.isNew) return false;
    return this.isElsewhere(ref) || this.options.now() - entry.readAt >= staleAfter;
  }

  /**
   * Whether its connection leads to another tenant, or acts as another employee, than when the record was read. What
   * a text is made from is not known then.
   */
  isElsewhere(ref: RecordRef): boolean {
    const entry = this.#open.get(keyOf(ref));
    const place = this.#placeOf(ref);
    return entry !== undefined && !entry.current.isNew && place !== undefined && entry.place !== place;
  }

  /** The record as last read; reads it when that is not known, or was long ago and no editor shows it. */
  async opened(ref: RecordRef, isShown = true): Promise<OpenRecord> {
    const entry = this.#open.get(keyOf(ref));
    const isFresh = entry && this.options.now() - entry.readAt < unseenLife && !this.isElsewhere(ref);
    if (entry && (isShown || isFresh)) return entry.current;
    return this.read(ref);
  }

  /** Reads the record anew, without making it the one that is shown. */
  async fetch(ref: RecordRef, options?: ReadOptions): Promise<JsonObject> {
    const place = this.#placeOf(ref);
    const { record } = await this.options.service.get(this.options.connectionOf(ref), ref.object, ref.id, options);
    // The connection was edited meanwhile: this is not the record that it leads to.
    return place === this.#placeOf(ref) ? record : this.fetch(ref, options);
  }

  /** Reads the record anew; all who ask meanwhile get the same answer. */
  read(ref: RecordRef): Promise<OpenRecord> {
    const key = keyOf(ref);
    const known = this.#underWay.get(key);
    if (known) return known;
    // The description is asked for at the same time, as it takes as long.
    const fields = this.#fieldsOf(ref);
    const place = this.#placeOf(ref);
    const reading = (isNewRecord(ref) ? Promise.resolve({}) : this.fetch(ref))
      .then(record => this.#keep(ref, record, place === this.#placeOf(ref) ? fields : this.#fieldsOf(ref)))
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, reading);
    return reading;
  }

  keep(ref: RecordRef, record: JsonObject): Promise<OpenRecord> {
    return this.#keep(ref, record, this.#fieldsOf(ref));
  }

  async #keep(ref: RecordRef, record: JsonObject, asked: Promise<readonly Field[] | undefined>): Promise<OpenRecord> {
    const place = this.#placeOf(ref);
    const fields = await asked;
    return this.#set(ref, record, this.#text(record, fields), fields, { place });
  }

  /** Takes note of what became of a record whose text is being edited. What that is made from stays. */
  note(ref: RecordRef, now: JsonObject): void {
    const entry = this.#open.get(keyOf(ref));
    if (!entry) return;
    const { current } = entry;
    const isInvalidated = isInvalid(now);
    const isSame = current.isInvalidated === isInvalidated && !current.isGone;
    const noted = isSame ? current : { ...current, isInvalidated, isGone: false };
    this.#open.set(keyOf(ref), { ...entry, current: noted, readAt: this.options.now() });
    if (!isSame) this.#tell(ref);
  }

  /**
   * Whether a reading failed because the record is not there any more, or hidden. A code that nobody explains may
   * mean anything: then the list tells.
   */
  async isGone(ref: RecordRef, error: unknown): Promise<boolean> {
    if (!concernsRecord(error)) return false;
    if (isExplained(error)) return true;
    const filters = [{ field_name: '_id', operator: 'EQ', field_values: [ref.id] }];
    const query = { filters, fields: ['_id'], limit: 1, count: false };
    const { service, connectionOf } = this.options;
    return service.query(connectionOf(ref), ref.object, query, {}).then(
      ({ records }) => records.length === 0,
      () => false,
    );
  }

  /** Its last known text stays for those who have it before them. */
  lose(ref: RecordRef): void {
    const entry = this.#open.get(keyOf(ref));
    if (!entry) return;
    this.#open.set(keyOf(ref), { ...entry, current: { ...entry.current, isGone: true } });
    this.#tell(ref);
  }

  close(ref: RecordRef): void {
    this.#open.delete(keyOf(ref));
  }

  /** All that the text in an editor may be made from, oldest first; nothing where that is another tenant's. */
  readings(ref: RecordRef): readonly JsonObject[] {
    if (this.isElsewhere(ref)) return [];
    return (this.#open.get(keyOf(ref))?.readings ?? []).map(({ record }) => record);
  }

  /** The text of the last reading that shows something else than the record does now. */
  textBefore(ref: RecordRef): string | undefined {
    const entry = this.#open.get(keyOf(ref));
    const texts = (entry?.readings ?? [])
      .filter(({ isOurs }) => !isOurs)
      .map(({ record }) => this.textOf(ref, record))
      .filter(text => text !== entry?.current.text);
    return texts.at(-1);
  }

  /** What a state of the record looks like. */
  textOf(ref: RecordRef, record: JsonObject): string {
    return this.#text(record, this.known(ref)?.fields);
  }

  /** Shows what is known as the settings want it now. Whether that is another text. */
  showAnew(ref: RecordRef): boolean {
    const entry = this.#open.get(keyOf(ref));
    if (!entry) return false;
    const { current } = entry;
    const text = this.textOf(ref, current.record);
    if (text === current.text) return false;
    this.#open.set(keyOf(ref), { ...entry, current: { ...current, text, modifiedAt: current.modifiedAt + 1 } });
    this.#tell(ref);
    return true;
  }

  /** Until it is read again, the record is what the text shows: what others changed meanwhile is not in it. */
  saved(ref: RecordRef, record: JsonObject, text: string): void {
    this.#set(ref, record, text, this.known(ref)?.fields, { isOurs: true });
  }

  /**
   * Takes note of what the tenant has now while an editor holds changes to it; gives the text with both. The time
   * stays: the editor would ask, about the whole file, what is asked about the fields in conflict.
   */
  async rebase(ref: RecordRef, theirs: JsonObject, merged: JsonObject): Promise<string> {
    const place = this.#placeOf(ref);
    const fields = this.isElsewhere(ref) ? await this.#fieldsOf(ref) : this.known(ref)?.fields;
    this.#set(ref, theirs, this.#text(theirs, fields), fields, { time: this.known(ref)?.modifiedAt, place });
    return this.#text(merged, fields);
  }

  async #fieldsOf(ref: RecordRef): Promise<readonly Field[] | undefined> {
    const describe = await this.options.describeOf(ref);
    return describe && fieldsOf(describe);
  }

  #placeOf(ref: RecordRef): string | undefined {
    const connection = this.options.findConnection(ref);
    if (!connection) return undefined;
    const { host, sandbox, ea, userId } = connection;
    // The embedded sandbox moves from port to port.
    return [sandbox ? '' : host, ea, userId].join(' ');
  }

  #text(record: JsonObject, fields: readonly Field[] | undefined): string {
    const fieldOrder = fields?.map(field => field.apiName);
    return recordText(record, { showCompanions: this.options.showCompanions(), fieldOrder });
  }

  #set(
    ref: RecordRef,
    record: JsonObject,
    text: string,
    fields: readonly Field[] | undefined,
    { time, place = this.#placeOf(ref), isOurs = false }: SetOptions,
  ): OpenRecord {
    const key = keyOf(ref);
    const before = this.#open.get(key);
    const isSame = before?.current.text === text;
    const modifiedAt = time ?? (isSame ? before.current.modifiedAt : later(record, before?.current));
    const current: OpenRecord = {
      record,
      text,
      modifiedAt,
      isGone: false,
      isInvalidated: isInvalid(record),
      isNew: isNewRecord(ref),
      fields,
    };
    const known = before?.place === place ? (before?.readings ?? []) : [];
    // Companions are not always in the text.
    const isKnown = isSame && printJson(known.at(-1)?.record) === printJson(record);
    const readings = isKnown ? known : [...known, { record, isOurs }].slice(-keptReadings);
    this.#open.set(key, { ref, current, readings, readAt: this.options.now(), place });
    this.#tell(ref);
    return current;
  }

  #tell(ref: RecordRef): void {
    this.#changed.fire(ref);
  }
}

/** The record's own time, so that an editor which kept an unsaved text over a restart sees that nothing changed. */
function later(record: JsonObject, before: OpenRecord | undefined): number {
  const own = Number(record['last_modified_time'] ?? 0);
  return Math.max(Number.isFinite(own) ? own : 0, before ? before.modifiedAt + 1 : 0);
}

function keyOf({ connectionId, object, id }: RecordRef): string {
  return `${connectionId}/${object}/${id}`;
}

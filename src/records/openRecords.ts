import { Emitter } from '../base/emitter';
import type { JsonObject } from '../base/json';
import type { Connection } from '../connections/connection';
import { fieldsOf, type Field } from '../objects/fields';
import { isInvalid } from './recordFields';
import { recordText } from './recordText';
import { isNewRecord, type RecordRef } from './recordRef';
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
  /** It is not in the tenant yet: saving creates it. */
  readonly isNew: boolean;
  /** What the tenant says of the object's fields, where that could be read. */
  readonly fields: readonly Field[] | undefined;
}

export interface OpenRecordsOptions {
  readonly service: RecordService;
  readonly connectionOf: (ref: RecordRef) => Connection;
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
  /** All that the text in an editor may be made from, oldest first. */
  readonly readings: readonly JsonObject[];
  readonly readAt: number;
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
    const isDead = known !== undefined && (known.isGone || isInvalid(known.record));
    return isDead || this.options.connectionOf(ref).role === 'readOnly';
  }

  /** Whether it was read so long ago that it may be another by now. What is gone stays so. */
  isStale(ref: RecordRef): boolean {
    const entry = this.#open.get(keyOf(ref));
    if (!entry || entry.current.isGone || entry.current.isNew) return false;
    return this.options.now() - entry.readAt >= staleAfter;
  }

  /** The record as last read; reads it when that is not known, or was long ago and no editor shows it. */
  async opened(ref: RecordRef, isShown = true): Promise<OpenRecord> {
    const entry = this.#open.get(keyOf(ref));
    if (entry && (isShown || this.options.now() - entry.readAt < unseenLife)) return entry.current;
    return this.read(ref);
  }

  /** Reads the record anew, without making it the one that is shown. */
  async fetch(ref: RecordRef, options?: ReadOptions): Promise<JsonObject> {
    return (await this.options.service.get(this.options.connectionOf(ref), ref.object, ref.id, options)).record;
  }

  /** Reads the record anew; all who ask meanwhile get the same answer. */
  read(ref: RecordRef): Promise<OpenRecord> {
    const key = keyOf(ref);
    const known = this.#underWay.get(key);
    if (known) return known;
    // The description is asked for at the same time, as it takes as long.
    const describe = this.options.describeOf(ref);
    const reading = (isNewRecord(ref) ? Promise.resolve({}) : this.fetch(ref))
      .then(async record => this.#keep(ref, record, await describe))
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, reading);
    return reading;
  }

  async keep(ref: RecordRef, record: JsonObject): Promise<OpenRecord> {
    return this.#keep(ref, record, await this.options.describeOf(ref));
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

  /** All that the text in an editor may be made from, oldest first. */
  readings(ref: RecordRef): readonly JsonObject[] {
    return this.#open.get(keyOf(ref))?.readings ?? [];
  }

  /** Until it is read again, the record is what the text shows: what others changed meanwhile is not in it. */
  saved(ref: RecordRef, record: JsonObject, text: string): void {
    this.#set(ref, record, text, this.known(ref)?.fields);
  }

  /**
   * Takes note of what the tenant has now while an editor holds changes to it; gives the text with both. The time
   * stays: the editor would ask, about the whole file, what is asked about the fields in conflict.
   */
  rebase(ref: RecordRef, theirs: JsonObject, merged: JsonObject): string {
    const known = this.known(ref);
    this.#set(ref, theirs, this.#text(theirs, known?.fields), known?.fields, known?.modifiedAt);
    return this.#text(merged, known?.fields);
  }

  #keep(ref: RecordRef, record: JsonObject, describe: JsonObject | undefined): OpenRecord {
    const fields = describe && fieldsOf(describe);
    return this.#set(ref, record, this.#text(record, fields), fields);
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
    time?: number,
  ): OpenRecord {
    const key = keyOf(ref);
    const before = this.#open.get(key);
    const isSame = before?.current.text === text;
    const modifiedAt = time ?? (isSame ? before.current.modifiedAt : later(record, before?.current));
    const current: OpenRecord = { record, text, modifiedAt, isGone: false, isNew: isNewRecord(ref), fields };
    const readings = [...(before?.readings ?? []), record].slice(-keptReadings);
    this.#open.set(key, { ref, current, readings, readAt: this.options.now() });
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

import type { JsonObject } from '../base/json';
import type { Connection } from '../connections/connection';
import { fieldsOf } from '../objects/fields';
import { changesIn, conflicts, recordText, type SaveProblem } from './recordText';
import type { RecordRef } from './recordRef';
import type { RecordService } from './recordService';

/** A record as it was last read, and the text that shows it. Times are epoch milliseconds. */
export interface OpenRecord {
  readonly record: JsonObject;
  readonly text: string;
  /** Grows with each reading, so that the editor notices that the text is another. */
  readonly readAt: number;
}

/** Why a text was not saved; nothing was sent. */
export type SaveRefusal = SaveProblem | { readonly code: 'conflict'; readonly fields: readonly string[] };

export interface OpenRecordsOptions {
  readonly service: RecordService;
  readonly connectionOf: (ref: RecordRef) => Connection;
  /** The object's `describe` map if it is known already; only the order of fields depends on it. */
  readonly describeIfKnown: (connectionId: string, object: string) => Promise<JsonObject | undefined>;
  readonly showCompanions: () => boolean;
  readonly now: () => number;
}

/** The records that are open in editors: read once, shown as text, saved field by field. */
export class OpenRecords {
  readonly #open = new Map<string, OpenRecord>();

  constructor(private readonly options: OpenRecordsOptions) {}

  /** The record as last read; reads it when it is not open yet. */
  async opened(ref: RecordRef): Promise<OpenRecord> {
    return this.#open.get(keyOf(ref)) ?? this.read(ref);
  }

  /** Reads the record anew, without making it the one that is shown. */
  async fetch(ref: RecordRef): Promise<JsonObject> {
    return (await this.options.service.get(this.options.connectionOf(ref), ref.object, ref.id)).record;
  }

  async read(ref: RecordRef): Promise<OpenRecord> {
    return this.keep(ref, await this.fetch(ref));
  }

  async keep(ref: RecordRef, record: JsonObject): Promise<OpenRecord> {
    const { describeIfKnown, showCompanions } = this.options;
    const describe = await describeIfKnown(ref.connectionId, ref.object);
    const fieldOrder = describe && fieldsOf(describe).map(field => field.apiName);
    const text = recordText(record, { showCompanions: showCompanions(), fieldOrder });
    const open = { record, text, readAt: this.#newer(ref) };
    this.#open.set(keyOf(ref), open);
    return open;
  }

  #newer(ref: RecordRef): number {
    return Math.max(this.options.now(), (this.#open.get(keyOf(ref))?.readAt ?? 0) + 1);
  }

  close(ref: RecordRef): void {
    this.#open.delete(keyOf(ref));
  }

  isOpen(ref: RecordRef): boolean {
    return this.#open.has(keyOf(ref));
  }

  /**
   * Sends what the text changes, after looking whether someone else changed the same fields meanwhile.
   * Gives the names of the fields that were sent; none when there was nothing to send.
   */
  async save(ref: RecordRef, text: string): Promise<{ saved: string[] } | { refused: SaveRefusal }> {
    const { service, connectionOf } = this.options;
    const { record: base } = await this.opened(ref);
    const read = changesIn(text, base);
    if ('problem' in read) return { refused: read.problem };
    const { changes } = read;
    const fields = Object.keys(changes);
    if (fields.length === 0) return { saved: [] };
    const connection = connectionOf(ref);
    const { record: theirs } = await service.get(connection, ref.object, ref.id);
    const both = conflicts(changes, base, theirs);
    if (both.length > 0) return { refused: { code: 'conflict', fields: both } };
    await service.update({ connection, object: ref.object, byProgram: false }, ref.id, changes);
    // Until it is read again, the record is what the text shows: what others changed meanwhile is not in it.
    this.#open.set(keyOf(ref), { record: { ...base, ...changes }, text, readAt: this.#newer(ref) });
    return { saved: fields };
  }
}

function keyOf({ connectionId, object, id }: RecordRef): string {
  return `${connectionId}/${object}/${id}`;
}

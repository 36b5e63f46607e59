import type { JsonObject } from '../../base/json';
import type { RecordRef } from '../recordRef';
import type { SaveRefusal } from '../recordSaves';

/** A save that was not carried out; without `refusal` it was the tenant that refused it. */
export interface RefusedSave {
  readonly ref: RecordRef;
  readonly message: string;
  readonly refusal: SaveRefusal | undefined;
  /** What was to be saved: the person may have typed on since. */
  readonly text: string;
}

/** The text of a new record was saved, and the record is in the tenant. */
export interface CreatedRecord {
  readonly draft: RecordRef;
  /** `undefined` where the tenant names none. */
  readonly id: string | undefined;
  /** What it was created from. */
  readonly text: string;
}

/** A record was read for a person whose unsaved changes kept it from being shown. */
export interface HeldBack {
  readonly ref: RecordRef;
  /** The record as the tenant has it now. */
  readonly now: JsonObject;
}

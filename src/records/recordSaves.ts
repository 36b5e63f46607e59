import type { JsonObject } from '../base/json';
import { creationIn, type CreationProblem } from './newRecord';
import type { OpenRecord, OpenRecords, OpenRecordsOptions } from './openRecords';
import { readOnlyIn } from './recordFields';
import { merge, type Conflict } from './recordMerge';
import type { RecordRef } from './recordRef';
import { concernsRecord } from './recordRefusal';
import { changesIn, type SaveProblem } from './recordText';

/** Why a text was not saved; nothing was sent. */
export type SaveRefusal = SaveProblem | CreationProblem | ConflictRefusal;

export interface ConflictRefusal {
  readonly code: 'conflict';
  readonly conflicts: readonly Conflict[];
  /** The record as the tenant has it now. */
  readonly theirs: JsonObject;
  /** The person's text with all that others changed and the person did not: what to go on from. */
  readonly text: string;
}

/** Names of the fields that were sent; none where the tenant has it all already. */
export type SaveOutcome = { readonly saved: readonly string[] } | { readonly refused: SaveRefusal };

/** The id is `undefined` where the tenant names none. */
export type CreateOutcome = { readonly created: string | undefined } | { readonly refused: SaveRefusal };

/** Sends what a person wrote into the text of a record. */
export class RecordSaves {
  constructor(
    private readonly records: OpenRecords,
    private readonly options: Pick<OpenRecordsOptions, 'service' | 'connectionOf'>,
  ) {}

  /** What the text changes, as far as it could be saved. */
  changes(ref: RecordRef, text: string): JsonObject | undefined {
    const edit = this.#edit(ref, text, this.records.known(ref)?.fields);
    return 'problem' in edit ? undefined : edit.changes;
  }

  /**
   * Sends the fields that the text changes, after looking whether someone else changed the same ones meanwhile. What
   * else they changed stays as they made it.
   */
  async save(ref: RecordRef, text: string): Promise<SaveOutcome> {
    const { fields } = await this.records.opened(ref);
    const edit = this.#edit(ref, text, fields);
    if ('problem' in edit) return { refused: edit.problem };
    const { base, changes } = edit;
    if (Object.keys(changes).length === 0) return { saved: [] };
    const mustNotConflict = async () => {
      const theirs = await this.#present(ref);
      const { merged, toSend, conflicts } = merge(changes, base, theirs);
      if (conflicts.length > 0) throw new ConflictError(conflicts, theirs, merged);
      return toSend;
    };
    try {
      const toSend = await mustNotConflict();
      await this.#update(ref, toSend, mustNotConflict);
      this.records.saved(ref, { ...base, ...changes }, text);
      return { saved: Object.keys(toSend) };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const { conflicts, theirs, merged } = error;
      return { refused: { code: 'conflict', conflicts, theirs, text: this.records.rebase(ref, theirs, merged) } };
    }
  }

  /** Creates the record that the text of a new one describes. */
  async create(ref: RecordRef, text: string): Promise<CreateOutcome> {
    const creation = creationIn(text);
    if ('problem' in creation) return { refused: creation.problem };
    const { service, connectionOf } = this.options;
    const context = { connection: connectionOf(ref), object: ref.object, byProgram: false };
    const { id } = await service.create(context, creation.data, creation.details);
    return { created: id };
  }

  #edit(ref: RecordRef, text: string, fields: OpenRecord['fields']) {
    return changesIn(text, this.records.readings(ref), readOnlyIn(fields));
  }

  async #update(ref: RecordRef, changes: JsonObject, afterQuestion: () => Promise<unknown>): Promise<void> {
    if (Object.keys(changes).length === 0) return;
    const { service, connectionOf } = this.options;
    const context = { connection: connectionOf(ref), object: ref.object, byProgram: false };
    const look = async () => {
      await afterQuestion();
    };
    await service.update({ ...context, afterQuestion: look }, ref.id, changes);
  }

  async #present(ref: RecordRef): Promise<JsonObject> {
    try {
      return await this.records.fetch(ref);
    } catch (error) {
      if (concernsRecord(error)) this.records.lose(ref);
      throw error;
    }
  }
}

class ConflictError extends Error {
  constructor(
    readonly conflicts: readonly Conflict[],
    readonly theirs: JsonObject,
    readonly merged: JsonObject,
  ) {
    super('conflict');
  }
}

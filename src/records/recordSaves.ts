import type { JsonObject } from '../base/json';
import { creationIn, type CreationProblem } from './newRecord';
import type { OpenRecord, OpenRecords, OpenRecordsOptions } from './openRecords';
import { isInvalid, readOnlyIn } from './recordFields';
import { merge, type Conflict } from './recordMerge';
import type { RecordRef } from './recordRef';
import { changesIn, type Edit, type SaveProblem } from './recordText';

/** Why a text was not saved; nothing was sent. */
export type SaveRefusal = SaveProblem | CreationProblem | ConflictRefusal | StateRefusal;

/** What became of the record meanwhile. */
type StateRefusal = { readonly code: 'invalidated' } | { readonly code: 'created'; readonly id: string | undefined };

export interface ConflictRefusal {
  readonly code: 'conflict';
  readonly conflicts: readonly Conflict[];
  /** The record as the tenant has it now. */
  readonly theirs: JsonObject;
  /** The text is of the record of another tenant, or as another employee saw it: the connection was edited. */
  readonly isElsewhere: boolean;
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
    if (Object.keys(edit.changes).length === 0) return { saved: [] };
    const mustBeFree = () => this.#mustBeFree(ref, edit);
    try {
      const { theirs, toSend } = await mustBeFree();
      await this.#update(ref, toSend, mustBeFree);
      this.records.saved(ref, { ...(edit.base ?? theirs), ...edit.changes }, text);
      return { saved: Object.keys(toSend) };
    } catch (error) {
      if (error instanceof SaveStopped) return { refused: error.refusal };
      throw error;
    }
  }

  /**
   * A text with what only others changed, as a conflict found them to have: for what a person typed meanwhile.
   * `undefined` where nothing can be made of the text as it stands.
   */
  rebased(ref: RecordRef, text: string, theirs: JsonObject): string | undefined {
    const edit = this.#edit(ref, text, this.records.known(ref)?.fields);
    return 'problem' in edit ? undefined : this.records.textOf(ref, merge(edit.changes, edit.base, theirs).merged);
  }

  /** What is to be sent, and what the tenant has, unless a person has to decide something first. */
  async #mustBeFree(ref: RecordRef, { changes, base }: Edit) {
    const theirs = await this.#present(ref);
    if (isInvalid(theirs)) {
      this.records.note(ref, theirs);
      throw new SaveStopped({ code: 'invalidated' });
    }
    const { merged, toSend, conflicts } = merge(changes, base, theirs);
    if (conflicts.length === 0) return { theirs, toSend };
    const isElsewhere = this.records.isElsewhere(ref);
    const text = await this.records.rebase(ref, theirs, merged);
    throw new SaveStopped({ code: 'conflict', conflicts, theirs, isElsewhere, text });
  }

  /** Creates the record that the text of a new one describes. */
  async create(ref: RecordRef, text: string): Promise<CreateOutcome> {
    const { fields } = await this.records.opened(ref);
    const creation = creationIn(text, fields);
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
      if (await this.records.isGone(ref, error)) this.records.lose(ref);
      throw error;
    }
  }
}

class SaveStopped extends Error {
  constructor(readonly refusal: SaveRefusal) {
    super(refusal.code);
  }
}

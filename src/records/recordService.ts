import type { CrmClient } from '../api/crmClient';
import type { WriteOperation } from '../api/endpoints';
import type { WritePermit } from '../api/writePermit';
import type { JsonObject } from '../base/json';
import type { Connections } from '../connections/connections';
import type { Gate, PlannedWrite } from '../connections/gate';
import type { Connection } from '../connections/connection';
import type { Answer } from '../api/answer';
import { changeBy, type RecordChange } from './recordChange';
import { runBatch, type BatchResult } from './batch';
import * as calls from './recordCalls';
import type { BatchCall, Details, RecordPage, RecordQuery } from './recordCalls';

/** What a write needs to know besides its data. */
export interface WriteContext {
  readonly connection: Connection;
  readonly object: string;
  readonly byProgram: boolean;
  /** Looks once more when a person took their time to answer; what it throws prevents the write. */
  readonly afterQuestion?: (() => Promise<void>) | undefined;
}

/** A record as it was read just now. */
export interface SeenRecord {
  readonly connectionId: string;
  readonly object: string;
  readonly record: JsonObject;
}

export type BatchOperation = Extract<
  WriteOperation,
  'changeOwner' | 'invalidate' | 'recover' | 'delete' | 'lock' | 'unlock'
>;

export interface BatchProgress {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Runs a batch while its progress is shown. */
export type ShowProgress = (work: (progress: BatchProgress) => Promise<BatchResult>) => PromiseLike<BatchResult>;

/**
 * Reads and writes records; every write passes the gate first. Whoever shows records is told of all that this window
 * wrote, by request files and other means too.
 */
export class RecordService {
  /** Of the writes made here, which are told when all of them are done. */
  readonly #permits = new WeakSet<WritePermit>();
  readonly #changes = new Listeners<RecordChange>();
  readonly #seen = new Listeners<SeenRecord>();
  readonly onDidChange = this.#changes.add;
  readonly onDidRead = this.#seen.add;

  constructor(
    private readonly connections: Connections,
    private readonly gate: Gate,
    /** Words for a failure, in the display language. */
    private readonly describe: (error: unknown) => string,
  ) {
    connections.onDidWrite(write => {
      const isToldHere = write.answer !== undefined && write.call.permit && this.#permits.has(write.call.permit);
      const change = isToldHere ? undefined : changeBy(write);
      if (change) this.#changes.tell(change);
    });
  }

  async get(
    connection: Connection,
    object: string,
    id: string,
    options?: calls.ReadOptions,
  ): Promise<{ record: JsonObject; answer: Answer }> {
    const read = await calls.getRecord(this.connections.client(connection), object, id, options);
    this.#seen.tell({ connectionId: connection.id, object, record: read.record });
    return read;
  }

  /** `asked: true` where somebody wants this very answer, which the history keeps then. */
  query(
    connection: Connection,
    object: string,
    query: RecordQuery,
    options: calls.ReadOptions = {},
  ): Promise<RecordPage> {
    return calls.queryRecords(this.connections.client(connection), object, query, options);
  }

  async create(
    context: WriteContext,
    data: JsonObject,
    details?: Details,
  ): Promise<{ id: string | undefined; answer: Answer }> {
    const { connection, object } = context;
    const rows = Object.values(details ?? {}).reduce((sum, list) => sum + list.length, 0);
    const permit = await this.#permit({ ...context, operation: 'create', count: 1 + rows });
    const created = await calls.createRecord(this.#client(connection), object, data, details, { permit });
    this.#changed(context, 'create', created.id === undefined ? [] : [created.id]);
    return created;
  }

  async update(context: WriteContext, id: string, data: JsonObject): Promise<Answer> {
    const { connection, object } = context;
    const permit = await this.#permit({
      ...context,
      operation: 'update',
      count: 1,
      ids: [id],
      fields: Object.keys(data),
    });
    const answer = await calls.updateRecord(this.#client(connection), object, id, data, { permit });
    this.#changed(context, 'update', [id]);
    return answer;
  }

  /**
   * One question for all records, one result for each. `owner` is for `changeOwner` alone. `show` runs the work
   * once the question is answered, with whatever shows its progress.
   */
  async batch(
    context: WriteContext,
    operation: BatchOperation,
    ids: readonly string[],
    owner?: string,
    show: ShowProgress = work => work({}),
  ): Promise<BatchResult> {
    const { connection, object } = context;
    const each = [...new Set(ids)];
    const permit = await this.#permit({ ...context, operation, count: each.length, ids: each, owner });
    const call = batchCall(operation, owner ?? '');
    const client = this.#client(connection);
    const result = await show(progress =>
      runBatch(client, object, each, call, { permit, describe: this.describe, ...progress }),
    );
    if (result.succeeded.length > 0) this.#changed(context, operation, result.succeeded);
    return result;
  }

  async #permit(write: PlannedWrite): Promise<WritePermit> {
    const permit = await this.gate.pass(write);
    this.#permits.add(permit);
    return permit;
  }

  /** Of the connection as it is stored now: it may have been edited while a question was open. */
  #client(connection: Connection): CrmClient {
    return this.connections.client(this.connections.store.find(connection.id) ?? connection);
  }

  #changed({ connection, object }: WriteContext, operation: WriteOperation, ids: readonly string[]): void {
    this.#changes.tell({ connectionId: connection.id, object, operation, ids });
  }
}

class Listeners<T> {
  readonly #all = new Set<(event: T) => void>();

  readonly add = (listener: (event: T) => void): { dispose(): void } => {
    this.#all.add(listener);
    return { dispose: () => this.#all.delete(listener) };
  };

  tell(event: T): void {
    for (const listener of this.#all) listener(event);
  }
}

function batchCall(operation: BatchOperation, owner: string): BatchCall {
  switch (operation) {
    case 'changeOwner':
      return calls.changeOwner(owner);
    case 'invalidate':
      return calls.invalidate;
    case 'recover':
      return calls.recover;
    case 'delete':
      return calls.remove;
    case 'lock':
      return calls.lock;
    case 'unlock':
      return calls.unlock;
  }
}

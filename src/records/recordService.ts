import type { JsonObject } from '../base/json';
import type { Connections } from '../connections/connections';
import type { Gate, WriteOperation } from '../connections/gate';
import type { Connection } from '../connections/connection';
import type { Answer } from '../api/answer';
import { runBatch, type BatchResult } from './batch';
import * as calls from './recordCalls';
import type { BatchCall, Details, RecordPage, RecordQuery } from './recordCalls';

/** What a write needs to know besides its data. */
export interface WriteContext {
  readonly connection: Connection;
  readonly object: string;
  readonly byProgram: boolean;
}

export interface RecordChange {
  readonly connectionId: string;
  readonly object: string;
  readonly ids: readonly string[];
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

/** Reads and writes records; every write passes the gate first and is told to whoever shows records. */
export class RecordService {
  readonly #listeners = new Set<(change: RecordChange) => void>();

  constructor(
    private readonly connections: Connections,
    private readonly gate: Gate,
    /** Words for a failure, in the display language. */
    private readonly describe: (error: unknown) => string,
  ) {}

  get(connection: Connection, object: string, id: string): Promise<{ record: JsonObject; answer: Answer }> {
    return calls.getRecord(this.connections.client(connection), object, id);
  }

  query(connection: Connection, object: string, query: RecordQuery, signal?: AbortSignal): Promise<RecordPage> {
    return calls.queryRecords(this.connections.client(connection), object, query, { signal });
  }

  async create(
    context: WriteContext,
    data: JsonObject,
    details?: Details,
  ): Promise<{ id: string | undefined; answer: Answer }> {
    const { connection, object } = context;
    const rows = Object.values(details ?? {}).reduce((sum, list) => sum + list.length, 0);
    const permit = await this.gate.pass({ ...context, operation: 'create', count: 1 + rows });
    const created = await calls.createRecord(this.connections.client(connection), object, data, details, { permit });
    this.#changed(context, created.id === undefined ? [] : [created.id]);
    return created;
  }

  async update(context: WriteContext, id: string, data: JsonObject): Promise<Answer> {
    const { connection, object } = context;
    const permit = await this.gate.pass({ ...context, operation: 'update', count: 1 });
    const answer = await calls.updateRecord(this.connections.client(connection), object, id, data, { permit });
    this.#changed(context, [id]);
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
    const permit = await this.gate.pass({ ...context, operation, count: ids.length });
    const call = batchCall(operation, owner ?? '');
    const client = this.connections.client(connection);
    const result = await show(progress =>
      runBatch(client, object, ids, call, { permit, describe: this.describe, ...progress }),
    );
    if (result.succeeded.length > 0) this.#changed(context, result.succeeded);
    return result;
  }

  onDidChange(listener: (change: RecordChange) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #changed({ connection, object }: WriteContext, ids: readonly string[]): void {
    for (const listener of this.#listeners) listener({ connectionId: connection.id, object, ids });
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

import { CancelledError } from '../base/cancelled';
import type { Endpoint, WriteOperation } from '../api/endpoints';
import { RefusedError } from '../api/errors';
import { issueWritePermit, type WritePermit } from '../api/writePermit';
import type { Connection } from './connection';

export type ConfirmWrites = 'always' | 'destructive' | 'production';

/** A write before it is sent. */
export interface PlannedWrite {
  readonly connection: Connection;
  readonly operation: WriteOperation;
  /** The object's API name, where it is known. */
  readonly object: string | undefined;
  /** How many records it touches, as far as can be told. */
  readonly count: number;
  /** The records, as far as they are known. */
  readonly ids?: readonly string[] | undefined;
  /** API names of the fields that get another value, where a record is updated. */
  readonly fields?: readonly string[] | undefined;
  /** The employee who is to own them, where the owner is changed. */
  readonly owner?: string | undefined;
  /** The call by its name, which says what the operation `send` does. */
  readonly endpoint?: Pick<Endpoint, 'nameEn' | 'nameZh'> | undefined;
  /** The call by its path, where nobody knows what it does. */
  readonly path?: string | undefined;
  /**
   * A program (a task, key binding or other extension) named object and records in its argument. A person's
   * slip of the hand is what `destructive` guards against, so it is not asked; `always` and production are.
   */
  readonly byProgram: boolean;
  /** A question of the author's own (`# @confirm`), asked in any case. */
  readonly question?: string | undefined;
  /** It changes nothing after all: only its question is asked, of any tenant. */
  readonly isRead?: boolean | undefined;
  /** Looks once more when a person took their time to answer; what it throws prevents the write. */
  readonly afterQuestion?: (() => Promise<void>) | undefined;
}

/** `type`: the person must type the tenant's name. */
export type Verdict = 'pass' | 'ask' | 'type' | 'refuse';

/** What cannot be undone, or not be told. */
const destructive = new Set<WriteOperation>(['invalidate', 'delete', 'send']);

export function judge(write: PlannedWrite, confirmWrites: ConfirmWrites): Verdict {
  const { connection, operation, count, byProgram } = write;
  if (write.isRead) return write.question === undefined ? 'pass' : 'ask';
  if (connection.role === 'readOnly') return 'refuse';
  if (connection.role === 'production') return operation === 'delete' ? 'type' : 'ask';
  if (write.question !== undefined || confirmWrites === 'always') return 'ask';
  if (confirmWrites === 'production' || byProgram) return 'pass';
  return destructive.has(operation) || count > 1 ? 'ask' : 'pass';
}

/** Puts the question to the person: `true` means go on. */
export type Confirm = (write: PlannedWrite, verdict: 'ask' | 'type') => Promise<boolean>;

const severity: Record<Verdict, number> = { pass: 0, ask: 1, type: 2, refuse: 3 };

/** The one gate that every write passes, whatever its entry point. The client sends no write without its permit. */
export class Gate {
  constructor(
    private readonly confirm: Confirm,
    private readonly confirmWrites: () => ConfirmWrites,
    /** The connection as it is stored now: the one in the write may be from before a question, or another window. */
    private readonly stored: (id: string) => Connection | undefined,
  ) {}

  /** Throws `RefusedError` for a read-only or removed tenant and `CancelledError` when the person says no. */
  async pass(write: PlannedWrite): Promise<WritePermit> {
    for (let answered: { connection: Connection; verdict: Verdict } | undefined; ;) {
      const connection = this.stored(write.connection.id);
      if (!connection) throw new RefusedError('signedOut', write.connection.name);
      const current = { ...write, connection };
      const verdict = judge(current, this.confirmWrites());
      if (verdict === 'refuse') throw new RefusedError('readOnly', connection.name);
      const settled =
        answered && isSameTenant(answered.connection, connection) && severity[verdict] <= severity[answered.verdict];
      if (verdict === 'pass' || settled) {
        if (answered) await write.afterQuestion?.();
        return issueWritePermit(connection.id);
      }
      if (!(await this.confirm(current, verdict))) throw new CancelledError();
      answered = { connection, verdict };
    }
  }
}

/** Whether an answer about one is an answer about the other. */
function isSameTenant(a: Connection, b: Connection): boolean {
  return a.name === b.name && a.host === b.host && a.ea === b.ea && a.userId === b.userId && a.role === b.role;
}

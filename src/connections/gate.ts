import { CancelledError } from '../base/cancelled';
import { RefusedError } from '../api/errors';
import { issueWritePermit, type WritePermit } from '../api/writePermit';
import type { Connection } from './connection';

export type WriteOperation =
  | 'create'
  | 'update'
  | 'changeOwner'
  | 'invalidate'
  | 'recover'
  | 'delete'
  | 'lock'
  | 'unlock'
  /** A call from a request file whose meaning is not known. */
  | 'send';

export type ConfirmWrites = 'always' | 'destructive' | 'production';

/** A write before it is sent. */
export interface PlannedWrite {
  readonly connection: Connection;
  readonly operation: WriteOperation;
  /** The object's API name, where it is known. */
  readonly object: string | undefined;
  /** How many records it touches, as far as can be told. */
  readonly count: number;
  /**
   * A program (a task, key binding or other extension) named object and records in its argument. A person's
   * slip of the hand is what `destructive` guards against, so it is not asked; `always` and production are.
   */
  readonly byProgram: boolean;
  /** A question of the author's own (`# @confirm`), asked in any case. */
  readonly question?: string | undefined;
  /** It changes nothing after all: only its question is asked, of any tenant. */
  readonly isRead?: boolean | undefined;
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

/** The one gate that every write passes, whatever its entry point. The client sends no write without its permit. */
export class Gate {
  constructor(
    private readonly confirm: Confirm,
    private readonly confirmWrites: () => ConfirmWrites,
  ) {}

  /** Throws `RefusedError` for a read-only tenant and `CancelledError` when the person says no. */
  async pass(write: PlannedWrite): Promise<WritePermit> {
    const verdict = judge(write, this.confirmWrites());
    if (verdict === 'refuse') throw new RefusedError('readOnly', write.connection.name);
    if (verdict !== 'pass' && !(await this.confirm(write, verdict))) throw new CancelledError();
    return issueWritePermit(write.connection.id);
  }
}

/** Why the sandbox is not there. What the code is about is in `subject`. */
export type SandboxFailure =
  /** The port. */
  | 'portInUse'
  /** The port, which the system keeps for itself. */
  | 'portNotAllowed'
  /** The file that is missing. */
  | 'scriptMissing'
  /** The system's own word for why it starts no process, e.g. `EAGAIN`. */
  | 'notStarted'
  /** The system's own word for why, or the exit code. */
  | 'ended';

/** The sandbox did not start, for a reason that is none of our mistakes. */
export class SandboxStartError extends Error {
  override readonly name = 'SandboxStartError';
  constructor(
    readonly code: SandboxFailure,
    readonly subject: string,
  ) {
    super(`sandbox: ${code} (${subject})`);
  }
}

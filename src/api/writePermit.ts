/**
 * Proof that a write passed the gate (`connections/gate.ts`, the only caller of `issueWritePermit`).
 * The client sends nothing that changes data without one, so no entry point can go around the gate.
 */
export class WritePermit {
  readonly #connectionId: string;
  constructor(connectionId: string, key: typeof issuer) {
    if (key !== issuer) throw new TypeError('Only the gate issues permits');
    this.#connectionId = connectionId;
  }
  covers(connectionId: string): boolean {
    return this.#connectionId === connectionId;
  }
}

const issuer = Symbol('issuer');

/** For writes to one connection, named by its id. Only the gate calls this. */
export function issueWritePermit(connectionId: string): WritePermit {
  return new WritePermit(connectionId, issuer);
}

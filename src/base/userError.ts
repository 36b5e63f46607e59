/** An error that a person can act on as it stands: its message is a sentence in the display language. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Codes of the published table that the sandbox answers with; where the code is a guess, docs/sandbox.md says so. */
export const codes = {
  missingAppId: 10001,
  missingRedirectUri: 10004,
  /** The gateway's own use of the code: an unknown path, and a wrong app id or secret. */
  gatewayRefusal: 10006,
  missingCode: 10008,
  missingOpenUserId: 10010,
  missingPermanentCode: 10012,
  /** The paging FAQ's use of the code. */
  offsetOutOfRange: 10013,
  emptyBody: 12004,
  tooManyCalls: 14001,
  invalidParameter: 15002,
  unknownCode: 20010,
  unknownOpenUserId: 20012,
  wrongPermanentCode: 20015,
  wrongToken: 20016,
  notAuthenticated: 20017,
  tooFrequent: 30004,
  unknownDepartment: 30007,
  unknownEmployee: 30027,
  parameterError: 32000,
  serviceError: 50009,
} as const;

/** An answer with an errorCode; thrown by whoever notices, turned into an envelope by the server. HTTP stays 200. */
export class Failure extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly description = message,
  ) {
    super(message);
  }
}

/** A parameter has the wrong form: the call could not be understood. */
export const malformed = (message: string): Failure => new Failure(codes.invalidParameter, message);
/** The call was understood, but what it asks for cannot be done with this record or value. */
export const refused = (message: string): Failure => new Failure(codes.parameterError, message);

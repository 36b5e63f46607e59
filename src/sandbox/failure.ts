/** Codes of the published table that the sandbox answers with; where the code is a guess, docs/sandbox.md says so. */
export const codes = {
  missingAppId: 10001,
  missingAppAccessToken: 10003,
  missingRedirectUri: 10004,
  missingResponseType: 10005,
  /** The gateway's own use of the code: an unknown path, and a wrong app id or secret. */
  gatewayRefusal: 10006,
  missingState: 10007,
  missingCode: 10008,
  missingOpenUserId: 10010,
  missingPermanentCode: 10012,
  /** The paging FAQ's use of the code. */
  offsetOutOfRange: 10013,
  missingToUser: 10015,
  wrongAppId: 11001,
  wrongRedirectUri: 11004,
  wrongResponseType: 11005,
  wrongDepartmentId: 11009,
  wrongToUser: 11016,
  unsupportedMessage: 12003,
  emptyBody: 12004,
  emptyMessage: 12005,
  tooManyCalls: 14001,
  invalidParameter: 15002,
  noPermission: 15003,
  wrongAppAccessToken: 20005,
  unknownCode: 20010,
  unknownOpenUserId: 20012,
  wrongPermanentCode: 20015,
  wrongToken: 20016,
  notAuthenticated: 20017,
  enterpriseRefused: 20020,
  quotaUsedUp: 30002,
  noQuota: 30003,
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

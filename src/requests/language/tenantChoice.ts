import { errorCode, type ErrorSubject } from '../../api/errorCodes';
import { ApiError, RefusedError, type CallError, type Refusal } from '../../api/errors';
import type { RequestFile, RequestNode } from '../nodes';
import type { Fix } from './findings';

/** What is about the tenant and who calls it, not about the request. */
const subjects: ReadonlySet<ErrorSubject> = new Set(['credentials', 'token', 'permission']);
const refusals: ReadonlySet<Refusal> = new Set([
  'noneActive',
  'connectionUnknown',
  'readOnly',
  'signedOut',
  'loginEnded',
  'sandboxStopped',
]);

/** Whether the same request may go through in another tenant. */
export function otherTenantMayHelp(error: CallError): boolean {
  if (error instanceof RefusedError) return refusals.has(error.code);
  if (!(error instanceof ApiError)) return false;
  const known = errorCode(error.errorCode, new URL(error.context.url).pathname, error.errorMessage);
  return known !== undefined && subjects.has(known.subject);
}

/**
 * The edit that has a request sent to a tenant: in its own directive, or in a new one above it. The directive of the
 * file, which picks the tenant of other requests too, is changed only where it `isWrong`.
 */
export function tenantChoice(
  file: RequestFile,
  request: RequestNode,
  connection: string,
  isWrong: boolean,
): Fix & { readonly forFile: boolean } {
  const directive = request.connection ?? (isWrong ? file.connection : undefined);
  const forFile = directive !== undefined && directive !== request.connection;
  if (directive) return { start: directive.value.start, end: directive.value.end, text: connection, forFile };
  const { start } = request;
  return {
    start,
    end: start,
    text: `# @connection ${connection}${file.text.includes('\r\n') ? '\r\n' : '\n'}`,
    forFile,
  };
}

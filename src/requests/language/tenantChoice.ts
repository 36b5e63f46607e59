import { errorCode, type ErrorSubject } from '../../api/errorCodes';
import { ApiError, RefusedError, type CallError, type Refusal } from '../../api/errors';
import { connectionOf, type RequestFile, type RequestNode } from '../nodes';
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

/** The edit that has a request sent to a tenant: in the directive that picks it, or in a new one above the request. */
export function tenantChoice(file: RequestFile, request: RequestNode, connection: string): Fix {
  const directive = connectionOf(file, request);
  if (directive) return { start: directive.value.start, end: directive.value.end, text: connection };
  const { start } = request;
  return { start, end: start, text: `# @connection ${connection}${file.text.includes('\r\n') ? '\r\n' : '\n'}` };
}

import * as vscode from 'vscode';
import { errorCode } from '../../api/errorCodes';
import { ApiError, type CallError } from '../../api/errors';
import { checkAgainstApi } from '../language/checks';
import { nothingKnown } from '../language/knowledge';
import type { DocumentRequest } from './documentSender';
import { findingSentence } from './findingSentences';
import { rangeOf } from './requestFiles';
import { standing } from './standing';

/** More would hide the error itself. */
const mostCauses = 3;

/** Whether what the API minds may stand in the request, and not be about the tenant, the caller or the rate. */
export function isAboutRequest(error: CallError): boolean {
  if (!(error instanceof ApiError)) return false;
  const known = errorCode(error.errorCode, new URL(error.context.url).pathname, error.errorMessage);
  return known === undefined || known.subject === 'request';
}

/** What the endpoint table minds in a request, and what the editor warns of in it by what its tenant told. */
export function likelyCauses(request: DocumentRequest): string[] {
  const { document, node } = request;
  const certain = checkAgainstApi(node, nothingKnown).map(findingSentence);
  const place = standing(request);
  const range = place && rangeOf(document, place);
  const { Warning } = vscode.DiagnosticSeverity;
  const warnings = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source, severity, range: at }) => source === 'Fxiaoke' && severity === Warning && range?.contains(at))
    .filter(({ code }) => code !== 'secretInFile')
    .map(({ message }) => message);
  return [...new Set([...certain, ...warnings])].slice(0, mostCauses);
}

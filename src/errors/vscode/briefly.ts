import * as vscode from 'vscode';
import { ApiError, TransportError, type CallError, type TransportFailure } from '../../api/errors';
import { displayLanguage } from '../../base/vscode/settings';
import { explain } from '../explain';

/** A failure in the few words that fit beside a name; its sentence says the rest. */
export function briefly(error: CallError): string {
  if (error instanceof TransportError) return transportWords(error.code);
  if (!(error instanceof ApiError)) return vscode.l10n.t('not the host of the OpenAPI');
  const { pathname } = new URL(error.context.url);
  const { code, meaning } = explain(error.errorCode, displayLanguage(), pathname, error.errorMessage);
  return `${code} ${meaning}`;
}

function transportWords(code: TransportFailure): string {
  switch (code) {
    case 'unreachable':
      return vscode.l10n.t('not reachable');
    case 'timeout':
      return vscode.l10n.t('no response in time');
    case 'tls':
      return vscode.l10n.t('certificate not trusted');
    case 'proxy':
      return vscode.l10n.t('stopped by the proxy');
    case 'dropped':
    case 'cancelled':
      return vscode.l10n.t('interrupted');
  }
}

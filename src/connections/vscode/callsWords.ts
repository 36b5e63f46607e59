import * as vscode from 'vscode';
import type { Connection } from '../connection';
import { callsLeft } from '../quota';

/** `1 call today`, or `81,204 calls left` where the tenant's quota is known. */
export function callsWords(connection: Connection, calls: number): string | undefined {
  const left = callsLeft(connection, calls);
  if (left !== undefined) return leftWords(left);
  if (calls === 0) return undefined;
  return calls === 1 ? vscode.l10n.t('1 call today') : vscode.l10n.t('{0} calls today', shownNumber(calls));
}

export function leftWords(left: number): string {
  return left === 1 ? vscode.l10n.t('1 call left') : vscode.l10n.t('{0} calls left', shownNumber(left));
}

export function shownNumber(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

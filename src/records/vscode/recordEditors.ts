import * as vscode from 'vscode';
import { readRecordUri, recordScheme, recordUri, type RecordRef } from '../recordRef';

/** The record that a document shows, where it shows one. */
export function recordOf(uri: vscode.Uri): RecordRef | undefined {
  return uri.scheme === recordScheme ? readRecordUri(uri) : undefined;
}

export function uriOf(ref: RecordRef): vscode.Uri {
  return vscode.Uri.from(recordUri(ref));
}

export function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find(document => document.uri.toString() === key);
}

export function isShown(uri: vscode.Uri): boolean {
  return documentOf(uri) !== undefined;
}

export function isDirty(uri: vscode.Uri): boolean {
  return documentOf(uri)?.isDirty === true;
}

/**
 * Gives a document another text. Only what differs is replaced, so that cursor and folding stay. False where somebody
 * typed at the same moment: then it has their text.
 */
export async function changeText(document: vscode.TextDocument, text: string): Promise<boolean> {
  const before = document.getText();
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(before.length - end));
  edit.replace(document.uri, range, text.slice(start, text.length - end));
  return vscode.workspace.applyEdit(edit);
}

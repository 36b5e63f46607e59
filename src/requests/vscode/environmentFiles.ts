import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { UserError } from '../../base/userError';
import {
  environmentFileName,
  environmentPlace,
  readEnvironment,
  type Environment,
  type EnvironmentProblem,
} from '../environment';
import { jsonSentence } from '../../base/vscode/jsonSentence';
import { rangeOf } from './requestFiles';

/**
 * The environment files that hold for a request file, the nearest first: the one beside it, then the one in the root
 * of its workspace folder. Read at each send, so that nothing has to be watched; not at all where the workspace is
 * not trusted.
 */
export async function environmentsFor(document: vscode.TextDocument | undefined): Promise<Environment[]> {
  if (!vscode.workspace.isTrusted) return [];
  const texts = await Promise.all(placesFor(document).map(async uri => ({ uri, text: await readIfThere(uri) })));
  return texts.flatMap(({ uri, text }) => (text === undefined ? [] : [mustRead(uri, text)]));
}

/** Where the nearest of them defines a variable. */
export async function environmentDefinition(
  document: vscode.TextDocument,
  connection: string | undefined,
  name: string,
): Promise<vscode.Location | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  for (const uri of placesFor(document)) {
    if ((await readIfThere(uri)) === undefined) continue;
    const file = await vscode.workspace.openTextDocument(uri);
    const place = environmentPlace(file.getText(), connection, name);
    if (place) return new vscode.Location(uri, rangeOf(file, place));
  }
  return undefined;
}

function placesFor(document: vscode.TextDocument | undefined): vscode.Uri[] {
  const saved = document?.isUntitled === false ? document.uri : undefined;
  // What is not saved yet belongs to no folder.
  const root = saved ? vscode.workspace.getWorkspaceFolder(saved) : vscode.workspace.workspaceFolders?.[0];
  const beside = saved ? [vscode.Uri.joinPath(saved, '..', environmentFileName)] : [];
  const inRoot = root ? [vscode.Uri.joinPath(root.uri, environmentFileName)] : [];
  return [...beside, ...inRoot.filter(each => each.toString() !== beside[0]?.toString())];
}

/** What is on this machine's disk is read without the editor, which may be busy: each send waits for it. */
function readIfThere(uri: vscode.Uri): Thenable<string | undefined> {
  const bytes = uri.scheme === 'file' ? fs.readFile(uri.fsPath) : vscode.workspace.fs.readFile(uri);
  return bytes.then(
    bytes => new TextDecoder().decode(bytes),
    () => undefined,
  );
}

function mustRead(uri: vscode.Uri, text: string): Environment {
  const read = readEnvironment(text);
  if ('environment' in read) return read.environment;
  const path = vscode.workspace.asRelativePath(uri);
  throw new UserError(vscode.l10n.t('Nothing was sent. {0}: {1}', path, sentence(read.problem)));
}

function sentence(problem: EnvironmentProblem): string {
  switch (problem.code) {
    case 'notJson':
      return vscode.l10n.t('This is not JSON ({0}).', jsonSentence(problem.error));
    case 'entryInvalid':
      return vscode.l10n.t('“{0}” must hold an object of names and values.', problem.entry);
  }
}

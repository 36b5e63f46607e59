import * as vscode from 'vscode';
import { mayChangeData } from '../../api/crmClient';
import { numberIn, textIn, type Argument } from '../../base/argument';
import { UserError } from '../../base/userError';
import type { Invocation } from '../../commands';
import { firstRequest, requestNamed, sectionAt, type RequestFile } from '../nodes';
import { PlacedSection } from '../placedSection';
import { sameRequest } from '../sameSection';
import type { DocumentRequest } from './documentSender';
import { noRequest } from './problemSentences';
import { languageId, parsed } from './requestFiles';

/** The request that a command is about: by `uri` and `name` or `line`; at the cursor; else the first of the file. */
export async function documentRequest({ argument, byProgram }: Invocation): Promise<DocumentRequest> {
  const document = await documentFor(argument);
  const file = parsed(document);
  return { document, file, node: requestFor(document, file, argument, byProgram) };
}

export async function documentFor(argument: Argument): Promise<vscode.TextDocument> {
  const { uri } = argument;
  if (uri instanceof vscode.Uri) return vscode.workspace.openTextDocument(uri);
  if (typeof uri === 'string') return vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  if (uri !== undefined) throw new UserError(vscode.l10n.t('The argument uri is not a URI.'));
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === languageId) return document;
  throw new UserError(vscode.l10n.t('Open a request file (*.fxhttp) first.'));
}

/** By `name`, by `line` (counted from 0), at the cursor, or the first. */
function requestFor(
  document: vscode.TextDocument,
  file: RequestFile,
  argument: Argument,
  byProgram: boolean,
): DocumentRequest['node'] {
  if (argument['section'] instanceof PlacedSection) return requestOfSection(file, argument['section']);
  const name = textIn(argument, 'name');
  const named = name === undefined ? undefined : requestNamed(file, name);
  if (name !== undefined && !named)
    throw new UserError(vscode.l10n.t('There is no request called {0} in this file.', name));
  const line = lineIn(argument, document) ?? (byProgram ? undefined : cursorLine(document));
  const offset = line === undefined ? undefined : document.offsetAt(new vscode.Position(line, 0));
  const node = named ?? (offset === undefined ? firstRequest(file) : sectionAt(file, offset)?.request);
  if (!node) throw new UserError(noRequest());
  return node;
}

/** What a lens was shown for; another request may have taken its line since then. */
function requestOfSection(file: RequestFile, section: PlacedSection): DocumentRequest['node'] {
  const request = sameRequest(file, section)?.request ?? renamedRead(file, section);
  if (!request) throw new UserError(vscode.l10n.t('The request changed: press Send again.'));
  return request;
}

/** The only one that is called so, where it reads: after a quick fix of its path, before the lens has followed. */
function renamedRead(
  file: RequestFile,
  { parsed: { heading: old } }: PlacedSection,
): DocumentRequest['node'] | undefined {
  const called = file.sections.filter(
    ({ parsed: { heading } }) => heading?.title === old?.title && heading?.name === old?.name,
  );
  const [section, ...others] = called;
  return others.length === 0 && !mayChangeData(section?.parsed.heading?.target ?? '') ? section?.request : undefined;
}

/** A line that the file does not have is refused: the caller means another request than the last one. */
function lineIn(argument: Argument, { lineCount }: vscode.TextDocument): number | undefined {
  const line = numberIn(argument, 'line');
  if (line === undefined || (Number.isInteger(line) && line >= 0 && line < lineCount)) return line;
  throw new UserError(vscode.l10n.t('The file has no line {0}: lines are counted from 0 to {1}.', line, lineCount - 1));
}

function cursorLine(document: vscode.TextDocument): number | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor = [activeTextEditor, ...visibleTextEditors].find(each => each?.document === document);
  return editor?.selection.active.line;
}

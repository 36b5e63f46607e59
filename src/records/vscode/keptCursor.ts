import * as vscode from 'vscode';
import { fieldPlaceAt, offsetOf, type FieldPlace } from '../fieldPlace';
import type { OpenRecords } from '../openRecords';
import { recordScheme } from '../recordRef';
import { knownRecord } from './recordLanguage';

/**
 * A field that was added goes to its place in the object's order once its record is saved and read anew. The editor
 * would put the cursor behind all that changed its place; it goes with the field.
 */
export function keepCursorOnField(records: OpenRecords): vscode.Disposable {
  const places = new WeakMap<vscode.TextEditor, FieldPlace>();
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document }) => {
      for (const editor of editorsOf(document)) {
        const place = fieldPlaceAt(document.getText(), document.offsetAt(editor.selection.active));
        if (place) places.set(editor, place);
      }
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // That it is saved is told as a change of nothing.
      if (contentChanges.length === 0) return;
      for (const editor of editorsOf(document)) {
        const place = places.get(editor);
        places.delete(editor);
        // Whoever types on is somewhere else by now, and has another text than was read.
        if (place && document.getText() === knownRecord(records, document)?.text) putCursor(editor, place);
      }
    }),
  );
}

function editorsOf(document: vscode.TextDocument): vscode.TextEditor[] {
  if (document.uri.scheme !== recordScheme) return [];
  return vscode.window.visibleTextEditors.filter(editor => editor.document === document);
}

function putCursor(editor: vscode.TextEditor, place: FieldPlace): void {
  const offset = offsetOf(editor.document.getText(), place);
  if (offset === undefined) return;
  const at = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

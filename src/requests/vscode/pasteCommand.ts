import * as vscode from 'vscode';
import { nameIn } from '../../api/endpoints';
import { textIn } from '../../base/argument';
import { UserError } from '../../base/userError';
import { displayLanguage } from '../../base/vscode/settings';
import type { Handlers } from '../../commands';
import { sectionAt } from '../nodes';
import { isResponse, pastedRequest, type PastedRequest } from '../paste/pastedRequest';
import { openRequest } from './requestCommands';
import { languageId, parsed } from './requestFiles';

/** A cURL command or an example of the documentation becomes a request of the file at hand, or of a new one. */
export function pasteCommand(): Handlers<'fxiaoke.request.pasteCurl'> {
  return {
    'fxiaoke.request.pasteCurl': async ({ argument }) => {
      const given = textIn(argument, 'text') ?? (await vscode.env.clipboard.readText());
      const pasted = requestOf(given);
      if (!pasted) {
        throw new UserError(
          isResponse(given)
            ? vscode.l10n.t('This is a response: copy its request.')
            : vscode.l10n.t(
                'There is no cURL command and no JSON in the text: copy one, or an example of the documentation.',
              ),
        );
      }
      const editor = vscode.window.activeTextEditor;
      if (editor?.document.languageId === languageId) await insert(editor, pasted.text);
      else await openRequest(pasted.text, argument['open'] !== false);
      return pasted.text;
    },
  };
}

/** The request that a text means, called as the person's language calls its endpoint. */
export function requestOf(text: string): PastedRequest | undefined {
  return pastedRequest(text, endpoint => (endpoint === undefined ? '' : nameIn(displayLanguage(), endpoint)));
}

/** What separates a request from the text before it. */
export function gapAfter(before: string): string {
  if (before.trim() === '' || /(\r?\n){2}$/.test(before)) return '';
  return before.endsWith('\n') ? '\n' : '\n\n';
}

/** After the request at the cursor, as one of its own, with the cursor on its line. */
async function insert(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const section = sectionAt(parsed(document), document.offsetAt(editor.selection.active));
  const at = document.positionAt(section?.end ?? document.getText().length);
  const gap = gapAfter(document.getText(new vscode.Range(new vscode.Position(0, 0), at)));
  const behind = at.isEqual(document.lineAt(document.lineCount - 1).range.end) ? '' : '\n';
  await editor.edit(edit => edit.insert(at, gap + text + behind));
  const line = at.line + gap.length + 1;
  const { end } = document.lineAt(Math.min(line, document.lineCount - 1)).range;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(editor.selection);
}

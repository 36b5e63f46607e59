import * as vscode from 'vscode';
import { textIn } from '../../base/argument';
import type { CommandId, Handlers } from '../../commands';
import type { OpenRecords } from '../openRecords';
import { ownerChange } from '../ownerChange';
import { recordScheme } from '../recordRef';
import { changeText, documentOf, recordOf } from './recordEditors';
import { knownRecord, rangeOf } from './recordLanguage';

/** Offers *Change Owner* where a text names another owner: an update cannot change it. */
export function registerOwnerFix(records: OpenRecords): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range) {
      const open = knownRecord(records, document);
      const change = open && ownerChange(document.getText(), open);
      if (!change || !rangeOf(document, change.span).intersection(range)) return [];
      const title = vscode.l10n.t('Change the owner to {0} now', change.owner);
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.isPreferred = true;
      const argument = { uri: document.uri.toString(), byPerson: true };
      action.command = { title, command: 'fxiaoke.internal.changeOwnerInstead', arguments: [argument] };
      return [action];
    },
  };
  return vscode.languages.registerCodeActionsProvider({ scheme: recordScheme }, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

/** Puts back the owner in the text, then calls *Change Owner* with the one that stood there. */
export function ownerFixCommand(records: OpenRecords): Handlers<'fxiaoke.internal.changeOwnerInstead'> {
  return {
    'fxiaoke.internal.changeOwnerInstead': async ({ argument }) => {
      const document = documentOf(vscode.Uri.parse(textIn(argument, 'uri') ?? ''));
      const ref = document && recordOf(document.uri);
      const open = document && knownRecord(records, document);
      const change = open && ownerChange(document.getText(), open);
      if (!ref || !change) return;
      await changeText(document, change.restored);
      // With nothing else to save it follows the tenant again, and shows the new owner.
      if (change.restored === open.text) await document.save();
      const { connectionId: connection, object, id } = ref;
      const given = { connection, object, ids: [id], owner: change.owner, byPerson: true };
      return vscode.commands.executeCommand('fxiaoke.record.changeOwner' satisfies CommandId, given);
    },
  };
}

import * as vscode from 'vscode';
import { parse } from '../parse';

export const languageId = 'fxiaoke-request';

/** *Send* above each request. */
export function registerSendLenses(): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(languageId, {
    provideCodeLenses: document =>
      parse(document.getText()).sections.flatMap(({ start, separator, heading }) => {
        if (!heading) return [];
        const at = document.positionAt(separator ? start : heading.start);
        const line = document.positionAt(heading.start).line;
        return new vscode.CodeLens(new vscode.Range(at, at), {
          title: `$(play) ${vscode.l10n.t('Send')}`,
          command: 'fxiaoke.request.send',
          arguments: [{ uri: document.uri, line, byPerson: true }],
        });
      }),
  });
}

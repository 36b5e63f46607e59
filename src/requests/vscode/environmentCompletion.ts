import * as vscode from 'vscode';
import { environmentFileName } from '../environment';
import { environmentCompletions } from '../language/environmentCompletion';
import { itemOf } from './requestCompletion';
import { rangeOf } from './requestFiles';

/** Offers the connections by name in environment files; what else belongs there, the schema tells the editor. */
export function completeEnvironments(connections: () => readonly string[]): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    { pattern: `**/${environmentFileName}` },
    {
      provideCompletionItems: (document, position) => {
        const found = environmentCompletions(document.getText(), document.offsetAt(position), connections());
        return found.map((completion, at) => itemOf(rangeOf(document, completion.range), completion, at));
      },
    },
    '"',
  );
}

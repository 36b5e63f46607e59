import * as vscode from 'vscode';

const scheme = 'fxiaoke-bench';

/** What the editor itself takes to show a text of an extension in a preview tab beside another, in milliseconds. */
export async function showing(name: string, text: string): Promise<number> {
  const registered = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: () => text,
  });
  const uri = vscode.Uri.from({ scheme, path: `/${name}.json` });
  const started = performance.now();
  await vscode.commands.executeCommand('vscode.open', uri, {
    preview: true,
    preserveFocus: true,
    viewColumn: vscode.ViewColumn.Beside,
  } satisfies vscode.TextDocumentShowOptions);
  while (!isInSight(uri)) await new Promise(resolve => setImmediate(resolve));
  const time = performance.now() - started;
  registered.dispose();
  return time;
}

function isInSight(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());
}

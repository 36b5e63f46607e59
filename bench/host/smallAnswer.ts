import * as vscode from 'vscode';
import { openRequests } from '../../test/host/commands';
import { middle, type Measurement } from '../measurement';
import { query, send } from './send';

const warmUp = 10;
const sends = 60;

/** A small request: what passes between the command and the answer in an editor, beside the call itself. */
export async function smallAnswer(): Promise<Measurement[]> {
  const document = await openRequests(query('small').replace('100', '2'));
  await vscode.window.showTextDocument(document);
  const [times, shows]: number[][] = [[], []];
  for (let n = 0; n < warmUp + sends; n++) {
    const { beside } = await send(document.uri);
    const show = await showing(n);
    if (n < warmUp) continue;
    times?.push(beside);
    shows?.push(show);
  }
  return [
    {
      what: 'send to shown answer, beside the call itself',
      value: middle(times ?? []),
      unit: 'ms',
      goal: { atMost: 30 },
    },
    { what: 'any other read-only document shown so', value: middle(shows ?? []), unit: 'ms' },
  ];
}

const scheme = 'fxiaoke-bench';
const provider = { provideTextDocumentContent: () => '{ "data": {} }' };

/** What the editor itself takes to show a short text of an extension in a preview tab beside another. */
async function showing(n: number): Promise<number> {
  const registered = vscode.workspace.registerTextDocumentContentProvider(scheme, provider);
  const started = performance.now();
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path: `/${n}.json` }));
  await vscode.window.showTextDocument(document, {
    preview: true,
    preserveFocus: true,
    viewColumn: vscode.ViewColumn.Beside,
  });
  const time = performance.now() - started;
  registered.dispose();
  return time;
}

import * as vscode from 'vscode';
import { run } from '../../test/host/commands';

export interface Sent {
  /** From the command until its answer is shown, without the call itself. */
  readonly beside: number;
}

/** Sends the one request of a file and waits until its answer is in an editor. */
export async function send(uri: vscode.Uri): Promise<Sent> {
  const before = answers().map(String);
  const started = performance.now();
  await run('fxiaoke.request.send', { uri });
  while (answers().every(shown => before.includes(shown.toString()))) {
    await new Promise(resolve => setImmediate(resolve));
  }
  const total = performance.now() - started;
  const [entry] = await run<{ milliseconds: number }[]>('fxiaoke.history.list');
  return { beside: total - (entry?.milliseconds ?? 0) };
}

/** Those in sight. */
export function answers(): vscode.Uri[] {
  const uris = vscode.window.visibleTextEditors.map(({ document }) => document.uri);
  return uris.filter(({ scheme }) => scheme === 'fxiaoke-response');
}

export const query = (title: string) => `### ${title}
POST /cgi/crm/v2/data/query

{ "data": { "dataObjectApiName": "AccountObj", "search_query_info": { "limit": 100, "offset": 0, "filters": [] } } }
`;

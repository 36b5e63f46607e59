import * as vscode from 'vscode';
import { run } from '../../test/host/commands';

export interface Sent {
  /** From the command until its answer is shown, without the call itself. */
  readonly beside: number;
}

/** Sends a request of a file, the first unless told, and waits until its answer is in an editor. */
export async function send(uri: vscode.Uri, line?: number): Promise<Sent> {
  const before = answers();
  const started = performance.now();
  await run('fxiaoke.request.send', { uri, ...(line !== undefined && { line }) });
  while (answers().every(shown => before.includes(shown))) {
    await new Promise(resolve => setImmediate(resolve));
  }
  const total = performance.now() - started;
  const [entry] = await run<{ milliseconds: number }[]>('fxiaoke.history.list');
  return { beside: total - (entry?.milliseconds ?? 0) };
}

/** The texts in sight: an editor may stay and get another one. */
function answers(): string[] {
  const documents = vscode.window.visibleTextEditors.map(({ document }) => document);
  return documents
    .filter(({ uri }) => uri.scheme === 'fxiaoke-response')
    .map(({ uri, version }) => `${uri.toString()} ${version}`);
}

export const query = (title: string) => `### ${title}
POST /cgi/crm/v2/data/query

{ "data": { "dataObjectApiName": "AccountObj", "search_query_info": { "limit": 100, "offset": 0, "filters": [] } } }
`;

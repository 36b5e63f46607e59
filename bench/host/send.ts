import * as vscode from 'vscode';
import { run } from '../../test/host/commands';

export interface Sent {
  /** From the command until its answer is shown, without the call itself. */
  readonly beside: number;
  readonly answer: vscode.TextDocument;
}

/** Sends the one request of a file and waits until the answer is in an editor. */
export async function send(uri: vscode.Uri, title: string): Promise<Sent> {
  const started = performance.now();
  await run('fxiaoke.request.send', { uri });
  const total = performance.now() - started;
  const documents = vscode.window.visibleTextEditors.map(({ document }) => document);
  const answer = documents.find(({ uri: { path } }) => path.endsWith(`/${title}.json`));
  if (!answer) throw new Error('The answer is not shown.');
  const [entry] = await run<{ milliseconds: number }[]>('fxiaoke.history.list');
  return { beside: total - (entry?.milliseconds ?? 0), answer };
}

export const query = (title: string) => `### ${title}
POST /cgi/crm/v2/data/query

{ "data": { "dataObjectApiName": "AccountObj", "search_query_info": { "limit": 100, "offset": 0, "filters": [] } } }
`;

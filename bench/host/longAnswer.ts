import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeEditors, connect, openRequests, type SandboxLogin } from '../../test/host/commands';
import { middle, type Measurement } from '../measurement';
import { collect } from './collect';
import { LongAnswers } from './longAnswers';
import { query, send } from './send';
import { showing } from './showing';

const rounds = 4;

/** An answer of 20 MB in an editor, against the same text in a file. */
export async function longAnswer(login: SandboxLogin): Promise<Measurement[]> {
  const server = await LongAnswers.before(login.url);
  try {
    await connect({ ...login, url: server.url }, { name: 'Long' });
    const document = await openRequests(`# @connection Long\n${query('long')}`);
    await vscode.window.showTextDocument(document);
    const file = path.join(path.dirname(document.uri.fsPath), 'long.json');
    const before = await heap();
    await send(document.uri);
    fs.writeFileSync(file, textShown());
    await closeEditors();
    const growth = (await heap()) - before;
    const [ours, files, shows]: number[][] = [[], [], []];
    const text = fs.readFileSync(file, 'utf8');
    for (let round = 0; round < rounds; round++) {
      await vscode.window.showTextDocument(document);
      ours?.push((await send(document.uri)).beside);
      await closeEditors();
      files?.push(await opened(copyOf(file, round)));
      await closeEditors();
      shows?.push(await showing(`long-${round}`, text));
      await closeEditors();
    }
    const ratios = (ours ?? []).map((time, round) => time / (files?.[round] ?? 0));
    return [
      {
        what: `an answer of ${(fs.statSync(file).size / 1e6).toFixed(0)} MB shown / opened as a file`,
        value: middle(ratios),
        unit: '×',
        goal: { atMost: 1.5 },
      },
      { what: 'that answer shown, beside the call itself', value: middle(ours ?? []), unit: 'ms' },
      { what: 'any other read-only document of that length shown so', value: middle(shows ?? []), unit: 'ms' },
      { what: 'that answer opened as a file', value: middle(files ?? []), unit: 'ms' },
      {
        what: 'growth of the heap when its tab is closed',
        value: growth,
        unit: 'MB',
        goal: { atMost: 10 },
      },
    ];
  } finally {
    server.stop();
  }
}

function textShown(): string {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'fxiaoke-response');
  return editor?.document.getText() ?? '';
}

/** The editor keeps a document for some minutes after its tab: one that it has not seen is read from disk. */
function copyOf(file: string, round: number): string {
  const copy = file.replace('.json', `-${round}.json`);
  fs.copyFileSync(file, copy);
  return copy;
}

async function opened(file: string): Promise<number> {
  const started = performance.now();
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
  return performance.now() - started;
}

/** In MB, garbage taken away. The editor lets go of a document some time after its tab. */
async function heap(): Promise<number> {
  await new Promise(resolve => setTimeout(resolve, 3_000));
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

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
  const times: number[] = [];
  for (let n = 0; n < warmUp + sends; n++) {
    const { beside } = await send(document.uri, 'small');
    if (n >= warmUp) times.push(beside);
  }
  return [
    { what: 'send to shown answer, beside the call itself', value: middle(times), unit: 'ms', goal: { atMost: 30 } },
  ];
}

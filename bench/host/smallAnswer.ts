import * as vscode from 'vscode';
import { openRequests } from '../../test/host/commands';
import { middle, type Measurement } from '../measurement';
import { query, send } from './send';
import { showing } from './showing';

const warmUp = 5;
const sends = 40;

/**
 * A small request: what passes between the command and the answer in an editor, beside the call itself. A request that
 * was sent before has its tab in sight; the answer to another one takes an editor of its own.
 */
export async function smallAnswer(): Promise<Measurement[]> {
  const small = (title: string) => query(title).replace('100', '2');
  const document = await openRequests(small('one') + small('other'));
  await vscode.window.showTextDocument(document);
  const other = small('one').split('\n').length - 1;
  const [again, others, shows]: number[][] = [[], [], []];
  for (let n = 0; n < warmUp + sends; n++) {
    await send(document.uri, n % 2 === 0 ? 0 : other);
    await pause();
    const same = await send(document.uri, n % 2 === 0 ? 0 : other);
    await pause();
    const { beside } = await send(document.uri, n % 2 === 0 ? other : 0);
    await pause();
    const show = await showing(`${n}`, '{ "data": {} }');
    await pause();
    if (n < warmUp) continue;
    again?.push(same.beside);
    others?.push(beside);
    shows?.push(show);
  }
  const goal = { atMost: 30 };
  return [
    {
      what: 'a request sent again to its shown answer, beside the call itself',
      value: middle(again ?? []),
      unit: 'ms',
      goal,
    },
    {
      what: 'another request to its shown answer, beside the call itself',
      value: middle(others ?? []),
      unit: 'ms',
      goal,
    },
    { what: 'any other read-only document shown so', value: middle(shows ?? []), unit: 'ms' },
  ];
}

/** Nobody sends a request while the editor is still drawing the answer to the one before. */
function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 100));
}

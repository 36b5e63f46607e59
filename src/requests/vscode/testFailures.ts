import * as vscode from 'vscode';
import { printJson } from '../../base/json';
import type { Span } from '../nodes';
import { isRefused } from '../outcome';
import type { SentRequest } from '../sendRequest';
import { assertionSentence } from './assertionSentences';
import type { DocumentRequest } from './documentSender';
import { rangeOf } from './requestFiles';
import { standing } from './standing';

/**
 * What failed of a request that was sent as a test. An errorCode is a failure unless an assertion expects it.
 * `clean` takes secrets out of what is shown.
 */
export function failures(
  request: DocumentRequest,
  sent: SentRequest,
  clean: (text: string) => string,
): vscode.TestMessage[] {
  const { document, node } = request;
  // The text may have been edited while the request was under way.
  const place = standing(request);
  const at = (found: Span, message: vscode.TestMessage) => {
    const now = place?.now(found);
    if (now) message.location = new vscode.Location(document.uri, rangeOf(document, now));
    return message;
  };
  const messages = sent.assertions.flatMap((result, index) => {
    if (result.passed) return [];
    const { operator = '', expected } = sent.shown.assertions[index] ?? {};
    // Both are laid out alike, so that the diff shows what differs.
    const sign = operator === '==' ? '' : `${operator} `;
    const wanted = expected === undefined ? operator : `${sign}${printJson(expected, 2)}`;
    const actual = result.actual === undefined ? '' : printJson(result.actual, 2);
    return at(result, vscode.TestMessage.diff(clean(assertionSentence(result)), clean(wanted), clean(actual)));
  });
  if (!isRefused(sent)) return messages;
  const { errorCode, errorMessage } = sent.answer;
  const { start } = node;
  return [at({ start, end: start }, new vscode.TestMessage(clean(`${errorCode} ${errorMessage}`))), ...messages];
}

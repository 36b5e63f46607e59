import * as vscode from 'vscode';
import { printJson } from '../../base/json';
import type { Span } from '../nodes';
import type { SentRequest } from '../sendRequest';
import { assertionSentence } from './assertionSentences';
import type { DocumentRequest } from './documentSender';
import { rangeOf } from './requestFiles';
import { standing } from './standing';

/**
 * What failed of a request that was sent as a test. A failing errorCode is a failure unless an assertion is about it.
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
  const { errorCode, errorMessage } = sent.answer;
  if (errorCode === 0 || sent.request.assertions.some(({ path }) => path[0] === 'errorCode')) return messages;
  const { start } = node;
  return [at({ start, end: start }, new vscode.TestMessage(clean(`${errorCode} ${errorMessage}`))), ...messages];
}

import * as vscode from 'vscode';
import { printJson } from '../../base/json';
import type { AssertionResult } from '../assertions';

const longestNote = 80;

/** What stands after the line of an assertion: `✓ 1204`, or `✗` and what is there instead. */
export function assertionNote(result: AssertionResult): string {
  const value = result.actual === undefined ? reasonSentence(result) : printJson(result.actual);
  const characters = Array.from(value);
  const short = characters.length > longestNote ? `${characters.slice(0, longestNote).join('')}…` : value;
  return `${result.passed ? '✓' : '✗'} ${short}`;
}

/** What a failed assertion says in the problems and in a test's result. */
export function assertionSentence(result: AssertionResult): string {
  const actual = result.actual === undefined ? '' : printJson(result.actual).slice(0, 1000);
  const reason = reasonSentence(result);
  if (result.actual === undefined) return vscode.l10n.t('{0} failed: {1}', result.text, reason);
  return reason === ''
    ? vscode.l10n.t('{0} failed: it is {1}', result.text, actual)
    : vscode.l10n.t('{0} failed: {1} It is {2}', result.text, reason, actual);
}

function reasonSentence({ reason }: AssertionResult): string {
  switch (reason) {
    case 'pathMissing':
      return vscode.l10n.t('The response has nothing there.');
    case 'notComparable':
      return vscode.l10n.t('These values have no order.');
    case 'notSearchable':
      return vscode.l10n.t('This value cannot be searched.');
    case 'patternInvalid':
      return vscode.l10n.t('The pattern is not a regular expression.');
    default:
      return '';
  }
}

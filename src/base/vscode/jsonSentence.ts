import * as vscode from 'vscode';

/** What is wrong with a text that is not JSON, by the name of jsonc-parser's `ParseErrorCode`. */
export function jsonSentence(error: string): string {
  switch (error) {
    case 'CommaExpected':
      return vscode.l10n.t('a comma is missing');
    case 'ColonExpected':
      return vscode.l10n.t('a colon is missing');
    case 'ValueExpected':
      return vscode.l10n.t('a value is missing');
    case 'PropertyNameExpected':
      return vscode.l10n.t('a name in double quotes is missing');
    case 'OpenBraceExpected':
      return vscode.l10n.t('it does not begin with “{”');
    case 'CloseBraceExpected':
      return vscode.l10n.t('“}” is missing');
    case 'CloseBracketExpected':
      return vscode.l10n.t('“]” is missing');
    case 'EndOfFileExpected':
      return vscode.l10n.t('it should have ended before this');
    case 'UnexpectedEndOfString':
      return vscode.l10n.t('a text has no closing quote');
    case 'UnexpectedEndOfComment':
      return vscode.l10n.t('a comment is not closed');
    case 'InvalidNumberFormat':
    case 'UnexpectedEndOfNumber':
      return vscode.l10n.t('a number is malformed');
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return vscode.l10n.t('an escape after “\\” is malformed');
    case 'InvalidCharacter':
      return vscode.l10n.t('a text holds a character that must be escaped');
    case 'TooDeep':
      return vscode.l10n.t('it is nested too deep');
    default:
      return vscode.l10n.t('there is a word that is no value');
  }
}

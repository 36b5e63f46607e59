import * as vscode from 'vscode';
import { errorCodes } from '../../api/errorCodes';
import { textIn } from '../../base/argument';
import { UserError } from '../../base/userError';
import { askChoiceOrOwn, type Choice } from '../../base/vscode/ask';
import { displayLanguage } from '../../base/vscode/settings';
import type { Handlers, Invocation } from '../../commands';
import { codeIn, explain, type Explanation } from '../explain';

export function errorCommands(): Handlers<'fxiaoke.error.explain'> {
  return {
    'fxiaoke.error.explain': async ({ argument, byProgram }: Invocation): Promise<Explanation> => {
      const code = codeIn(textIn(argument, 'errorCode') ?? '');
      if (code === undefined && byProgram) {
        throw new UserError(vscode.l10n.t('The argument errorCode is not a number.'));
      }
      return tell(code ?? (await askCode()), byProgram);
    },
  };
}

function tell(code: number, byProgram: boolean): Explanation {
  const explanation = explain(code, displayLanguage());
  if (!byProgram) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} {1}. {2}', code, explanation.meaning, explanation.action),
    );
  }
  return explanation;
}

/** The known codes can be searched by number or meaning; any other number can be typed. */
function askCode(): Promise<number> {
  const known = errorCodes().map(({ code }) => choiceOf(code));
  return askChoiceOrOwn(
    vscode.l10n.t('Explain an error code'),
    vscode.l10n.t('Which errorCode? Type its number or a word of its meaning.'),
    known,
    typed => {
      const code = codeIn(typed);
      return code === undefined || known.some(({ value }) => value === code) ? undefined : choiceOf(code);
    },
  );
}

function choiceOf(code: number): Choice<number> {
  const { meaning, action } = explain(code, displayLanguage());
  return { label: String(code), description: meaning, detail: action, value: code };
}

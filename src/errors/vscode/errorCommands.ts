import * as vscode from 'vscode';
import { errorCodes } from '../../api/errorCodes';
import { numberIn, textIn } from '../../base/argument';
import { UserError } from '../../base/userError';
import { displayLanguage } from '../../base/vscode/settings';
import type { Handlers, Invocation } from '../../commands';
import { explain, type Explanation } from '../explain';

export function errorCommands(): Handlers<'fxiaoke.error.explain'> {
  return {
    'fxiaoke.error.explain': async ({ argument, byProgram }: Invocation): Promise<Explanation | undefined> => {
      const code = numberIn(argument, 'errorCode') ?? (Number(textIn(argument, 'errorCode') ?? NaN) || undefined);
      if (code !== undefined) return tell(code, byProgram);
      if (byProgram) throw new UserError(vscode.l10n.t('The argument errorCode is not a number.'));
      const picked = await pickCode();
      return picked === undefined ? undefined : tell(picked, byProgram);
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

/** Any number can be typed; the known codes can be searched by number or meaning. */
async function pickCode(): Promise<number | undefined> {
  const language = displayLanguage();
  const picked = await vscode.window.showQuickPick(
    errorCodes.map(({ code, meaning, action }) => ({
      label: String(code),
      description: meaning[language],
      detail: action[language],
    })),
    { title: vscode.l10n.t('Explain an error code'), matchOnDescription: true },
  );
  return picked && Number(picked.label);
}

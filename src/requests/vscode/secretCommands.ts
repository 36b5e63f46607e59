import * as vscode from 'vscode';
import { textIn } from '../../base/argument';
import { CancelledError } from '../../base/cancelled';
import { UserError } from '../../base/userError';
import { askText } from '../../base/vscode/ask';
import type { Handlers } from '../../commands';
import type { UserSecrets } from '../userSecrets';
import { inputSecret, secretProblem } from './documentSource';

/** The user's own secrets for `{{$secret name}}`. */
export function secretCommands(secrets: UserSecrets): Handlers<'fxiaoke.secret.set' | 'fxiaoke.secret.remove'> {
  return {
    'fxiaoke.secret.set': async ({ argument }) => {
      const name = textIn(argument, 'name') ?? (await askName());
      const value = textIn(argument, 'value') ?? (await inputSecret(name));
      if (value === undefined) throw new CancelledError();
      const problem = secretProblem(value);
      if (problem !== undefined) throw new UserError(problem);
      await secrets.keep(name, value);
      return { name };
    },
    'fxiaoke.secret.remove': async ({ argument }) => {
      const name = textIn(argument, 'name') ?? (await askName());
      await secrets.forget(name);
      return { name };
    },
  };
}

function askName(): Promise<string> {
  return askText({
    title: vscode.l10n.t('Secrets of request files'),
    prompt: vscode.l10n.t('The name, as it stands in {{$secret name}}'),
    problem: text => (text === '' ? vscode.l10n.t('A value is required.') : undefined),
  });
}

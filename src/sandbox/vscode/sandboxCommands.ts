import * as vscode from 'vscode';
import type { Argument } from '../../base/argument';
import { UserError } from '../../base/userError';
import type { Handlers } from '../../commands';

export interface SandboxCommandsOptions {
  /** Starts the sandbox, makes it a connection and selects it. */
  readonly start: (options: {
    port: number | undefined;
    records: number | undefined;
  }) => Promise<{ url: string; connectionId: string }>;
  readonly stop: () => Promise<void>;
}

export function sandboxCommands({
  start,
  stop,
}: SandboxCommandsOptions): Handlers<'fxiaoke.sandbox.start' | 'fxiaoke.sandbox.stop'> {
  return {
    'fxiaoke.sandbox.start': async ({ argument, byProgram }) => {
      const title = vscode.l10n.t('Starting the local sandbox…');
      const wanted = { port: wholeIn(argument, 'port', 65_535), records: wholeIn(argument, 'records', 50_000_000) };
      const started = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
        start(wanted),
      );
      if (!byProgram) void vscode.commands.executeCommand('fxiaoke.objects.focus');
      return started;
    },
    'fxiaoke.sandbox.stop': stop,
  };
}

/** A number that does not fit is refused, not left out: the caller relies on the port. */
function wholeIn(argument: Argument, key: string, most: number): number | undefined {
  const value = argument[key];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new UserError(vscode.l10n.t('The argument {0} must be a whole number from 0 to {1}.', key, most));
}

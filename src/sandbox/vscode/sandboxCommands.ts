import * as vscode from 'vscode';
import { numberIn } from '../../base/argument';
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
      const title = vscode.l10n.t('Starting the local sandbox …');
      const wanted = { port: numberIn(argument, 'port'), records: numberIn(argument, 'records') };
      const started = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
        start(wanted),
      );
      if (!byProgram) void vscode.commands.executeCommand('fxiaoke.objects.focus');
      return started;
    },
    'fxiaoke.sandbox.stop': stop,
  };
}

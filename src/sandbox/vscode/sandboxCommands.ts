import * as vscode from 'vscode';
import { numberIn } from '../../base/argument';
import type { Handlers } from '../../commands';
import type { SandboxLogin, SandboxProcess } from '../sandboxProcess';

export interface SandboxCommandsOptions {
  readonly sandbox: SandboxProcess;
  /** Makes the sandbox's tenant a connection, or renews the one it has, and selects it. */
  readonly connect: (login: SandboxLogin) => Promise<string>;
  /** Told before the sandbox stops because the person wants it to, so that it is not started again unasked. */
  readonly stopped: (byPerson: boolean) => void;
}

export function sandboxCommands(
  options: SandboxCommandsOptions,
): Handlers<'fxiaoke.sandbox.start' | 'fxiaoke.sandbox.stop'> {
  const { sandbox, connect, stopped } = options;
  return {
    'fxiaoke.sandbox.start': async ({ argument, byProgram }) => {
      const [port, records] = [numberIn(argument, 'port'), numberIn(argument, 'records')];
      if (port !== undefined || records !== undefined) await sandbox.stop();
      stopped(false);
      const title = vscode.l10n.t('Starting the local sandbox …');
      const started = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title },
        async () => {
          const login = await sandbox.start(
            port === undefined && records === undefined ? undefined : { port, records },
          );
          return { url: login.url, connectionId: await connect(login) };
        },
      );
      if (!byProgram) void vscode.commands.executeCommand('fxiaoke.objects.focus');
      return started;
    },
    'fxiaoke.sandbox.stop': async () => {
      stopped(true);
      await sandbox.stop();
    },
  };
}

import * as vscode from 'vscode';
import { textIn, type Argument } from '../../base/argument';
import { printJson, withoutUndefined } from '../../base/json';
import { copyText } from '../../base/vscode/clipboard';
import type { CommandOf, Handlers, Invocation } from '../../commands';
import { sandboxParts, type Connection } from '../connection';
import type { Connections } from '../connections';
import { addAsGiven, addByAsking, whileSigningIn } from './addConnection';
import { askConnection, mustFind } from './chosenConnection';
import { askChange, draftFrom, type Draft } from './connectionForm';
import { askSecrets } from './signInForm';

export interface ConnectionCommandsOptions {
  readonly connections: Connections;
  readonly describe: (error: unknown) => string;
}

export function connectionCommands({
  connections,
  describe,
}: ConnectionCommandsOptions): Handlers<CommandOf<'connections'>> {
  const { store } = connections;
  const add = addByAsking(connections, describe);
  const step =
    (by: -1 | 1) =>
    async ({ argument }: Invocation) =>
      store.step((await connectionFor(connections, argument)).id, by);
  return {
    'fxiaoke.connection.add': async ({ argument, byProgram }) => {
      const added = await (byProgram ? addAsGiven(connections, argument) : add(draftFrom(argument)));
      return { id: added.id, name: added.name, ea: added.ea };
    },
    'fxiaoke.connection.edit': async ({ argument }) => {
      const connection = await connectionFor(connections, argument);
      const given = draftFrom(argument);
      const isGiven = Object.keys(given).length > 0;
      const changes = isGiven ? given : await askWhatToChange(connections, connection);
      // Another window may have changed it while the person was typing.
      const current = mustFind(connections, connection.id);
      await whileSigningIn(current.name, () => connections.edit(current, changes));
      return { id: connection.id };
    },
    'fxiaoke.connection.remove': async ({ argument, byProgram }) => {
      const connection = await connectionFor(connections, argument);
      if (byProgram || (await mayRemove(connection))) await connections.remove(connection);
    },
    'fxiaoke.connection.select': async ({ argument }) => {
      const connection = await connectionFor(connections, argument);
      await store.select(connection.id);
      return { id: connection.id };
    },
    'fxiaoke.connection.test': async ({ argument, byProgram }) => {
      const connection = await connectionFor(connections, argument);
      const result = await whileSigningIn(connection.name, () => connections.test(connection));
      if (!byProgram) {
        const message = vscode.l10n.t(
          '{0}: signed in to {1} in {2} ms',
          connection.name,
          result.ea,
          result.milliseconds,
        );
        vscode.window.setStatusBarMessage(`$(check) ${message}`, 8000);
      }
      return result;
    },
    'fxiaoke.connection.list': () => {
      const active = store.active();
      return store
        .list()
        .map(({ id, name, host, userId, role }) => ({ id, name, host, userId, role, active: id === active?.id }));
    },
    'fxiaoke.connection.moveUp': step(-1),
    'fxiaoke.connection.moveDown': step(1),
    'fxiaoke.connection.copy': async ({ argument }) => {
      // What `connection.add` takes, but for the secrets.
      const { name, host, appId, userId, role, auth, dailyQuota } = await connectionFor(connections, argument);
      return copyText(printJson(withoutUndefined({ name, host, appId, userId, role, auth, dailyQuota }), 2), name);
    },
  };
}

/** On a machine that has no secrets of it yet nothing else is of use. */
async function askWhatToChange({ store }: Connections, connection: Connection): Promise<Draft> {
  if (connection.sandbox) return askChange(connection, sandboxParts);
  return (await store.secrets(connection.id)) ? askChange(connection) : askSecrets(connection);
}

/** The connection that the argument names (by `id` or `connection`), else the one the person picks. */
async function connectionFor(connections: Connections, argument: Argument): Promise<Connection> {
  const { store } = connections;
  const named = textIn(argument, 'id') ?? textIn(argument, 'connection');
  if (named !== undefined) return mustFind(connections, named);
  return askConnection(store);
}

async function mayRemove({ name }: Connection): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const question = vscode.l10n.t(
    'Remove the connection {0}? Its secrets and tokens are erased from this machine.',
    name,
  );
  return (await vscode.window.showWarningMessage(question, { modal: true }, remove)) === remove;
}

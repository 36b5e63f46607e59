import * as vscode from 'vscode';
import { textIn, type Argument } from '../../base/argument';
import { CancelledError, isCancellation } from '../../base/cancelled';
import { UserError } from '../../base/userError';
import { askChoice } from '../../base/vscode/ask';
import type { Handlers } from '../../commands';
import type { Connection, ConnectionInput } from '../connection';
import type { Connections } from '../connections';
import { askChange, completeByAsking, draftFrom, roleName, type Draft } from './connectionForm';

type ConnectionCommand =
  | 'fxiaoke.connection.add'
  | 'fxiaoke.connection.edit'
  | 'fxiaoke.connection.remove'
  | 'fxiaoke.connection.select'
  | 'fxiaoke.connection.test'
  | 'fxiaoke.connection.list';

export interface ConnectionCommandsOptions {
  readonly connections: Connections;
  readonly describe: (error: unknown) => string;
}

export function connectionCommands({ connections, describe }: ConnectionCommandsOptions): Handlers<ConnectionCommand> {
  const { store } = connections;
  return {
    'fxiaoke.connection.add': async ({ argument, byProgram }) => {
      const draft = draftFrom(argument);
      // A program may leave out role and way of signing in; a person is asked, as the one decides how careful we are.
      const usual: Draft = { role: 'development', auth: 'clientCredentials' };
      const input = await completeByAsking(byProgram ? { ...usual, ...draft } : draft);
      const added = await (byProgram ? connections.add(input) : addUntilItWorks(connections, input, describe));
      return { id: added.id, name: added.name, ea: added.ea };
    },
    'fxiaoke.connection.edit': async ({ argument }) => {
      const connection = await connectionFor(connections, argument);
      const given = draftFrom(argument);
      const changes = Object.keys(given).length > 0 ? given : await askChange(connection);
      await whileSigningIn(connection.name, () => connections.edit(connection, changes));
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
  };
}

/** The connection that the argument names (by `id` or `connection`), else the one the person picks. */
async function connectionFor(connections: Connections, argument: Argument): Promise<Connection> {
  const { store } = connections;
  const named = textIn(argument, 'id') ?? textIn(argument, 'connection');
  if (named !== undefined) return mustFind(connections, named);
  if (store.list().length === 0) throw new UserError(vscode.l10n.t('There is no connection yet. Add one first.'));
  return askChoice(
    vscode.l10n.t('Fxiaoke connection'),
    vscode.l10n.t('Which tenant?'),
    store.list().map(connection => ({
      label: connection.name,
      description: `${connection.host} · ${connection.userId} · ${roleName(connection.role)}`,
      value: connection,
    })),
  );
}

/** The connection that the argument names, else the active one: what every other concept's commands work on. */
export function tenantFor(connections: Connections, argument: Argument): Connection {
  const named = textIn(argument, 'connection');
  if (named !== undefined) return mustFind(connections, named);
  const active = connections.store.active();
  if (active) return active;
  throw new UserError(vscode.l10n.t('There is no connection yet. Add one, or try the local sandbox.'));
}

function mustFind(connections: Connections, idOrName: string): Connection {
  const connection = connections.store.find(idOrName);
  if (!connection) throw new UserError(vscode.l10n.t('There is no connection “{0}”.', idOrName));
  return connection;
}

/** What was typed is not lost when signing in fails: the person may correct it and go on. */
async function addUntilItWorks(
  connections: Connections,
  input: ConnectionInput,
  describe: (error: unknown) => string,
): Promise<Connection> {
  for (let draft = input; ;) {
    try {
      return await whileSigningIn(draft.name, () => connections.add(draft));
    } catch (error) {
      if (isCancellation(error)) throw error;
      const correct = vscode.l10n.t('Correct …');
      if ((await vscode.window.showErrorMessage(describe(error), correct)) !== correct) throw new CancelledError();
      const change: Draft = await askChange(draft);
      draft = { ...draft, ...change };
    }
  }
}

function whileSigningIn<T>(name: string, work: () => Promise<T>): Thenable<T> {
  const title = vscode.l10n.t('Signing in to {0} …', name);
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
}

async function mayRemove({ name }: Connection): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const question = vscode.l10n.t(
    'Remove the connection {0}? Its secrets and tokens are erased from this machine.',
    name,
  );
  return (await vscode.window.showWarningMessage(question, { modal: true }, remove)) === remove;
}

import * as vscode from 'vscode';
import { RefusedError } from '../../api/errors';
import { textIn } from '../../base/argument';
import { askChoice } from '../../base/vscode/ask';
import type { Invocation } from '../../commands';
import type { Connection } from '../connection';
import type { Connections } from '../connections';
import type { ConnectionStore } from '../connectionStore';
import { roleName } from './roles';

export function askConnection(store: ConnectionStore): Promise<Connection> {
  if (store.list().length === 0) throw new RefusedError('noConnection', '');
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

/**
 * The connection that the argument names, else the active one: what every other concept's commands work on. Where
 * none is active a person picks the one that shall be.
 */
export async function tenantFor(connections: Connections, { argument, byProgram }: Invocation): Promise<Connection> {
  const { store } = connections;
  const named = textIn(argument, 'connection');
  const mayAsk = !byProgram && named === undefined && store.list().length > 0;
  if (!mayAsk || store.active()) return connectionNamed(connections, named);
  const picked = await askConnection(store);
  await store.select(picked.id);
  return picked;
}

/** The connection of that id or name, else the active one. Where none is, nothing may go to any that is there. */
export function connectionNamed(connections: Connections, idOrName: string | undefined): Connection {
  const { store } = connections;
  const found = idOrName === undefined ? store.active() : mustFind(connections, idOrName);
  if (!found) throw new RefusedError(store.list().length > 0 ? 'noneActive' : 'noConnection', '');
  return found;
}

/** The connection of that id or name. Throws `RefusedError` (`connectionUnknown`) where there is none. */
export function mustFind(connections: Connections, idOrName: string): Connection {
  const connection = connections.store.find(idOrName);
  if (!connection) throw new RefusedError('connectionUnknown', idOrName);
  return connection;
}

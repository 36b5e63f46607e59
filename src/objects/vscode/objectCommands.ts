import * as vscode from 'vscode';
import type { JsonObject } from '../../base/json';
import { textIn, type Argument } from '../../base/argument';
import { copyText } from '../../base/vscode/clipboard';
import { askChoice } from '../../base/vscode/ask';
import { objectsLanguage } from '../../base/vscode/settings';
import { UserError } from '../../base/userError';
import type { Handlers, Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import type { Connections } from '../../connections/connections';
import { displayName, type CrmObject } from '../crmObject';
import { inOrder } from '../objectList';
import type { Pins } from '../pins';
import type { TenantObjects } from '../tenantObjects';
import { besideName } from './objectNodes';

type ObjectCommand =
  | 'fxiaoke.object.list'
  | 'fxiaoke.object.describe'
  | 'fxiaoke.object.refresh'
  | 'fxiaoke.object.pin'
  | 'fxiaoke.object.unpin'
  | 'fxiaoke.object.copyApiName';

export interface ObjectCommandsOptions {
  readonly connections: Connections;
  readonly objects: TenantObjects;
  readonly pins: Pins;
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
  readonly refreshView: () => void;
  /** What is known of a tenant, of one object or of one folder below that is to be asked for again. */
  readonly forget: (connectionId: string, object?: string, folder?: string) => void;
  readonly showJson: (title: string, value: JsonObject) => Promise<unknown>;
}

export function objectCommands(options: ObjectCommandsOptions): Handlers<ObjectCommand> {
  const { connections, objects, pins, tenantFor, objectFor, refreshView, forget, showJson } = options;
  /** The object in the argument, which needs no tenant. One that is named all the same must exist. */
  const objectNamed = async (invocation: Invocation) => {
    if (textIn(invocation.argument, 'connection') !== undefined) await tenantFor(invocation);
    return textIn(invocation.argument, 'object');
  };
  const objectOfTenant = async (invocation: Invocation) => objectFor(invocation.argument, await tenantFor(invocation));
  return {
    'fxiaoke.object.list': async invocation => {
      const { argument } = invocation;
      const connection = await tenantFor(invocation);
      if (argument['refresh'] === true) objects.forget(connection.id);
      const list = await objects.list(connections.client(connection));
      return list.map(({ apiName, label, kind, group }) => ({ apiName, label, kind, group }));
    },
    'fxiaoke.object.describe': async invocation => {
      const { argument } = invocation;
      const connection = await tenantFor(invocation);
      const object = await objectFor(argument, connection);
      const describe = await objects.describe(connections.client(connection), object);
      if (argument['open'] !== false) await showJson(`describe ${object}`, describe);
      return describe;
    },
    'fxiaoke.object.refresh': async invocation => {
      const connection = await tenantFor(invocation);
      const { argument } = invocation;
      forget(connection.id, textIn(argument, 'object'), textIn(argument, 'set'));
      refreshView();
    },
    'fxiaoke.object.pin': async invocation => {
      await pins.pin((await objectNamed(invocation)) ?? (await objectOfTenant(invocation)));
      refreshView();
    },
    'fxiaoke.object.unpin': async invocation => {
      await pins.unpin((await objectNamed(invocation)) ?? (await askPinned(pins)));
      refreshView();
    },
    'fxiaoke.object.copyApiName': async invocation => {
      const object = (await objectNamed(invocation)) ?? (await objectOfTenant(invocation));
      await copyText(object, object);
    },
  };
}

/** The API name of the object that the person picks from the tenant's list. */
export function askObject(connection: Connection, list: Promise<readonly CrmObject[]>): Promise<string> {
  const language = objectsLanguage();
  return askChoice(
    connection.name,
    vscode.l10n.t('Which object? Type its name or API name.'),
    list.then(all =>
      inOrder(all, language).map(object => ({
        label: displayName(object, language),
        description: besideName(object),
        detail: language === 'en' ? object.label : (object.englishName ?? ''),
        value: object.apiName,
      })),
    ),
  );
}

function askPinned(pins: Pins): Promise<string> {
  if (pins.list().length === 0) throw new UserError(vscode.l10n.t('No object is pinned.'));
  const choices = pins.list().map(apiName => ({ label: apiName, value: apiName }));
  return askChoice(vscode.l10n.t('Unpin'), vscode.l10n.t('Which object?'), choices);
}

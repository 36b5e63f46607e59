import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { Field } from '../objects/fields';
import type { TenantObjects } from '../objects/tenantObjects';
import { anyRecord } from '../records/anyRecord';
import { requiredFields, requiredSamples } from '../requests/sampleFields';
import type { FieldSample } from '../requests/templates';

export interface ReadyFieldsOptions {
  readonly connections: Connections;
  readonly objects: TenantObjects;
}

/**
 * What a new record must have, with values that the API takes: a look-up points to a record that is there, or asks for
 * one. It always asks where records are real.
 */
export function readyFields({ connections, objects }: ReadyFieldsOptions) {
  return async (connection: Connection, object: string): Promise<FieldSample[]> => {
    const client = connections.client(connection);
    const fields = await objects.fields(client, object);
    const mayGuess = connection.role === 'development';
    const targets = new Set(mayGuess ? requiredFields(fields).flatMap(({ target }) => target ?? []) : []);
    const ids = new Map<string, string>();
    for (const target of targets) {
      const id = await anyRecord(client, target);
      if (id !== undefined) ids.set(target, id);
    }
    const idFor = (field: Field) => ids.get(field.target ?? '') ?? question(field);
    return requiredSamples(fields, { employeeId: connection.userId, now: Date.now(), idFor });
  };
}

/** Asked when the request is sent. */
function question({ label, target = '' }: Field): string {
  const text = vscode.l10n.t('ID of the record for {0} ({1})', label, target);
  return `{{$prompt ${text.replace(/[{}\r\n]/g, ' ')}}}`;
}

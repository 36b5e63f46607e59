import * as vscode from 'vscode';
import { RefusedError } from '../../api/errors';
import { ArgumentError, textIn, textsIn, type Argument } from '../../base/argument';
import { isJsonObject, plainJson, printJson, type JsonValue } from '../../base/json';
import { UserError } from '../../base/userError';
import type { Connection } from '../../connections/connection';
import { writeOperations } from '../../requests/templates';
import { mostRecords, PlanError, writePlan, type PlanProblem, type Proposable } from '../writePlan';

export interface ProposeOptions {
  /** By id or name; the active one without. */
  readonly connectionNamed: (idOrName: string | undefined) => Connection;
  /** API names of the tenant's objects. */
  readonly objectNames: (connection: Connection) => Promise<readonly string[]>;
  /** What an editor would say of the text as a request file, of that connection where the text names none. */
  readonly checkText: (text: string, connection?: string) => Promise<object>;
  /** Opens the text as a request file of its own. */
  readonly openRequest: (text: string) => Promise<vscode.TextDocument>;
}

/**
 * Opens what the model wants to write as a request file and says so. A person reads and sends it, which takes it
 * through the gate as everything else. Throws `RefusedError` for a read-only tenant.
 */
export async function proposeWrite(options: ProposeOptions, input: Argument): Promise<string> {
  const connection = options.connectionNamed(textIn(input, 'connection'));
  if (connection.role === 'readOnly') throw new RefusedError('readOnly', connection.name);
  const operation = operationIn(input);
  const object = textIn(input, 'object') ?? '';
  if (!(await options.objectNames(connection)).includes(object))
    throw new UserError(vscode.l10n.t('{0} has no object “{1}”.', connection.name, object));
  const ids = textsIn(input, 'ids') ?? [];
  const request = planOf({ input, operation, object, ids }, connection);
  const checked = plainJson(await options.checkText(request)) as JsonValue;
  const { uri } = await options.openRequest(request);
  return printJson({
    status: 'proposed, nothing was sent',
    next: 'A person reads the request in the editor and sends it, or does not. Do not say that it was carried out.',
    tenant: connection.name,
    role: connection.role,
    operation,
    object,
    records: Math.max(1, ids.length),
    uri: uri.toString(),
    request,
    check: checked,
  });
}

interface Wanted {
  readonly input: Argument;
  readonly operation: Proposable;
  readonly object: string;
  readonly ids: readonly string[];
}

function planOf({ input, operation, object, ids }: Wanted, { name }: Connection): string {
  const { data } = input;
  if (data !== undefined && !isJsonObject(data)) throw new ArgumentError('data', 'map');
  const [owner, reason] = [textIn(input, 'owner'), textIn(input, 'reason')];
  try {
    return writePlan({ operation, object, ids, data, owner, reason }, name);
  } catch (error) {
    throw error instanceof PlanError ? new UserError(planSentence(error.code)) : error;
  }
}

function operationIn(input: Argument): Proposable {
  const named = textIn(input, 'operation') ?? '';
  const known = writeOperations.find(operation => operation === named);
  if (!known) throw new UserError(vscode.l10n.t('There is no operation “{0}”.', named));
  return known;
}

function planSentence(code: PlanProblem): string {
  switch (code) {
    case 'idsMissing':
      return vscode.l10n.t('The argument ids is missing: a list of record IDs.');
    case 'oneIdExpected':
      return vscode.l10n.t('One record can be updated at a time.');
    case 'tooMany':
      return vscode.l10n.t('At most {0} records can be proposed at a time.', mostRecords);
    case 'dataMissing':
      return vscode.l10n.t('The argument data is missing: an object of fields and values.');
    case 'ownerMissing':
      return vscode.l10n.t('The argument owner is missing: an employee ID.');
    case 'template':
      return vscode.l10n.t('A proposal holds values, no variables: “{0}” is refused in it.', '{{');
  }
}

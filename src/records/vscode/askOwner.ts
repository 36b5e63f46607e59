import * as vscode from 'vscode';
import { askChoice, askText, type Choice } from '../../base/vscode/ask';
import type { Connection } from '../../connections/connection';
import { recordLabel } from '../recordFields';
import type { RecordService } from '../recordService';

/**
 * Asks for an employee. Their list (PersonnelObj) is hidden from most acting employees until a sharing rule
 * shows it, so an id can be typed as well.
 */
export async function askOwner(service: RecordService, connection: Connection): Promise<string> {
  const typeIt: Choice<string | undefined> = { label: vscode.l10n.t('Type an employee ID…'), value: undefined };
  const employees = service
    .query(connection, 'PersonnelObj', { limit: 100 })
    .then(({ records }) => records)
    .catch(() => []);
  const picked = await askChoice<string | undefined>(
    vscode.l10n.t('Change owner'),
    vscode.l10n.t('Who should own the records?'),
    employees.then(people => [
      ...people.flatMap(person => {
        const id = person['user_id'] ?? person['_id'];
        return typeof id === 'string' ? [{ label: recordLabel(person), description: id, value: id }] : [];
      }),
      typeIt,
    ]),
  );
  if (picked !== undefined) return picked;
  return askText({
    title: vscode.l10n.t('Change owner'),
    prompt: vscode.l10n.t('Employee ID of the new owner: a number, or FSUID_…'),
    placeHolder: '1001',
    problem: text => (text === '' ? vscode.l10n.t('A value is required.') : undefined),
  });
}

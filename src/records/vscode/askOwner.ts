import * as vscode from 'vscode';
import { askSearching, type Choice } from '../../base/vscode/ask';
import type { Connection } from '../../connections/connection';
import type { Filter } from '../recordCalls';
import { recordLabel } from '../recordFields';
import type { RecordService } from '../recordService';

/**
 * Asks for an employee, whom the tenant finds by name. Their list (PersonnelObj) is hidden from most acting employees
 * until a sharing rule shows it, so an id can be typed as well.
 */
export function askOwner(service: RecordService, connection: Connection): Promise<string> {
  const find = async (typed: string, signal: AbortSignal) => {
    const named: Filter[] = typed === '' ? [] : [{ field_name: 'name', operator: 'LIKE', field_values: [typed] }];
    const query = { filters: named, limit: 100, count: false };
    const { records } = await service
      .query(connection, 'PersonnelObj', query, { signal })
      .catch(() => ({ records: [] }));
    return records.flatMap((person): Choice<string>[] => {
      const id = person['user_id'] ?? person['_id'];
      return typeof id === 'string' ? [{ label: recordLabel(person), description: id, value: id }] : [];
    });
  };
  return askSearching({
    title: vscode.l10n.t('Change owner'),
    placeholder: vscode.l10n.t('Who should own the records? Type a name, or an employee ID: 1001 or FSUID_…'),
    find,
    own: typed =>
      /^(-?\d+|FSUID_\S+)$/.test(typed)
        ? { label: typed, description: vscode.l10n.t('employee ID'), value: typed }
        : undefined,
  });
}

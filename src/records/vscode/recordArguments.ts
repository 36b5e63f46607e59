import * as vscode from 'vscode';
import { ArgumentError, textIn, textsIn, type Argument } from '../../base/argument';
import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json';
import { UserError } from '../../base/userError';
import { askText } from '../../base/vscode/ask';
import type { Invocation } from '../../commands';
import type { Details, Filter, Order } from '../recordCalls';
import { isNewRecord } from '../recordRef';
import { recordOf } from './recordEditors';

/** A person who names no record means the one in the editor before them. */
export function atEditor(invocation: Invocation): Invocation {
  const { argument, byProgram } = invocation;
  if (byProgram || ['object', 'id', 'ids'].some(key => key in argument)) return invocation;
  const uri = argument['uri'] instanceof vscode.Uri ? argument['uri'] : vscode.window.activeTextEditor?.document.uri;
  const ref = uri && recordOf(uri);
  if (!ref || isNewRecord(ref)) return invocation;
  const { connectionId: connection, object, id } = ref;
  return { argument: { ...argument, connection, object, id }, byProgram };
}

/** One argument for each further object of which records are selected. */
export function othersIn(argument: Argument): readonly Argument[] {
  return Array.isArray(argument['others']) ? (argument['others'] as Argument[]) : [];
}

/** The ids in the argument (`ids`, else `id`), else those the person types. */
export async function idsFor(argument: Argument, object: string): Promise<string[]> {
  const single = textIn(argument, 'id');
  const given = textsIn(argument, 'ids') ?? (single === undefined ? undefined : [single]);
  if (given?.length === 0) throw new ArgumentError('ids', 'texts');
  if (given) return [...new Set(given)];
  const typed = await askText({
    title: object,
    prompt: vscode.l10n.t('Record ID (several: separated by commas or spaces)'),
    placeHolder: '64f0c0ffee00000000000001',
    problem: text => (text === '' ? vscode.l10n.t('A value is required.') : undefined),
  });
  return [...new Set(typed.split(/[\s,，]+/).filter(id => id !== ''))];
}

/** A filter that is not one is refused, not left out: a caller may delete what the query gives. */
export function filtersIn(argument: Argument): Filter[] | undefined {
  return listIn(argument, 'filters', (entry): entry is Filter => {
    const { field_name, operator, field_values } = entry as Partial<Filter>;
    return typeof field_name === 'string' && typeof operator === 'string' && Array.isArray(field_values);
  });
}

/** Throws `ArgumentError` for what is no map of lists of records. */
export function detailsIn(argument: Argument): Details | undefined {
  const { details } = argument;
  if (details === undefined) return undefined;
  const isList = (rows: JsonValue | undefined) => Array.isArray(rows) && rows.every(isJsonObject);
  if (isJsonObject(details) && Object.values(details).every(isList)) return details as Details;
  throw new ArgumentError('details', 'detailLists');
}

/** Throws `ArgumentError` for what is no map of fields and values. */
export function dataIn(argument: Argument): JsonObject | undefined {
  const { data } = argument;
  if (data === undefined || isJsonObject(data)) return data;
  throw new ArgumentError('data', 'map');
}

export function ordersIn(argument: Argument): Order[] | undefined {
  return listIn(argument, 'orders', (entry): entry is Order => {
    const { fieldName, isAsc } = entry as Partial<Order>;
    return typeof fieldName === 'string' && typeof isAsc === 'boolean';
  });
}

function listIn<T>(argument: Argument, key: string, fits: (entry: object) => entry is object & T): T[] | undefined {
  const value = argument[key];
  if (value === undefined) return undefined;
  const list: unknown[] = Array.isArray(value) ? value : [undefined];
  const fitting = list.filter(
    (entry): entry is object & T => typeof entry === 'object' && entry !== null && fits(entry),
  );
  if (fitting.length === list.length) return fitting;
  throw new UserError(vscode.l10n.t('The argument {0} does not have the shape that the API takes.', key));
}

/** One employee id; the API's own shape, a list of one, is taken too. */
export function ownerIn(argument: Argument): string | undefined {
  if (!Array.isArray(argument['owner'])) return textIn(argument, 'owner');
  const [owner, ...more] = textsIn(argument, 'owner') ?? [];
  if (owner === undefined || more.length > 0) throw new ArgumentError('owner', 'oneText');
  return owner;
}

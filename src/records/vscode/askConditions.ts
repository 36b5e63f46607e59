import * as vscode from 'vscode';
import type { JsonValue } from '../../base/json';
import { CancelledError } from '../../base/cancelled';
import { askChoice, askText, type Choice } from '../../base/vscode/ask';
import { displayLanguage } from '../../base/vscode/settings';
import type { Field } from '../../objects/fields';
import { fits, operators, type Operator } from '../../objects/operators';
import { shapeOf } from '../../objects/valueShape';
import { conditionText, readConditionValues } from '../conditions';
import type { Filter } from '../recordCalls';

/**
 * Asks for conditions one by one, from `given` on, until the person says that they are all. Throws `CancelledError`
 * where the person goes away.
 */
export async function askConditions(
  title: string,
  fields: readonly Field[],
  given: readonly Filter[] = [],
): Promise<Filter[]> {
  let conditions = [...given];
  if (conditions.length === 0) conditions.push(await askCondition(title, fields));
  for (;;) {
    const next = await askNext(title, fields, conditions);
    if (next === 'show') return conditions;
    if (next === 'add') conditions.push(await askCondition(title, fields));
    else conditions = conditions.filter(condition => condition !== next);
  }
}

function askNext(title: string, fields: readonly Field[], conditions: readonly Filter[]) {
  const leave = conditions.map((condition): Choice<Filter> => ({
    label: `$(trash) ${conditionText(condition, fields, displayLanguage())}`,
    description: vscode.l10n.t('leave it out'),
    value: condition,
  }));
  const show = vscode.l10n.t('Show the Records');
  return askChoice<Filter | 'show' | 'add'>(title, vscode.l10n.t('All conditions must hold'), [
    { label: `$(check) ${conditions.length > 0 ? show : vscode.l10n.t('Remove the Filter')}`, value: 'show' },
    { label: `$(add) ${vscode.l10n.t('Add a Condition…')}`, value: 'add' },
    ...leave,
  ]);
}

async function askCondition(title: string, fields: readonly Field[]): Promise<Filter> {
  const field = await askChoice(
    title,
    vscode.l10n.t('Which field? Type its label or API name.'),
    fields.map(each => ({ label: each.label, description: each.apiName, detail: each.type, value: each })),
  );
  const operator = await askChoice(
    `${title}: ${field.label}`,
    vscode.l10n.t('How is it compared?'),
    operators
      .filter(each => fits(each, field))
      .map(each => ({ label: each.meaning[displayLanguage()], description: each.name, value: each })),
  );
  const asked = `${title}: ${field.label} ${operator.meaning[displayLanguage()]}`;
  return { field_name: field.apiName, operator: operator.name, field_values: await askValues(asked, field, operator) };
}

async function askValues(title: string, field: Field, operator: Operator): Promise<JsonValue[]> {
  if (operator.values === 'none') return readConditionValues('', field, operator) ?? [];
  const takesOptions = operator.values === 'some' || operator.name === 'EQ' || operator.name === 'N';
  if (field.options.length > 0 && takesOptions) return askOptions(title, field, operator);
  const typed = await askText({
    title,
    prompt: promptFor(field, operator),
    problem: text =>
      readConditionValues(text, field, operator) ? undefined : vscode.l10n.t('That is no value of this field.'),
  });
  return readConditionValues(typed, field, operator) ?? [];
}

async function askOptions(title: string, field: Field, { name }: Operator): Promise<JsonValue[]> {
  const choices = field.options.map(({ label, value }): Choice<JsonValue> => ({
    label,
    description: value,
    value: field.type === 'true_or_false' ? value === 'true' : value,
  }));
  const placeHolder = vscode.l10n.t('Which value?');
  if (name === 'EQ' || name === 'N') return [await askChoice(title, placeHolder, choices)];
  const picked = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder,
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (!picked || picked.length === 0) throw new CancelledError();
  return picked.map(({ value }) => value);
}

function promptFor(field: Field, { values, name }: Operator): string {
  if (shapeOf(field) === 'time') {
    return values === 'two'
      ? vscode.l10n.t('Two times, separated by a comma: 2026-01-31, 2026-02-28 12:00')
      : vscode.l10n.t('A date or a time of this machine: 2026-01-31 or 2026-01-31 12:00');
  }
  if (values === 'two') return vscode.l10n.t('Two values, separated by a comma');
  return values === 'some' && name !== 'EQ' && name !== 'N'
    ? vscode.l10n.t('One value or several, separated by commas')
    : vscode.l10n.t('The value');
}

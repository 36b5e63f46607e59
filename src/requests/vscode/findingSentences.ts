import * as vscode from 'vscode';
import type { ValueShape } from '../../objects/valueShape';
import type { Finding } from '../language/findings';

/** The sentence for what the API would most likely refuse. */
export function findingSentence({ code, data }: Finding): string {
  switch (code) {
    case 'connectionUnknown':
      return vscode.l10n.t('There is no connection “{0}”.', data.name);
    case 'pathUnknown':
      return vscode.l10n.t('{0} is no path of the OpenAPI that is known here.', data.path);
    case 'pathOfPresets':
      return vscode.l10n.t('{0} is a custom object: its path is {1}.', data.object, data.expected);
    case 'pathOfCustoms':
      return vscode.l10n.t('{0} is a preset object: its path is {1}.', data.object, data.expected);
    case 'objectUnknown':
      return vscode.l10n.t('The tenant has no object {0}, or the employee may not see it.', data.object);
    case 'objectUnfit':
      return unfitSentence(data);
    case 'keyUnknown':
      return vscode.l10n.t('The API spells this key “{1}”, not “{0}”.', data.key, data.expected);
    case 'fieldUnknown':
      return vscode.l10n.t('{1} has no field {0}.', data.field, data.object);
    case 'fieldReadOnly':
      return vscode.l10n.t('The server keeps {0} itself.', data.field);
    case 'operatorUnknown':
      return vscode.l10n.t('There is no operator {0}.', data.operator);
    case 'operatorUndocumented':
      return vscode.l10n.t(
        'The operator {0} is not in the vendor’s documentation; a tenant may take it.',
        data.operator,
      );
    case 'operatorUnfit':
      return vscode.l10n.t('{1} ({2}) cannot be compared with {0}.', data.operator, data.field, data.type);
    case 'valueCount':
      return data.expected === 'one'
        ? vscode.l10n.t('{0} takes one value.', data.operator)
        : vscode.l10n.t('{0} takes two values.', data.operator);
    case 'optionUnknown':
      return vscode.l10n.t('{1} has no option “{0}”.', data.value, data.field);
    case 'valueUnfit':
      return vscode.l10n.t('{0} takes {1}.', data.field, valueName(data.expected));
    case 'listExpected':
      return vscode.l10n.t('{0} takes a list.', data.key);
    case 'numberExpected':
      return vscode.l10n.t('{0} takes a number, not text.', data.key);
    case 'numberTooLow':
      return vscode.l10n.t('{0} is at least {1}.', data.key, data.least);
    case 'limitTooHigh':
      return vscode.l10n.t('The limit is at most {0}.', data.limit);
    case 'offsetTooHigh':
      return vscode.l10n.t('The offset is at most {0}. Go on by a filter on _id instead.', data.limit);
    case 'offsetNotMultiple':
      return vscode.l10n.t('The offset must be a multiple of the limit, {0}.', data.limit);
    case 'fieldsMissing':
      return vscode.l10n.t('A new record must have: {0}', data.fields);
    case 'ownerInUpdate':
      return vscode.l10n.t('An update cannot change the owner: that is done by {0}.', data.path);
    case 'idExpected':
      return vscode.l10n.t('This call takes one ID, not a list.');
    case 'idListExpected':
      return vscode.l10n.t('This call takes a list of IDs.');
    case 'invalidatingNotNeeded':
      return vscode.l10n.t('Records of {0} are deleted without being invalidated first.', data.object);
  }
}

function unfitSentence({ object, expected }: (Finding & { code: 'objectUnfit' })['data']): string {
  switch (expected) {
    case 'custom':
      return vscode.l10n.t('{0} is a preset object: this call is for custom objects only.', object);
    case 'reads':
      return vscode.l10n.t('{0} can only be read: get and query are all that is documented for it.', object);
    default:
      return vscode.l10n.t('This call is not for {0}, only for {1}.', object, expected.join(', '));
  }
}

function valueName(expected: ValueShape): string {
  switch (expected) {
    case 'number':
      return vscode.l10n.t('a number, which may be written as text');
    case 'time':
      return vscode.l10n.t('a time in milliseconds since 1970');
    case 'texts':
      return vscode.l10n.t('a list of texts');
    case 'list':
      return vscode.l10n.t('a list');
    case 'boolean':
      return vscode.l10n.t('true or false');
    case 'text':
      return vscode.l10n.t('text');
  }
}

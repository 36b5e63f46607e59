import * as vscode from 'vscode';
import type { Problem } from '../problems';
import { jsonSentence } from '../../base/vscode/jsonSentence';

/** The sentence for what is wrong in a request file. */
export function problemSentence({ code, data }: Problem): string {
  switch (code) {
    case 'fullWidthPunctuation':
      return vscode.l10n.t('Full-width “{0}” stands where “{1}” belongs.', data.found, data.expected);
    case 'directiveUnknown':
      return vscode.l10n.t('There is no directive @{0}. Use @name, @connection or @confirm.', data.name);
    case 'directiveValueMissing':
      return vscode.l10n.t('The directive @{0} needs a value.', data.name);
    case 'directiveDuplicate':
      return vscode.l10n.t('The directive @{0} appears twice.', data.name);
    case 'directiveMisplaced':
      return vscode.l10n.t('The directive @{0} belongs above a request.', data.name);
    case 'nameInvalid':
      return vscode.l10n.t('“{0}” cannot be a name: use letters, digits and _.', data.name);
    case 'nameDuplicate':
      return vscode.l10n.t('Another request is called {0} as well; the last one is used.', data.name);
    case 'variableMalformed':
      return vscode.l10n.t('A variable is written @name = value.');
    case 'variableNameInvalid':
      return vscode.l10n.t('“{0}” cannot be the name of a variable: use letters, digits and _.', data.name);
    case 'variableDuplicate':
      return vscode.l10n.t('The variable {0} is set twice; the last value is used.', data.name);
    case 'requestLineMissing':
      return vscode.l10n.t('There is no request here: a line such as POST /cgi/crm/v2/data/get is missing.');
    case 'methodMissing':
      return vscode.l10n.t('The method is missing; POST is used.');
    case 'methodUnknown':
      return vscode.l10n.t('“{0}” is not an HTTP method.', data.method);
    case 'methodUnusual':
      return vscode.l10n.t('The OpenAPI accepts only POST, not {0}.', data.method);
    case 'pathMissing':
      return vscode.l10n.t('The path is missing.');
    case 'pathInvalid':
      return vscode.l10n.t('“{0}” is not a path; one begins with /cgi/.', data.path);
    case 'headerMalformed':
      return vscode.l10n.t('A header is written name: value.');
    case 'headerNameInvalid':
      return vscode.l10n.t('“{0}” cannot be the name of a header.', data.name);
    case 'headerReserved':
      return vscode.l10n.t('The header {0} is added by the extension; remove it.', data.name);
    case 'headerDuplicate':
      return vscode.l10n.t('The header {0} appears twice.', data.name);
    case 'blankLineMissing':
      return vscode.l10n.t('A blank line belongs between the headers and the body.');
    case 'bodyFilePathMissing':
      return vscode.l10n.t('The path of the file is missing: < ./file.json');
    case 'bodyFileVariables':
      return vscode.l10n.t('Variables in a file are not filled in: write < ./file.json, or the body itself.');
    case 'scriptUnsupported':
      return vscode.l10n.t('Scripts are not run here: use assertions such as ?? data.total > 0, and variables.');
    case 'responseFileUnsupported':
      return vscode.l10n.t('Responses are not written to files here: the history keeps them.');
    case 'responsePathForeign':
      return data.expected === undefined
        ? vscode.l10n.t('The headers of a response cannot be used here, only what is in its body.')
        : vscode.l10n.t('A path begins in the body of the response: write {0}.', data.expected);
    case 'jsonInvalid':
      return vscode.l10n.t('This is not JSON ({0}).', jsonSentence(data.error));
    case 'jsonTooDeep':
      return vscode.l10n.t('This JSON is nested deeper than {0} levels.', data.limit);
    case 'separatorMissing':
      return vscode.l10n.t('Another request begins here: a line ### is missing above it.');
    case 'unexpectedText':
      return vscode.l10n.t('This text is not part of a request.');
    case 'assertionPathInvalid':
      return vscode.l10n.t(
        '“{0}” is not a path into the response, such as data.total or data.dataList[0].name.',
        data.path,
      );
    case 'assertionOperatorMissing':
      return vscode.l10n.t('The operator is missing. Use one of: == != > >= < <= contains matches exists');
    case 'assertionOperatorUnknown':
      return vscode.l10n.t(
        '“{0}” is not an operator. Use one of: == != > >= < <= contains matches exists',
        data.operator,
      );
    case 'assertionValueMissing':
      return vscode.l10n.t('The value to compare with is missing.');
    case 'assertionValueInvalid':
      return vscode.l10n.t('The value to compare with is not JSON; put texts in quotes.');
    case 'assertionValueUnexpected':
      return vscode.l10n.t('exists takes no value.');
    case 'templateUnclosed':
      return vscode.l10n.t('“{{” has no “}}”.');
    case 'templateMalformed':
      return vscode.l10n.t('“{0}” is neither the name of a variable nor a path into a response.', data.text);
    case 'builtinUnknown':
      return vscode.l10n.t('There is no ${0}. Use $uuid, $timestamp, $now, $env, $prompt or $secret.', data.name);
    case 'builtinArgumentMissing':
      return vscode.l10n.t('${0} needs a word after it.', data.name);
    case 'builtinArgumentUnexpected':
      return vscode.l10n.t('${0} takes nothing after it.', data.name);
    case 'variableUnknown':
      return vscode.l10n.t('The variable {0} is not known.', data.name);
    case 'variableCycle':
      return vscode.l10n.t('These variables refer to each other in a circle: {0}', data.names.join(' → '));
    case 'variableNotJson':
      return vscode.l10n.t('The value of {0} is not JSON; put the variable in quotes.', data.name);
    case 'responseMissing':
      return vscode.l10n.t('The request {0} has no response yet: send it first.', data.name);
    case 'responseOfOtherTenant':
      return vscode.l10n.t(
        'The response to {0} is from {1}, another tenant: send it in this one first, or give it the directive # @connection {1}.',
        data.name,
        data.tenant,
      );
    case 'responsePathMissing':
      return vscode.l10n.t('The response to {0} has nothing at {1}.', data.name, data.path);
    case 'environmentVariableMissing':
      return vscode.l10n.t('The environment variable {0} is not set.', data.name);
    case 'promptCancelled':
      return vscode.l10n.t('“{0}” was not answered.', data.question);
    case 'secretMissing':
      return vscode.l10n.t('The secret {0} was not entered.', data.name);
    case 'headerValueInvalid':
      return vscode.l10n.t('The value of the header {0} has characters that a header cannot carry.', data.name);
    case 'bodyFileUnreadable':
      return vscode.l10n.t('The file {0} cannot be read.', data.path);
    case 'bodyFileInvalid':
      return vscode.l10n.t('The file {0} is not JSON ({1}).', data.path, jsonSentence(data.error));
  }
}

export function noRequest(): string {
  return vscode.l10n.t('There is no request here. One begins with a line such as POST /cgi/…');
}

/** The person closed a question of the request: nothing to explain. */
export function isGivenUp({ code }: Problem): boolean {
  return code === 'promptCancelled' || code === 'secretMissing';
}

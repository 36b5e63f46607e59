import * as vscode from 'vscode';
import {
  ApiError,
  leavesOpen,
  isCallError,
  NotApiError,
  RefusedError,
  TransportError,
  type CallError,
} from '../../api/errors';
import type { SignInWay } from '../../api/grants';
import { ArgumentError } from '../../base/argument';
import { isCancellation } from '../../base/cancelled';
import { UserError } from '../../base/userError';
import { displayLanguage } from '../../base/vscode/settings';
import type { CommandId } from '../../commands';
import { SandboxStartError } from '../../sandbox/sandboxStartError';
import { explain } from '../explain';
import { sandboxSentence } from './sandboxSentence';

/** The sentence for any failure: what happened, what to do, and the code and trace ids where the API answered. */
export function sentenceFor(error: unknown): string {
  if (isCallError(error)) return callSentence(error);
  if (error instanceof SandboxStartError) return sandboxSentence(error);
  if (error instanceof ArgumentError) return argumentSentence(error);
  if (isCancellation(error)) return vscode.l10n.t('Cancelled. Nothing else was sent.');
  return error instanceof Error ? error.message : String(error);
}

/** What helps where trying again does not. */
export function remediesFor(error: unknown): readonly vscode.Command[] {
  if (!(error instanceof RefusedError)) return [];
  switch (error.code) {
    case 'sandboxStopped':
      return [person('fxiaoke.sandbox.start', vscode.l10n.t('Start the local sandbox'))];
    case 'signedOut':
    case 'readOnly':
      return [person('fxiaoke.connection.edit', vscode.l10n.t('Edit the connection…'), { id: error.subject })];
    case 'loginEnded':
      return [
        person('fxiaoke.connection.edit', vscode.l10n.t('Log in again'), {
          id: error.subject,
          auth: 'authorizationCode' satisfies SignInWay,
        }),
      ];
    case 'noConnection':
      return [
        person('fxiaoke.connection.add', vscode.l10n.t('Add a connection')),
        person('fxiaoke.sandbox.start', vscode.l10n.t('Try the local sandbox')),
      ];
    case 'noneActive':
      return [person('fxiaoke.connection.select', vscode.l10n.t('Select a tenant'))];
    default:
      return [];
  }
}

function person(command: CommandId, title: string, argument: object = {}): vscode.Command {
  return { command, title, arguments: [{ ...argument, byPerson: true }] };
}

/** Failures that we foresaw; all others are mistakes of ours and go to the log with their stack. */
export function isExpected(error: unknown): boolean {
  const kinds = [UserError, ArgumentError, SandboxStartError];
  return isCallError(error) || isCancellation(error) || kinds.some(kind => error instanceof kind);
}

function argumentSentence({ key, expected }: ArgumentError): string {
  switch (expected) {
    case 'text':
      return vscode.l10n.t('The argument {0} must be a text that is not empty.', key);
    case 'texts':
      return vscode.l10n.t('The argument {0} must be a list of texts that are not empty.', key);
    case 'oneText':
      return vscode.l10n.t('The argument {0} must be one text, or a list of one.', key);
    case 'number':
      return vscode.l10n.t('The argument {0} must be a number.', key);
    case 'map':
      return vscode.l10n.t('The argument {0} must be an object of names and values.', key);
    case 'detailLists':
      return vscode.l10n.t('The argument {0} must have a list of records for each detail object.', key);
  }
}

function callSentence(error: CallError): string {
  if (error instanceof ApiError) return apiSentence(error);
  if (error instanceof TransportError) return withOutcome(transportSentence(error), error);
  if (error instanceof NotApiError) return withOutcome(foreignSentence(error), error);
  return refusedSentence(error);
}

/** A write without an answer of the API may have taken place; its trace id is all that the vendor can look for. */
function withOutcome(sentence: string, error: TransportError | NotApiError): string {
  // The sentence of one that was cancelled says it already.
  if (error.code === 'cancelled' || !leavesOpen(error)) return sentence;
  const unknown = vscode.l10n.t(
    'Whether it was carried out is not known: check before you send it again (thirdTraceId {0}).',
    error.context.thirdTraceId,
  );
  return `${sentence} ${unknown}`;
}

function apiSentence(error: ApiError): string {
  const { meaning, action } = explain(
    error.errorCode,
    displayLanguage(),
    new URL(error.context.url).pathname,
    error.errorMessage,
  );
  return vscode.l10n.t(
    '{code} {meaning}. {action} The server said: “{message}” (traceId {traceId}, thirdTraceId {thirdTraceId})',
    {
      code: error.errorCode,
      meaning,
      action,
      message: error.errorMessage,
      traceId: error.traceId ?? '–',
      thirdTraceId: error.context.thirdTraceId,
    },
  );
}

function transportSentence({ code, context, reason }: TransportError): string {
  const { host } = new URL(context.url);
  switch (code) {
    case 'unreachable':
      return vscode.l10n.t(
        '{0} could not be reached ({1}). Check the network and the host of the connection.',
        host,
        reason,
      );
    case 'timeout':
      return vscode.l10n.t('{0} did not respond in time ({1}).', host, reason);
    case 'tls':
      return vscode.l10n.t(
        'No secure connection to {0} ({1}). Check the certificate of the server or of the proxy in between.',
        host,
        reason,
      );
    case 'proxy':
      return vscode.l10n.t(
        'The proxy did not let the call through to {0} ({1}). Check http.proxy in the settings.',
        host,
        reason,
      );
    case 'cancelled':
      return vscode.l10n.t(
        'Cancelled while {0} was working on it. Whether the write took effect is not known: check before you send it again (thirdTraceId {1}).',
        host,
        context.thirdTraceId,
      );
    case 'dropped':
      return vscode.l10n.t('The connection to {0} was interrupted ({1}).', host, reason);
  }
}

function foreignSentence({ code, context, status, excerpt }: NotApiError): string {
  const { host } = new URL(context.url);
  switch (code) {
    case 'html':
      return vscode.l10n.t(
        '{0} responded with a web page instead of JSON (HTTP {1}): this is not the host of the OpenAPI. Check the host of the connection.',
        host,
        status,
      );
    case 'redirect':
      return vscode.l10n.t(
        '{0} redirects to {1} (HTTP {2}): this is not the host of the OpenAPI. Check the host of the connection.',
        host,
        excerpt,
        status,
      );
    case 'empty':
      return vscode.l10n.t('The response from {0} is empty (HTTP {1}).', host, status);
    case 'truncated':
      return vscode.l10n.t('The response from {0} is incomplete.', host);
    case 'notJson':
      return vscode.l10n.t('The response from {0} is not JSON (HTTP {1}): “{2}”', host, status, excerpt.slice(0, 100));
    case 'noToken':
      return vscode.l10n.t(
        '{0} signed in without giving a token or the enterprise account (ea): nothing was saved.',
        host,
      );
    case 'noErrorCode':
      return vscode.l10n.t(
        'The response from {0} has no errorCode (HTTP {1}), so it is not from the OpenAPI. Check the host of the connection.',
        host,
        status,
      );
  }
}

function refusedSentence({ code, subject, cause }: RefusedError): string {
  switch (code) {
    case 'readOnly':
      return vscode.l10n.t(
        '{0} is read-only in this editor: nothing was sent. Change the role of the connection to allow it.',
        subject,
      );
    case 'foreignHost':
      return vscode.l10n.t(
        '{0} is not the host of the connection: nothing was sent, as the token must not go elsewhere. Use a path that begins with /cgi/.',
        subject,
      );
    case 'notPermitted':
      return vscode.l10n.t('This call changes data in {0} and was not confirmed: nothing was sent.', subject);
    case 'bodyNotMap':
      return vscode.l10n.t(
        'The body is not a JSON object: nothing was sent to {0}. In the legacy style the sign-in goes into the body.',
        subject,
      );
    case 'notTrusted':
      return vscode.l10n.t(
        'The workspace is not trusted: a request from its files may read from {0}, but not change data. Nothing was sent.',
        subject,
      );
    case 'notARead':
      return vscode.l10n.t(
        'Only requests that read can be compared: this one may change data in {0}. Nothing was sent.',
        subject,
      );
    case 'sandboxStopped':
      return vscode.l10n.t('The local sandbox is stopped. Start it to go on.');
    case 'signedOut':
      return vscode.l10n.t('The secrets of {0} are not on this machine. Edit the connection and enter them.', subject);
    case 'loginEnded':
      return [
        vscode.l10n.t('Your login to {0} has ended. Edit the connection to log in again.', subject),
        ...(cause ? [apiSentence(cause)] : []),
      ].join(' ');
    case 'loginTimedOut':
      return vscode.l10n.t('Nobody logged in to {0} in the browser: nothing was changed.', subject);
    case 'loginForeign':
      return vscode.l10n.t(
        'The browser came back to {0} from another login (its state is not ours): nothing was changed.',
        subject,
      );
    case 'loginRefused':
      return vscode.l10n.t(
        'The browser came back to {0} without a code: nothing was changed. Check that the app may use this login.',
        subject,
      );
    case 'mobileUnknown':
      return vscode.l10n.t('No employee has the mobile number {0}: nothing was saved.', subject);
    case 'sandboxFixed':
      return vscode.l10n.t(
        '{0} is the local sandbox, which brings its own address, app and secrets: nothing was changed. Its name, employee and role can be.',
        subject,
      );
    case 'noConnection':
      return vscode.l10n.t('There is no connection yet. Add one, or try the local sandbox.');
    case 'connectionUnknown':
      return vscode.l10n.t('There is no connection “{0}”.', subject);
    case 'noneActive':
      return vscode.l10n.t('No tenant is selected: nothing was sent. Select one, or name its connection.');
  }
}

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { abortSignal } from '../../base/vscode/abortSignal';
import { systemClock } from '../../base/clock';
import type { Login } from '../authenticator';
import { browserLogin, type Browser } from '../browserLogin';

/** Where the extension runs on another machine the editor forwards the port. */
const editorsBrowser: Browser = {
  reach: async address => (await vscode.env.asExternalUri(vscode.Uri.parse(address))).toString(true),
  open: async address => vscode.env.openExternal(vscode.Uri.parse(address)),
};

/** Has the person log in and waits, until they are back or give up. */
export const loginInBrowser: Login = async request => {
  const title = vscode.l10n.t('Log in to {0} in the browser', request.connection);
  const options = {
    browser: editorsBrowser,
    clock: systemClock,
    newTraceId: randomUUID,
    farewell: (welcome: boolean) =>
      welcome
        ? vscode.l10n.t('You are logged in. You can close this page and go back to the editor.')
        : vscode.l10n.t('This login was not accepted. The editor says why.'),
  };
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_, token) => browserLogin(request, options, abortSignal(token)),
  );
};

import * as vscode from 'vscode';
import type { SandboxStartError } from '../../sandbox/sandboxStartError';

/** Why the sandbox is not there and what to do about it. */
export function sandboxSentence({ code, subject }: SandboxStartError): string {
  switch (code) {
    case 'portInUse':
      return vscode.l10n.t(
        'The local sandbox cannot listen on port {0}: another program uses it. Choose another port, or leave it out to get a free one.',
        subject,
      );
    case 'portNotAllowed':
      return vscode.l10n.t(
        'The local sandbox may not listen on port {0}: the system keeps it for itself. Choose another port, or leave it out to get a free one.',
        subject,
      );
    case 'scriptMissing':
      return vscode.l10n.t('The local sandbox is missing ({0}). Install the extension again.', subject);
    case 'notStarted':
      return vscode.l10n.t(
        'The system started no process for the local sandbox ({0}). Close programs that you do not need and try again.',
        subject,
      );
    case 'ended':
      return vscode.l10n.t(
        'The local sandbox ended before it was ready ({0}). What it said is in the log. Try again.',
        subject,
      );
  }
}

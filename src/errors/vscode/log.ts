import * as vscode from 'vscode';
import type { Redactor } from '../../api/redactor';
import type { CallRecord } from '../../api/wire';
import type { Handlers } from '../../commands';
import { callBodies, callLine } from '../callLog';

/** The one log channel, "Fxiaoke CRM". Whatever goes in passes the redactor, whoever writes it. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Fxiaoke CRM', { log: true });

  constructor(private readonly redactor: Redactor) {}

  /** A mistake of ours, with its stack. */
  error(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#channel.error(this.redactor.redact(text));
  }

  /** One line for each call, and at trace level what was sent and what came back. */
  readonly call = (call: CallRecord): void => {
    const { redact } = this.redactor;
    const line = callLine(call, redact);
    if (call.failure === undefined && call.errorCode === 0) this.#channel.info(line);
    else this.#channel.warn(line);
    if (this.#channel.logLevel === vscode.LogLevel.Trace) this.#channel.trace(callBodies(call, redact));
  };

  /** What the local sandbox says while it runs. */
  readonly sandbox = (line: string): void => {
    this.#channel.info(this.redactor.redact(`sandbox: ${line}`));
  };

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}

export function logCommands(log: Log): Handlers<'fxiaoke.log.show'> {
  return { 'fxiaoke.log.show': () => log.show() };
}

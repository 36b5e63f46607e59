import * as vscode from 'vscode';
import type { Redactor } from '../../api/redactor';
import type { CallRecord } from '../../api/wire';
import type { Handlers } from '../../commands';

/** The one log channel, "Fxiaoke CRM". Whatever goes in passes the redactor, whoever writes it. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Fxiaoke CRM', { log: true });

  constructor(private readonly redactor: Redactor) {}

  /** A mistake of ours, with its stack. */
  error(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#channel.error(this.redactor.redact(text));
  }

  /** One line for each call: method, URL, tenant, milliseconds, size, errorCode and trace ids. Never a body. */
  readonly call = (call: CallRecord): void => {
    const { context, connection, milliseconds, characters, errorCode, traceId, failure } = call;
    const reason = failure instanceof Error ? failure.message : 'failed';
    const outcome = failure === undefined ? `errorCode ${errorCode ?? '-'}, ${characters} characters` : reason;
    const line = this.redactor.redact(
      `${context.method} ${context.url} [${connection}] ${milliseconds} ms, ${outcome}, ` +
        `traceId ${traceId ?? '-'}, thirdTraceId ${context.thirdTraceId}`,
    );
    if (failure === undefined && errorCode === 0) this.#channel.info(line);
    else this.#channel.warn(line);
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

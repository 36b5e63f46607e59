import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { Emitter } from '../base/emitter';
import { SandboxStartError } from './sandboxStartError';

/** What the sandbox prints and tells its parent when it listens. */
export interface SandboxLogin {
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly permanentCode: string;
  readonly ea: string;
  readonly userId: string;
}

/** What it tells its parent when it cannot listen: the system's own word for it, where there is one. */
export interface SandboxRefusal {
  readonly failed: string | undefined;
}

/** Secrets given here become the sandbox's own, so that what was saved of an earlier one stays good. */
export interface SandboxProcessOptions {
  readonly port?: number | undefined;
  readonly records?: number | undefined;
  readonly appSecret?: string | undefined;
  readonly permanentCode?: string | undefined;
}

interface Running {
  readonly child: ChildProcess;
  readonly login: Promise<SandboxLogin>;
}

/** The sandbox as a process of its own, started on demand; it ends when its parent does. */
export class SandboxProcess {
  #running: Running | undefined;
  readonly #changes = new Emitter();
  /** Told when it starts, and when it ends for whatever reason. */
  readonly onDidChange = this.#changes.event;

  constructor(
    private readonly script: string,
    /** Hears each line that the sandbox prints for people. */
    private readonly note: (line: string) => void,
  ) {}

  /** The one that runs, or a new one. Rejects with `SandboxStartError`; the next call tries again. */
  async start(options: SandboxProcessOptions): Promise<SandboxLogin> {
    const running = this.#running ?? this.#launch(options);
    if (running !== this.#running) this.#became(running);
    return running.login;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  async stop(): Promise<void> {
    const child = this.#running?.child;
    if (child?.pid === undefined) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill();
    await ended;
  }

  dispose(): void {
    this.#running?.child.kill();
  }

  #became(running: Running | undefined): void {
    this.#running = running;
    this.#changes.fire();
  }

  #launch(options: SandboxProcessOptions): Running {
    if (!existsSync(this.script)) throw new SandboxStartError('scriptMissing', this.script);
    const child = forkNode(this.script, options);
    if (child.stderr) void tellLines(child.stderr, this.note);
    const forget = () => {
      if (this.#running?.child === child) this.#became(undefined);
    };
    child.once('exit', forget);
    // It is emitted for other reasons too, such as a message that could not be sent to one that runs.
    child.on('error', () => {
      if (child.pid === undefined) forget();
    });
    return { child, login: loginOf(child, options.port) };
  }
}

/** A desktop editor's executable is Electron: it runs a script only when told to be Node. */
function forkNode(script: string, { port, records, appSecret, permanentCode }: SandboxProcessOptions): ChildProcess {
  const args = [
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(records === undefined ? [] : ['--records', String(records)]),
  ];
  // Not on the command line, which other users of the machine can read.
  const secrets = {
    ...(appSecret === undefined ? {} : { FXIAOKE_SANDBOX_APP_SECRET: appSecret }),
    ...(permanentCode === undefined ? {} : { FXIAOKE_SANDBOX_PERMANENT_CODE: permanentCode }),
  };
  try {
    return fork(script, args, {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ...secrets },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
  } catch (error) {
    throw notStarted(error);
  }
}

function loginOf(child: ChildProcess, port: number | undefined): Promise<SandboxLogin> {
  return new Promise((resolve, reject) => {
    let failed: string | undefined;
    child.once('message', message => {
      const told = message as SandboxLogin | SandboxRefusal;
      if ('url' in told) resolve(told);
      else failed = told.failed;
    });
    child.once('error', error => reject(notStarted(error)));
    child.once('close', (code, signal) => reject(endedEarly(failed, port, String(code ?? signal))));
  });
}

function endedEarly(failed: string | undefined, port: number | undefined, end: string): SandboxStartError {
  if (failed === 'EADDRINUSE') return new SandboxStartError('portInUse', String(port));
  if (failed === 'EACCES') return new SandboxStartError('portNotAllowed', String(port));
  return new SandboxStartError('ended', failed ?? end);
}

function notStarted(error: unknown): SandboxStartError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new SandboxStartError('notStarted', code ?? message);
}

async function tellLines(input: Readable, tell: (line: string) => void): Promise<void> {
  // The editor has not loaded it, and few sessions need it.
  const { createInterface } = await import('node:readline');
  createInterface({ input }).on('line', tell);
}

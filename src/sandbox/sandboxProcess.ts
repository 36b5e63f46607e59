import { fork, type ChildProcess } from 'node:child_process';

/** The line that the sandbox prints when it listens. */
export interface SandboxLogin {
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly permanentCode: string;
  readonly ea: string;
  readonly userId: string;
}

/** Secrets given here become the sandbox's own, so that what was saved of an earlier one stays good. */
export interface SandboxProcessOptions {
  readonly port?: number | undefined;
  readonly records?: number | undefined;
  readonly appSecret?: string | undefined;
  readonly permanentCode?: string | undefined;
}

/** The sandbox as a process of its own, started on demand; it ends when its parent does. */
export class SandboxProcess {
  #running: { child: ChildProcess; login: Promise<SandboxLogin> } | undefined;

  constructor(private readonly script: string) {}

  /** The one that runs, or a new one. Rejects with what it complained about when it cannot start. */
  start(options: SandboxProcessOptions): Promise<SandboxLogin> {
    if (this.#running) return this.#running.login;
    const child = this.#fork(options);
    const login = loginOf(child);
    this.#running = { child, login };
    child.once('exit', () => {
      if (this.#running?.child === child) this.#running = undefined;
    });
    return login;
  }

  async stop(): Promise<void> {
    const child = this.#running?.child;
    if (child?.exitCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill();
    await ended;
  }

  dispose(): void {
    this.#running?.child.kill();
  }

  /** A desktop editor's executable is Electron: it runs a script only when told to be Node. */
  #fork({ port, records, appSecret, permanentCode }: SandboxProcessOptions): ChildProcess {
    const args = [
      ...(port === undefined ? [] : ['--port', String(port)]),
      ...(records === undefined ? [] : ['--records', String(records)]),
    ];
    // Not on the command line, which other users of the machine can read.
    const secrets = {
      ...(appSecret === undefined ? {} : { FXIAOKE_SANDBOX_APP_SECRET: appSecret }),
      ...(permanentCode === undefined ? {} : { FXIAOKE_SANDBOX_PERMANENT_CODE: permanentCode }),
    };
    return fork(this.script, args, {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ...secrets },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
  }
}

function loginOf(child: ChildProcess): Promise<SandboxLogin> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-2000)));
    child.once('message', message => resolve(message as SandboxLogin));
    child.once('error', reject);
    child.once('exit', code => reject(new Error(complaint.trim() || `The sandbox ended with code ${code ?? 'none'}.`)));
  });
}

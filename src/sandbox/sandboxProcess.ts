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

export interface SandboxOptions {
  readonly port?: number | undefined;
  readonly records?: number | undefined;
}

/** The sandbox as a process of its own, started on demand; it ends when its parent does. */
export class SandboxProcess {
  #running: { child: ChildProcess; login: Promise<SandboxLogin> } | undefined;
  #last: { login: SandboxLogin; options: SandboxOptions } | undefined;
  readonly #listeners = new Set<(running: boolean) => void>();

  constructor(private readonly script: string) {}

  get running(): boolean {
    return this.#running !== undefined;
  }

  /** Where it listens; starts it if it does not run. A restart keeps the credentials, so that connections stay good. */
  start(options?: SandboxOptions): Promise<SandboxLogin> {
    if (this.#running) return this.#running.login;
    const wanted = options ?? this.#last?.options ?? {};
    const child = this.#fork(wanted);
    const login = loginOf(child).then(value => {
      this.#last = { login: value, options: wanted };
      return value;
    });
    this.#running = { child, login };
    login.catch(() => child.kill());
    child.once('exit', () => {
      if (this.#running?.child !== child) return;
      this.#running = undefined;
      this.#tell();
    });
    this.#tell();
    return login;
  }

  async stop(): Promise<void> {
    const { child } = this.#running ?? {};
    if (child?.exitCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill();
    await ended;
  }

  onDidChange(listener: (running: boolean) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#listeners.clear();
    this.#running?.child.kill();
  }

  /** A desktop editor's executable is Electron: it runs a script only when told to be Node. */
  #fork({ port, records }: SandboxOptions): ChildProcess {
    const args = [
      ...(port === undefined ? [] : ['--port', String(port)]),
      ...(records === undefined ? [] : ['--records', String(records)]),
    ];
    const secrets = this.#last && {
      FXIAOKE_SANDBOX_APP_SECRET: this.#last.login.appSecret,
      FXIAOKE_SANDBOX_PERMANENT_CODE: this.#last.login.permanentCode,
    };
    return fork(this.script, args, {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ...secrets },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.running);
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

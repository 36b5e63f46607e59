import type { SecretStore } from '../connections/connectionStore';

/** A shorter secret would blank out innocent text wherever it is masked. */
export const shortestSecret = 8;

const keyOf = (name: string) => `secret.${name}`;

/** The user's own secrets for `{{$secret name}}`: kept in the secret store, or known to this window only. */
export class UserSecrets {
  readonly #session = new Map<string, string>();

  constructor(
    private readonly store: SecretStore,
    /** Told of every spelling in which the secret may come back, before anyone gets it. */
    private readonly learn: (...spellings: readonly string[]) => void,
  ) {}

  async get(name: string): Promise<string | undefined> {
    const secret = this.#session.get(name) ?? (await this.store.get(keyOf(name)));
    if (secret !== undefined) this.#learn(secret);
    return secret;
  }

  /** Until the window closes. */
  remember(name: string, secret: string): void {
    this.#learn(secret);
    this.#session.set(name, secret);
  }

  async keep(name: string, secret: string): Promise<void> {
    this.#learn(secret);
    await this.store.store(keyOf(name), secret);
    this.#session.delete(name);
  }

  /** Keeps it under that name, or a like one where another secret has it; gives the name. */
  async keepAs(name: string, secret: string): Promise<string> {
    for (let n = 1; ; n++) {
      const free = n === 1 ? name : `${name}${n}`;
      const other = await this.get(free);
      if (other !== undefined && other !== secret) continue;
      await this.keep(free, secret);
      return free;
    }
  }

  async forget(name: string): Promise<void> {
    this.#session.delete(name);
    await this.store.delete(keyOf(name));
  }

  /** A value that may be a secret is masked from now on, if that is long enough to blank out nothing else. */
  learnValue(value: string): void {
    if (value.length >= shortestSecret) this.#learn(value);
  }

  #learn(secret: string): void {
    this.learn(secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret));
  }
}

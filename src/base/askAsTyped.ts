import type { Clock } from './clock';

/** So long a person who types has not stopped yet, in milliseconds. */
const pause = 300;

/** Asks for what a person types once they pause; what an earlier question is answered late is dropped. */
export class AskAsTyped<T> {
  #question = new AbortController();
  #stopWaiting: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    /** A failure shows nothing. */
    private readonly ask: (typed: string, signal: AbortSignal) => Promise<T>,
    private readonly show: (answer: T, typed: string) => void,
  ) {}

  /** Asks at once, where nobody has typed yet. */
  begin(): Promise<void> {
    return this.#ask('');
  }

  type(typed: string): void {
    this.stop();
    this.#stopWaiting = this.clock.after(pause, () => void this.#ask(typed));
  }

  stop(): void {
    this.#stopWaiting?.();
    this.#question.abort();
  }

  async #ask(typed: string): Promise<void> {
    const { signal } = (this.#question = new AbortController());
    const answer = await this.ask(typed, signal).catch(() => undefined);
    if (!signal.aborted && answer !== undefined) this.show(answer, typed);
  }
}

/** Calls the listener each time, until what it gives is disposed. The shape of VS Code's `Event`, for the core. */
export type Event<T = void> = (listener: (value: T) => void) => { dispose(): void };

/** Who owns an event fires it; all others see `event` only. */
export class Emitter<T = void> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = listener => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}

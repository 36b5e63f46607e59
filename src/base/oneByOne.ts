/**
 * What comes in lists, one by one. Written by hand because `yield` within an `async function*` costs several promises
 * for each thing, which is as much as all else that a page of records takes.
 */
export class OneByOne<T> implements AsyncGenerator<T, void, void> {
  #list: readonly T[] = [];
  #at = 0;
  #more: Promise<boolean> | undefined;

  constructor(private readonly lists: AsyncGenerator<readonly T[], void, void>) {}

  next(): Promise<IteratorResult<T, void>> {
    if (this.#at < this.#list.length) return Promise.resolve({ value: this.#list[this.#at++] as T, done: false });
    // Whoever asks meanwhile waits for the same list: nothing is passed over.
    this.#more ??= this.#load().finally(() => (this.#more = undefined));
    return this.#more.then(isMore => (isMore ? this.next() : { value: undefined, done: true }));
  }

  return(): Promise<IteratorResult<T, void>> {
    this.#list = [];
    return this.#ended(this.lists.return());
  }

  throw(error: unknown): Promise<IteratorResult<T, void>> {
    this.#list = [];
    return this.#ended(this.lists.throw(error));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #load(): Promise<boolean> {
    const { value, done } = await this.lists.next();
    [this.#list, this.#at] = [value ?? [], 0];
    return !done;
  }

  async #ended(end: Promise<unknown>): Promise<IteratorResult<T, void>> {
    await end;
    return { value: undefined, done: true };
  }
}

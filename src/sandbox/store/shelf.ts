import type { JsonObject } from '../../base/json';

/** Things of the tenant that are no records (currencies, messages, …), by key, in the order in which they came. */
export class Shelf {
  private readonly things = new Map<string, JsonObject>();

  constructor(private readonly changed: (key: string, value: JsonObject | null) => void) {}

  get size(): number {
    return this.things.size;
  }

  get(key: string): JsonObject | undefined {
    return this.things.get(key);
  }

  entries(): Iterable<[string, JsonObject]> {
    return this.things.entries();
  }

  set(key: string, value: JsonObject): void {
    this.restore(key, value);
    this.changed(key, value);
  }

  delete(key: string): void {
    this.restore(key, null);
    this.changed(key, null);
  }

  /** Without telling anybody: for what was kept. */
  restore(key: string, value: JsonObject | null): void {
    if (value) this.things.set(key, value);
    else this.things.delete(key);
  }
}

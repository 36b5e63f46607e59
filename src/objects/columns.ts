import type { State } from '../base/state';

/** Where the state keeps them, which Settings Sync takes along. */
export const columnsKey = 'columns';

/** The fields that a person wants to see beside the names of an object's records, whichever the tenant. */
export class Columns {
  constructor(private readonly state: State) {}

  /** API names, in the order in which they were picked; `undefined` where the person picked none. */
  of(object: string): readonly string[] | undefined {
    return this.#all()[object];
  }

  /** An empty list goes back to what is shown without a choice. */
  async choose(object: string, fields: readonly string[]): Promise<void> {
    const others = Object.entries(this.#all()).filter(([key]) => key !== object);
    await this.state.update(columnsKey, Object.fromEntries(fields.length > 0 ? [...others, [object, fields]] : others));
  }

  #all(): Readonly<Record<string, readonly string[]>> {
    return (this.state.get(columnsKey) as Record<string, string[]> | undefined) ?? {};
  }
}

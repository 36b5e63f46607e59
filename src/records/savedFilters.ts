import type { State } from '../base/state';
import type { Filter } from './recordCalls';
import type { RecordFilter } from './recordSet';

/** Where the state keeps them, which Settings Sync takes along. */
export const filtersKey = 'recordFilters';

/** The filters that a person put below the objects of each tenant. */
export class SavedFilters {
  constructor(
    private readonly state: State,
    private readonly newId: () => string,
  ) {}

  /** `object` is an API name. */
  list(connectionId: string, object: string): readonly RecordFilter[] {
    return this.#all()[placeOf(connectionId, object)] ?? [];
  }

  async add(connectionId: string, object: string, conditions: readonly Filter[]): Promise<RecordFilter> {
    const added = { id: this.newId(), conditions };
    await this.#write(connectionId, object, [...this.list(connectionId, object), added]);
    return added;
  }

  /** Without conditions nothing is left of it. */
  async change(connectionId: string, object: string, id: string, conditions: readonly Filter[]): Promise<void> {
    if (conditions.length === 0) return this.remove(connectionId, object, id);
    const changed = this.list(connectionId, object).map(each => (each.id === id ? { id, conditions } : each));
    await this.#write(connectionId, object, changed);
  }

  async remove(connectionId: string, object: string, id: string): Promise<void> {
    const others = this.list(connectionId, object).filter(each => each.id !== id);
    await this.#write(connectionId, object, others);
  }

  /** Those of a connection that is no more. */
  async forget(connectionId: string): Promise<void> {
    const others = Object.entries(this.#all()).filter(([place]) => !place.startsWith(placeOf(connectionId, '')));
    await this.state.update(filtersKey, Object.fromEntries(others));
  }

  #all(): Readonly<Record<string, readonly RecordFilter[]>> {
    return (this.state.get(filtersKey) as Record<string, RecordFilter[]> | undefined) ?? {};
  }

  async #write(connectionId: string, object: string, filters: readonly RecordFilter[]): Promise<void> {
    const place = placeOf(connectionId, object);
    const others = Object.entries(this.#all()).filter(([key]) => key !== place);
    await this.state.update(
      filtersKey,
      Object.fromEntries(filters.length > 0 ? [...others, [place, filters]] : others),
    );
  }
}

function placeOf(connectionId: string, object: string): string {
  return `${connectionId}/${object}`;
}

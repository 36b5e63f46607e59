import type { State } from '../base/state';

/** Where the state keeps them, which Settings Sync takes along. */
export const pinsKey = 'pinnedObjects';

/** The objects a person wants at the top, by API name, whichever the tenant. */
export class Pins {
  constructor(private readonly state: State) {}

  list(): readonly string[] {
    return (this.state.get(pinsKey) as string[] | undefined) ?? [];
  }

  async pin(apiName: string): Promise<void> {
    await this.state.update(pinsKey, [...this.list().filter(each => each !== apiName), apiName]);
  }

  async unpin(apiName: string): Promise<void> {
    await this.state.update(
      pinsKey,
      this.list().filter(each => each !== apiName),
    );
  }
}

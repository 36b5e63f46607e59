/** Plain state that survives a restart. */
export interface PinState {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = 'pinnedObjects';

/** The objects a person wants at the top, by API name, whichever the tenant. */
export class Pins {
  constructor(private readonly state: PinState) {}

  list(): readonly string[] {
    return (this.state.get(key) as string[] | undefined) ?? [];
  }

  async pin(apiName: string): Promise<void> {
    await this.state.update(key, [...this.list().filter(each => each !== apiName), apiName]);
  }

  async unpin(apiName: string): Promise<void> {
    await this.state.update(
      key,
      this.list().filter(each => each !== apiName),
    );
  }
}

import type { Clock } from '../base/clock';
import { Emitter } from '../base/emitter';
import type { State } from '../base/state';

interface Kept {
  readonly day: string;
  readonly calls: number;
}

/** The API counts from midnight in China. Source: api-facts.md 4.1. */
const chinaOffset = 8 * 3_600_000;
/** Writing each call down at once would wear the disk for nothing. */
const saveAfter = 2_000;

/** How many calls each tenant had from this machine today. Others of its users count towards the same quota. */
export class DayCount {
  /** Counted since the last save, by tenant. */
  readonly #unsaved = new Map<string, number>();
  readonly #changes = new Emitter<string>();
  readonly onDidChange = this.#changes.event;
  #saving: (() => void) | undefined;

  constructor(
    private readonly state: State,
    private readonly clock: Clock,
  ) {}

  today(tenantId: string): number {
    return this.#kept(tenantId).calls + (this.#unsaved.get(tenantId) ?? 0);
  }

  add(tenantId: string): void {
    this.#unsaved.set(tenantId, (this.#unsaved.get(tenantId) ?? 0) + 1);
    this.#saving ??= this.clock.after(saveAfter, () => void this.save());
    this.#changes.fire(tenantId);
  }

  async save(): Promise<void> {
    this.#saving?.();
    this.#saving = undefined;
    const unsaved = [...this.#unsaved];
    this.#unsaved.clear();
    for (const [tenantId, calls] of unsaved) {
      const kept: Kept = { day: this.#day(), calls: this.#kept(tenantId).calls + calls };
      await this.state.update(keyOf(tenantId), kept);
    }
  }

  forget(tenantId: string): PromiseLike<void> {
    this.#unsaved.delete(tenantId);
    return this.state.update(keyOf(tenantId), undefined);
  }

  #kept(tenantId: string): Kept {
    const kept = this.state.get(keyOf(tenantId)) as Kept | undefined;
    return kept?.day === this.#day() ? kept : { day: this.#day(), calls: 0 };
  }

  #day(): string {
    return new Date(this.clock.now() + chinaOffset).toISOString().slice(0, 10);
  }
}

function keyOf(tenantId: string): string {
  return `calls.${tenantId}`;
}

import { isDeepStrictEqual } from 'node:util';
import type { Connection } from './connection';

interface OwnWrite {
  readonly id: string;
  /** How it was before, once and again: `undefined` where it was not there. */
  readonly earlier: readonly (Connection | undefined)[];
  /** `undefined` where this window removed it. */
  readonly now: Connection | undefined;
  readonly at: number;
}

/** Any window has heard of a write by then. */
const rememberedFor = 10_000;
/** The editor tells a window of its own writes too; one of before the last is back for that long at most. */
const echoedFor = 800;

/**
 * What this window lately did to the connections. The editor keeps all state of an extension as one value, so that
 * another window which has not heard of it yet, and writes anything at all, puts the list back as it was.
 */
export class OwnWrites {
  readonly #byId = new Map<string, OwnWrite>();
  /** The lists of a moment ago, the last one at the end. */
  #written: readonly { readonly list: readonly Connection[]; readonly at: number }[] = [];

  constructor(private readonly clock: () => number) {}

  note(before: readonly Connection[], after: readonly Connection[]): void {
    const recent = this.#written.filter(({ at }) => this.clock() - at < echoedFor);
    this.#written = [...recent, { list: after, at: this.clock() }];
    for (const id of new Set([...before, ...after].map(each => each.id))) {
      const [old, now] = [find(before, id), find(after, id)];
      if (isDeepStrictEqual(old, now)) continue;
      const earlier = [...(this.#recent(id)?.earlier ?? []), old];
      this.#byId.set(id, { id, earlier, now, at: this.clock() });
    }
  }

  /** The list, or what this window made of it a moment ago where this is but the echo of an earlier write of its own. */
  behindEcho(list: readonly Connection[]): readonly Connection[] {
    const last = this.#written.at(-1);
    if (!last || this.clock() - last.at >= echoedFor) return list;
    const isEcho = this.#written.some(each => isDeepStrictEqual(each.list, list));
    return isEcho ? last.list : list;
  }

  /**
   * The list with each connection as this window lately left it, where it is as it was before that: on a slow machine
   * an echo comes late, and a tenant that was made read-only must not be written to for that moment.
   */
  withOwnEdits(list: readonly Connection[]): readonly Connection[] {
    const undone = this.undoneIn(list).filter(({ id, now }) => now && find(list, id));
    return undone.reduce((all, { id, now }) => replaced(all, id, now), list);
  }

  /** Whether this window's last word on a connection is still the same. */
  isLast({ id, at }: Pick<OwnWrite, 'id' | 'at'>): boolean {
    return this.#byId.get(id)?.at === at;
  }

  /** Those after which a connection is as it was before. What another window made of one since is not undone. */
  undoneIn(list: readonly Connection[]): readonly OwnWrite[] {
    const recent = [...this.#byId.keys()].map(id => this.#recent(id)).filter(write => write !== undefined);
    return recent.filter(({ id, earlier, now }) => {
      const found = find(list, id);
      return !isDeepStrictEqual(found, now) && earlier.some(each => isDeepStrictEqual(found, each));
    });
  }

  #recent(id: string): OwnWrite | undefined {
    const write = this.#byId.get(id);
    return write && this.clock() - write.at < rememberedFor ? write : undefined;
  }
}

/** With another connection in the place of that of the id, at the end where there is none, or without it. */
export function replaced(list: readonly Connection[], id: string, by: Connection | undefined): readonly Connection[] {
  if (!by) return list.filter(each => each.id !== id);
  return find(list, id) ? list.map(each => (each.id === id ? by : each)) : [...list, by];
}

function find(list: readonly Connection[], id: string): Connection | undefined {
  return list.find(each => each.id === id);
}

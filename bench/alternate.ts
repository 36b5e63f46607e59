import { middle } from './measurement';

/** The middle duration of a block on either side, in milliseconds. */
export interface Compared {
  readonly ours: number;
  readonly bare: number;
}

/** Does one block of its work; each call goes on where the last one stopped. */
export type Block = () => Promise<void>;

/**
 * Times two ways of doing the same in short blocks, by turns (ours, bare, bare, ours, …) and takes the middle of
 * each, so that whatever else the machine does meets both alike and does not decide. The first blocks only warm up.
 */
export async function alternate(blocks: number, warmUp: number, ours: Block, bare: Block): Promise<Compared> {
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let block = 0; block < blocks; block++) {
    const order = block % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
    for (const side of order) {
      const time = await timed(side === 'ours' ? ours : bare);
      if (block >= warmUp) times[side].push(time);
    }
  }
  return { ours: middle(times.ours), bare: middle(times.bare) };
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

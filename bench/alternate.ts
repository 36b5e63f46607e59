import { middle } from './measurement';

/** Two ways of doing the same: the middle duration of a block of either, in milliseconds, and of what divides them. */
export interface Compared {
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
}

/** Does one block of its work, going on where the last one stopped. False when there is none left. */
export type Block = () => Promise<boolean>;

/**
 * Times two ways of doing the same in short blocks, by turns (ours, bare, bare, ours, …) until either has come to its
 * end. Neighbours are compared with each other, and the middle of their ratios counts: whatever else the machine does
 * meets both alike and does not decide. The first blocks only warm up.
 */
export async function alternate(warmUp: number, ours: Block, bare: Block): Promise<Compared> {
  const pairs: { ours: number; bare: number }[] = [];
  for (let block = 0; ; block++) {
    const [first, second] = block % 2 === 0 ? [ours, bare] : [bare, ours];
    const one = await timed(first);
    const other = await timed(second);
    if (!one.result || !other.result) break;
    const [our, their] = first === ours ? [one, other] : [other, one];
    if (block >= warmUp) pairs.push({ ours: our.milliseconds, bare: their.milliseconds });
  }
  return {
    ours: middle(pairs.map(pair => pair.ours)),
    bare: middle(pairs.map(pair => pair.bare)),
    // Of logarithms, as twice as fast and half as fast cancel out.
    ratio: Math.exp(middle(pairs.map(pair => Math.log(pair.ours / pair.bare)))),
  };
}

export async function timed<T>(work: () => Promise<T>): Promise<{ milliseconds: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { milliseconds: performance.now() - started, result };
}

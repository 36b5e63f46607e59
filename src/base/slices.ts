/** In milliseconds: half of the time that the eye gives a picture. */
const slice = 8;

/**
 * Does something with each of a list, and lets others have the process now and then. Says whether it came to the end:
 * after each pause `goOn` tells whether anybody still wants it to.
 */
export async function inSlices<T>(list: Iterable<T>, work: (each: T) => void, goOn: () => boolean): Promise<boolean> {
  let until = performance.now() + slice;
  for (const each of list) {
    if (performance.now() >= until) {
      await new Promise(resolve => setImmediate(resolve));
      if (!goOn()) return false;
      until = performance.now() + slice;
    }
    work(each);
  }
  return true;
}

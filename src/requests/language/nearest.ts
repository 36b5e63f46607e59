/** The name that was most likely meant: the same but for case, else one with few letters changed. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(typed.length / 5));
  return sameButCase(typed, names) ?? fewestChanges(typed, names, most)[0];
}

export function sameButCase(typed: string, names: readonly string[]): string | undefined {
  const lower = typed.toLowerCase();
  return names.find(name => name.toLowerCase() === lower);
}

/**
 * The path that was most likely meant: the same but for case, else one of `safe` that differs in one segment only, and
 * there in few letters. Where two are equally near, none.
 */
export function nearestPath(typed: string, all: readonly string[], safe: readonly string[]): string | undefined {
  const same = sameButCase(typed, all);
  if (same !== undefined) return same;
  const segments = typed.split('/');
  const near = segments.flatMap((segment, at) => {
    const others = (path: readonly string[]) => path.filter((_, n) => n !== at).join('/');
    const rest = others(segments);
    const bySegment = new Map(
      safe.flatMap(path => {
        const parts = path.split('/');
        const part = parts[at];
        return part !== undefined && parts.length === segments.length && others(parts) === rest
          ? [[part, path] as const]
          : [];
      }),
    );
    const found = fewestChanges(segment, [...bySegment.keys()], Math.max(1, Math.floor(segment.length / 4)));
    return found.map(part => bySegment.get(part));
  });
  return near.length === 1 ? near[0] : undefined;
}

/** Those with the fewest letters changed, at most so many. */
function fewestChanges(typed: string, names: readonly string[], most: number): string[] {
  const lower = typed.toLowerCase();
  let best: string[] = [];
  let fewest = most;
  for (const name of names) {
    if (Math.abs(name.length - typed.length) > fewest) continue;
    const changes = distance(lower, name.toLowerCase());
    if (changes < fewest) best = [];
    if (changes > fewest) continue;
    best.push(name);
    fewest = changes;
  }
  return best;
}

/** How many letters to insert, delete, replace or swap with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, at(row, j) + 1, at(next, j - 1) + 1));
    }
    [before, row] = [row, next];
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}

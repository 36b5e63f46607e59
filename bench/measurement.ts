/** One number that was measured, and what it should be. */
export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: Goal;
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** Undefined where no goal is set. */
export function isMet({ value, goal }: Measurement): boolean | undefined {
  if (!goal) return undefined;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** The mean of the middle half: neither what disturbed a few of them nor a lucky one counts. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 4);
  const half = sorted.slice(cut, sorted.length - cut);
  return half.reduce((sum, value) => sum + value, 0) / half.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? NaN) + (sorted[Math.floor(half)] ?? NaN)) / 2;
}

/** The measurements in columns, with those that miss their goal marked. */
export function table(measurements: readonly Measurement[]): string {
  const rows = measurements.map(each => [each.what, shown(each.value), each.unit, goalText(each)]);
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)));
  return rows.map(row => line(row).join('  ').trimEnd()).join('\n');
}

function goalText(measurement: Measurement): string {
  const { goal } = measurement;
  if (!goal) return '';
  const text = 'atMost' in goal ? `goal: at most ${goal.atMost}` : `goal: at least ${goal.atLeast}`;
  return isMet(measurement) ? text : `${text} – MISSED`;
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 3);
}

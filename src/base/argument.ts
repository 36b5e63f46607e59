/** Readers for a command's argument, which may come from anyone: what does not fit counts as not given. */
export type Argument = Readonly<Record<string, unknown>>;

export function textIn(argument: Argument, key: string): string | undefined {
  const value = argument[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function textsIn(argument: Argument, key: string): string[] | undefined {
  const value = argument[key];
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((entry): entry is string => typeof entry === 'string' && entry !== '');
  return texts.length > 0 ? texts : undefined;
}

export function numberIn(argument: Argument, key: string): number | undefined {
  const value = argument[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

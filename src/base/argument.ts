/**
 * A command's argument, which may come from anyone. Its readers refuse what does not fit: what a caller means for one
 * tenant, record or value must not be taken as if nothing had been said.
 */
export type Argument = Readonly<Record<string, unknown>>;

/** What a part of an argument should have been. */
export type ArgumentShape = 'text' | 'texts' | 'number' | 'map' | 'detailLists' | 'oneText';

/** A part of a command's argument has another shape than it should. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
  constructor(
    readonly key: string,
    readonly expected: ArgumentShape,
  ) {
    super(`${key} is no ${expected}`);
  }
}

/** Throws `ArgumentError` for what is there and is no text; numbers are taken as texts, as ids are written so too. */
export function textIn(argument: Argument, key: string): string | undefined {
  const value = argument[key];
  if (value === undefined) return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new ArgumentError(key, 'text');
}

/** Throws `ArgumentError` for what is there and is no list of texts. */
export function textsIn(argument: Argument, key: string): string[] | undefined {
  const value = argument[key];
  if (value === undefined) return undefined;
  const isText = (entry: unknown): entry is string => typeof entry === 'string' && entry.trim() !== '';
  if (Array.isArray(value) && value.every(isText)) return value;
  throw new ArgumentError(key, 'texts');
}

/** Throws `ArgumentError` for what is there and is no finite number. */
export function numberIn(argument: Argument, key: string): number | undefined {
  const value = argument[key];
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw new ArgumentError(key, 'number');
}

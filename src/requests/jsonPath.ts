import { isJsonObject, type JsonValue } from '../base/json';

/** Names and array indexes: `data.dataList[0]._id`. */
export type Path = (string | number)[];

const step = /\.?(?<name>[^\s.[\]{}"]+)|\[(?<index>\d{1,9})\]/y;

/** Reads a path, or gives `undefined` where it is none. */
export function parsePath(text: string): Path | undefined {
  const path: Path = [];
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return undefined;
    const { name, index } = match.groups ?? {};
    if (name === undefined) path.push(Number(index));
    else if (match[0].startsWith('.') === path.length > 0) path.push(name);
    else return undefined;
  }
  return path.length > 0 ? path : undefined;
}

export function printPath(path: Path): string {
  return path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('');
}

export function valueAt(value: JsonValue, path: Path): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const key of path) {
    if (typeof key === 'number') at = Array.isArray(at) ? at[key] : undefined;
    else at = isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}

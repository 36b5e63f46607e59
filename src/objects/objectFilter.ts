import { pinyinInitials } from '../base/pinyin';
import { inSlices } from '../base/slices';
import { catalogueEntry } from './catalogue';
import type { CrmObject } from './crmObject';

const keysOf = new WeakMap<CrmObject, readonly string[]>();

/**
 * Those of the objects that a person may mean who typed that: each word stands in the API name, in the tenant's, the
 * Chinese or the English name, or in their pinyin initials. Objects with a name that begins so come first.
 */
export function objectsNamedLike(objects: readonly CrmObject[], typed: string): CrmObject[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = objects.filter(object => words.every(word => keysFor(object).some(key => key.includes(word))));
  const begins = (object: CrmObject) => keysFor(object).some(key => key.startsWith(words[0] ?? ''));
  return [...found.filter(begins), ...found.filter(object => !begins(object))];
}

/** Makes ready for the first key, in slices, as long as `goOn` says so. */
export function prepareNames(objects: readonly CrmObject[], goOn: () => boolean): Promise<boolean> {
  return inSlices(objects, keysFor, goOn);
}

/** In lower case. Made once for each object: initials of a thousand names take longer than a key stroke should. */
function keysFor(object: CrmObject): readonly string[] {
  const known = keysOf.get(object);
  if (known) return known;
  const { apiName, label, englishName = '' } = object;
  const chinese = catalogueEntry(apiName)?.zh ?? '';
  const names = [apiName, label, englishName, chinese].map(name => name.toLowerCase());
  const keys = [...new Set([...names, pinyinInitials(label), pinyinInitials(chinese)])].filter(key => key !== '');
  keysOf.set(object, keys);
  return keys;
}

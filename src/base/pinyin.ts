/** The first character of each pinyin initial in the order of the Chinese collation; i, u and v begin no syllable. */
const firsts = [
  ['a', '阿'],
  ['b', '八'],
  ['c', '嚓'],
  ['d', '哒'],
  ['e', '妸'],
  ['f', '发'],
  ['g', '旮'],
  ['h', '哈'],
  ['j', '讥'],
  ['k', '咔'],
  ['l', '垃'],
  ['m', '妈'],
  ['n', '拏'],
  ['o', '噢'],
  ['p', '妑'],
  ['q', '七'],
  ['r', '呥'],
  ['s', '仨'],
  ['t', '他'],
  ['w', '屲'],
  ['x', '夕'],
  ['y', '丫'],
  ['z', '帀'],
] as const;

let collator: Intl.Collator | undefined;
/** A tenant's names are made of few characters, and comparing them takes long. */
const known = new Map<string, string>();

/**
 * The initials by which people type Chinese words: `销售线索` gives `xsxs`. Other characters stay, in lower case. Of a
 * character with several readings it is the most usual one.
 */
export function pinyinInitials(text: string): string {
  return text.replace(/\p{Script=Han}/gu, initial).toLowerCase();
}

function initial(character: string): string {
  const found = known.get(character) ?? firstNotAfter(character);
  known.set(character, found);
  return found;
}

function firstNotAfter(character: string): string {
  const order = (collator ??= new Intl.Collator('zh-Hans-CN-u-co-pinyin'));
  let low = 0;
  let high: number = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order.compare(firsts[middle]?.[1] ?? '', character) <= 0) low = middle + 1;
    else high = middle;
  }
  return firsts[low - 1]?.[0] ?? character;
}

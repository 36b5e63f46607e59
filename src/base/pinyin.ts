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

/**
 * The initials by which people type Chinese words: `销售线索` gives `xsxs`. Other characters stay, in lower case. Of a
 * character with several readings it is the most usual one.
 */
export function pinyinInitials(text: string): string {
  const order = (collator ??= new Intl.Collator('zh-Hans-CN-u-co-pinyin'));
  return Array.from(text, character => (/\p{Script=Han}/u.test(character) ? initial(character, order) : character))
    .join('')
    .toLowerCase();
}

function initial(character: string, order: Intl.Collator): string {
  return firsts.findLast(([, first]) => order.compare(first, character) <= 0)?.[0] ?? character;
}

import fs from 'node:fs';
import path from 'node:path';
import { localizedMessages } from '../support/localizedMessages';
import { readSources, sourceProgram } from '../support/sourceProgram';
import type { Locator } from './playwright';

/** A language in which each string of ours stands between brackets that nothing else has. */
export const pseudoLanguage = 'qps-ploc';

const bracketed = (text: string) => `⟦${text}⟧`;

const readStrings = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>;

/** Gives the installed extension the pseudo-language, as if it had been translated into it. */
export function addPseudoLanguage(extension: string, projectFolder: string): void {
  const { messages } = localizedMessages(sourceProgram(readSources(projectFolder, 'src')));
  const write = (file: string, strings: readonly (readonly [string, string])[]) =>
    fs.writeFileSync(path.join(extension, file), JSON.stringify(Object.fromEntries(strings)));
  write(
    `l10n/bundle.l10n.${pseudoLanguage}.json`,
    messages.map(({ key, message }) => [key, bracketed(message)]),
  );
  const manifest = readStrings(path.join(extension, 'package.nls.json'));
  write(
    `package.nls.${pseudoLanguage}.json`,
    // Files are named, not said.
    Object.entries(manifest).map(([key, text]) => [key, key.endsWith('.media') ? text : bracketed(text)]),
  );
}

/** What a person reads or hears of the elements that are in sight: their text and what they are called. */
export async function saidBy(shown: Locator): Promise<string[]> {
  const texts = await shown.evaluateAll(elements =>
    (elements as Spoken[]).flatMap(element => [
      element.innerText,
      ...[element, ...element.querySelectorAll('*')].flatMap(each =>
        // A row that is used again still has what is hidden now.
        each.checkVisibility() ? ['aria-label', 'placeholder'].map(name => each.getAttribute(name) ?? '') : [],
      ),
    ]),
  );
  return [...new Set(texts.map(text => text.replaceAll(/\s+/g, ' ').trim()))].filter(text => text !== '');
}

/** What a page has and Node's types do not know. */
interface Spoken {
  readonly innerText: string;
  checkVisibility(): boolean;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Spoken>;
}

/** What of a text is in no brackets; a string may stand within another one. */
export function outsideOfBrackets(text: string): string {
  for (let rest = text; ;) {
    const less = rest.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ');
    if (less === rest) return rest.trim();
    rest = less;
  }
}

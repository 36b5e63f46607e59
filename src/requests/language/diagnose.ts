import type { RequestFile } from '../nodes';
import type { ParsedSection } from '../parsedSection';
import type { PlacedSection } from '../placedSection';
import type { Problem } from '../problems';
import { checkAgainstApi, type Finding } from './checks';
import type { Knowledge } from './knowledge';

/** What is wrong in a section. Its offsets count from the section's start, so that it holds wherever that is moved to. */
export interface Found {
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
}

/** Checks one version of a file after the other, and of each only the sections that changed. */
export class Diagnoser {
  readonly #known = new WeakMap<ParsedSection, { readonly against: Knowledge; readonly found: Found }>();

  /**
   * Tells of one section of a file after the other what is wrong in it, with the same object as long as that holds.
   * `knowledgeOf`, too, gives the same object as long as there is nothing new to know.
   */
  of(file: RequestFile, knowledgeOf: (connection: string | undefined) => Knowledge): (section: PlacedSection) => Found {
    const ofFile = file.connection?.value.text;
    const known = new Map<string | undefined, Knowledge>();
    return ({ parsed }) => {
      const connection = parsed.request?.connection?.value.text ?? ofFile;
      const knowledge = known.get(connection) ?? knowledgeOf(connection);
      known.set(connection, knowledge);
      return this.#check(parsed, knowledge);
    };
  }

  #check(section: ParsedSection, knowledge: Knowledge): Found {
    const last = this.#known.get(section);
    if (last?.against === knowledge) return last.found;
    const { problems, request } = section;
    const findings = request ? checkAgainstApi(request, knowledge) : [];
    const found = { problems, findings };
    this.#known.set(section, { against: knowledge, found });
    return found;
  }
}

/** Full-width punctuation typed by mistake has one right form. */
export function fixOf(found: Problem | Finding): { start: number; end: number; text: string } | undefined {
  if ('fix' in found) return found.fix;
  return found.code === 'fullWidthPunctuation' ? { ...spanOf(found), text: found.data.expected } : undefined;
}

function spanOf({ start, end }: { start: number; end: number }) {
  return { start, end };
}

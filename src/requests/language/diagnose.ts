import type { RequestFile } from '../nodes';
import type { ParsedSection } from '../parsedSection';
import type { PlacedSection } from '../placedSection';
import type { Problem } from '../problems';
import { checkAgainstApi, type Finding, type Fix } from './checks';
import type { Knowledge } from './knowledge';
import { nearest } from './nearest';

/** What is wrong. That of a section counts its offsets from there, so that it holds wherever the section is moved to. */
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

  /** All that is wrong in a file, its offsets counted from the start of the file. */
  diagnose(file: RequestFile, knowledgeOf: (connection: string | undefined) => Knowledge): Found {
    const foundIn = this.of(file, knowledgeOf);
    const findings = file.sections.flatMap(section =>
      foundIn(section).findings.map(finding => moved(finding, section.start)),
    );
    return { problems: file.problems, findings };
  }

  #check(section: ParsedSection, knowledge: Knowledge): Found {
    const last = this.#known.get(section);
    if (last?.against === knowledge) return last.found;
    const { problems, request } = section;
    const ofRequest = request ? checkAgainstApi(request, knowledge) : [];
    const findings = [...unknownConnections(section, knowledge), ...ofRequest];
    const found = { problems, findings };
    this.#known.set(section, { against: knowledge, found });
    return found;
  }
}

/** Tenants that a section asks for and nobody has here. */
function unknownConnections({ directives }: ParsedSection, knowledge: Knowledge): Finding[] {
  return directives.flatMap(({ name, value }): Finding[] => {
    const { text, start, end, templates } = value;
    if (name !== 'connection' || text === '' || templates.length > 0 || knowledge.isConnection(text)) return [];
    return [{ code: 'connectionUnknown', start, end, data: { name: text, known: knowledge.connections } }];
  });
}

function moved(finding: Finding, by: number): Finding {
  const { start, end, fix } = finding;
  const movedFix = fix && { ...fix, start: fix.start + by, end: fix.end + by };
  return { ...finding, start: start + by, end: end + by, ...(movedFix && { fix: movedFix }) };
}

/** What puts something right: the one certain edit, or a choice of which only the first may be meant. */
export function fixesOf(found: Problem | Finding): readonly Fix[] {
  if ('fix' in found) return found.fix ? [found.fix] : [];
  if (found.code !== 'connectionUnknown') return [];
  const { name, known } = found.data;
  const meant = nearest(name, known);
  const inOrder = [...known].sort((a, b) => Number(b === meant) - Number(a === meant));
  return inOrder.map(text => ({ ...spanOf(found), text }));
}

/**
 * Full-width punctuation typed by mistake has one right form. That of a request is put right together: half of a pair
 * of quotes would only open a string that never ends.
 */
export function punctuationFixes(ofSection: readonly Problem[]): Fix[] {
  return ofSection.flatMap(found =>
    found.code === 'fullWidthPunctuation' ? [{ ...spanOf(found), text: found.data.expected }] : [],
  );
}

function spanOf({ start, end }: { start: number; end: number }) {
  return { start, end };
}

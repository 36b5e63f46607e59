import type { RequestFile, Section } from '../nodes';
import type { Problem } from '../problems';
import { checkAgainstApi, type Finding } from './checks';
import type { Knowledge } from './knowledge';

export interface Diagnosis {
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
}

/** Checks one version of a file after the other, and of each only the sections that changed. */
export class Diagnoser {
  #checked = new WeakMap<Section, { readonly against: Knowledge; readonly findings: readonly Finding[] }>();

  /** `knowledgeOf` gives the same object as long as there is nothing new to know. */
  diagnose(file: RequestFile, knowledgeOf: (connection: string | undefined) => Knowledge): Diagnosis {
    const ofFile = file.connection?.value.text;
    const findings = file.sections.flatMap(section => {
      const { request } = section.parsed;
      if (!request) return [];
      const knowledge = knowledgeOf(request.connection?.value.text ?? ofFile);
      return this.#findings(section.parsed, knowledge).map(found => moved(found, section.start));
    });
    return { problems: file.problems, findings };
  }

  #findings(section: Section, knowledge: Knowledge): readonly Finding[] {
    const known = this.#checked.get(section);
    if (known?.against === knowledge) return known.findings;
    const findings = section.request ? checkAgainstApi(section.request, knowledge) : [];
    this.#checked.set(section, { against: knowledge, findings });
    return findings;
  }
}

function moved(finding: Finding, by: number): Finding {
  const { start, end, fix } = finding;
  const movedFix = fix && { ...fix, start: fix.start + by, end: fix.end + by };
  return { ...finding, start: start + by, end: end + by, ...(movedFix && { fix: movedFix }) };
}

/** Full-width punctuation typed by mistake has one right form. */
export function fixOf(found: Problem | Finding): { start: number; end: number; text: string } | undefined {
  if ('fix' in found) return found.fix;
  return found.code === 'fullWidthPunctuation' ? { ...spanOf(found), text: found.data.expected } : undefined;
}

function spanOf({ start, end }: { start: number; end: number }) {
  return { start, end };
}

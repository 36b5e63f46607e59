import type { RequestFile, Section } from '../nodes';
import type { Problem } from '../problems';
import { checkAgainstApi, type Finding, type Fix } from './checks';
import type { Knowledge } from './knowledge';
import { nearest } from './nearest';

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
    return { problems: file.problems, findings: [...unknownConnections(file, knowledgeOf(undefined)), ...findings] };
  }

  #findings(section: Section, knowledge: Knowledge): readonly Finding[] {
    const known = this.#checked.get(section);
    if (known?.against === knowledge) return known.findings;
    const findings = section.request ? checkAgainstApi(section.request, knowledge) : [];
    this.#checked.set(section, { against: knowledge, findings });
    return findings;
  }
}

/** Tenants that requests ask for and nobody has here. */
function unknownConnections(file: RequestFile, knowledge: Knowledge): Finding[] {
  const directives = file.sections.flatMap(section =>
    section.parsed.directives.map(({ name, value }) => ({ name, value, at: section.start })),
  );
  return directives.flatMap(({ name, value, at }): Finding[] => {
    const { text, start, end, templates } = value;
    if (name !== 'connection' || text === '' || templates.length > 0 || knowledge.isConnection(text)) return [];
    return [
      {
        code: 'connectionUnknown',
        start: at + start,
        end: at + end,
        data: { name: text, known: knowledge.connections },
      },
    ];
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
export function punctuationFixes({ sections }: RequestFile, problems: readonly Problem[], at: number): Fix[] {
  const section = sections.findLast(({ start }) => start <= at);
  return problems.flatMap(found =>
    found.code === 'fullWidthPunctuation' && section && section.start <= found.start && found.end <= section.end
      ? [{ ...spanOf(found), text: found.data.expected }]
      : [],
  );
}

function spanOf({ start, end }: { start: number; end: number }) {
  return { start, end };
}

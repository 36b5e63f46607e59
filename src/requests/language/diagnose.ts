import type { RequestFile } from '../nodes';
import type { ParsedSection } from '../parsedSection';
import type { PlacedSection } from '../placedSection';
import type { Problem } from '../problems';
import { noVariables, plainVariables, samePlainVariables, withPlain, type PlainVariables } from '../plainVariables';
import { checkAgainstApi } from './checks';
import type { Finding, Fix } from './findings';
import { problemFixes } from './problemFixes';
import type { Knowledge } from './knowledge';
import { nearest } from './nearest';

/** What is wrong. That of a section counts its offsets from there, so that it holds wherever the section is moved to. */
export interface Found {
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
}

/** Checks one version of a file after the other, and of each only the sections that changed. */
export class Diagnoser {
  readonly #known = new WeakMap<ParsedSection, Checked>();
  #variables = noVariables;

  /**
   * Tells of one section of a file after the other what is wrong in it, with the same object as long as that holds.
   * `knowledgeOf`, too, gives the same object as long as there is nothing new to know.
   */
  of(file: RequestFile, knowledgeOf: (connection: string | undefined) => Knowledge): (section: PlacedSection) => Found {
    const variables = this.#variablesOf(file);
    const ofFile = file.connection?.value.text;
    const known = new Map<string | undefined, Knowledge>();
    return ({ parsed }) => {
      const named = parsed.request?.connection?.value.text ?? ofFile;
      const connection = named && withPlain(named, variables);
      const knowledge = known.get(connection) ?? knowledgeOf(connection);
      known.set(connection, knowledge);
      return this.#check(parsed, knowledge, variables);
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

  /** The same object as long as they are the same. */
  #variablesOf(file: RequestFile): PlainVariables {
    const variables = plainVariables(file);
    if (!samePlainVariables(this.#variables, variables)) this.#variables = variables;
    return this.#variables;
  }

  #check(section: ParsedSection, knowledge: Knowledge, variables: PlainVariables): Found {
    const last = this.#known.get(section);
    const isSame = last?.variables === variables || !section.text.includes('{{');
    if (last?.against === knowledge && isSame) return last.found;
    const { problems, request } = section;
    const ofRequest = request ? checkAgainstApi(request, knowledge, variables) : [];
    const findings = [...unknownConnections(section, knowledge, variables), ...ofRequest];
    const found = { problems, findings };
    this.#known.set(section, { against: knowledge, variables, found });
    return found;
  }
}

interface Checked {
  readonly against: Knowledge;
  readonly variables: PlainVariables;
  readonly found: Found;
}

/** Tenants that a section asks for and nobody has here. */
function unknownConnections({ directives }: ParsedSection, knowledge: Knowledge, variables: PlainVariables): Finding[] {
  return directives.flatMap(({ name, value }): Finding[] => {
    const { start, end } = value;
    const text = withPlain(value.text, variables);
    if (name !== 'connection' || text === '' || text.includes('{{') || knowledge.isConnection(text)) return [];
    return [{ code: 'connectionUnknown', start, end, data: { name: text, known: knowledge.connections } }];
  });
}

function moved(finding: Finding, by: number): Finding {
  const { start, end, fix } = finding;
  const movedFix = fix && { ...fix, start: fix.start + by, end: fix.end + by };
  return { ...finding, start: start + by, end: end + by, ...(movedFix && { fix: movedFix }) };
}

/**
 * What puts something right: the one certain edit, or a choice of which only the first may be meant. `text` is what the
 * offsets count in.
 */
export function fixesOf(found: Problem | Finding, text: string): readonly Fix[] {
  if ('fix' in found) return found.fix ? [found.fix] : [];
  if (found.code !== 'connectionUnknown') return problemFixes(found, text);
  const { name, known } = found.data;
  const meant = nearest(name, known);
  const inOrder = [...known].sort((a, b) => Number(b === meant) - Number(a === meant));
  return inOrder.map(each => ({ ...spanOf(found), text: each }));
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

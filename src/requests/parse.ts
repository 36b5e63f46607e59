import type { RequestFile, Section, TextNode } from './nodes';
import { parseSection } from './parseSection';
import { problem, type Problem } from './problems';
import { splitSections } from './scanner';

/** Reads a request file. Never fails: what is missing is absent from the tree, what is wrong is a problem with a place. */
export function parse(text: string): RequestFile {
  return assemble(
    text,
    splitSections(text).map(span => parseSection(text, span)),
  );
}

/** What only the sections together tell. */
function assemble(text: string, sections: Section[]): RequestFile {
  const definitions = sections.flatMap(section => section.variables);
  const requests = sections.flatMap(section => section.request ?? []);
  const problems = [
    ...sections.flatMap(section => section.problems),
    ...duplicates(definitions.map(({ name }) => name)).map(node =>
      problem('variableDuplicate', node, { name: node.text }),
    ),
    ...duplicates(requests.flatMap(({ name }) => name?.value ?? [])).map(node =>
      problem('nameDuplicate', node, { name: node.text }),
    ),
  ];
  const file: RequestFile = {
    kind: 'file',
    start: 0,
    end: text.length,
    text,
    sections,
    requests,
    variables: new Map(definitions.map(node => [node.name.text, node])),
    problems: problems.sort(inOrder),
  };
  const [first] = sections;
  const connection = first?.separator ? undefined : first?.directives.find(({ name }) => name === 'connection');
  if (connection) file.connection = connection;
  return file;
}

function duplicates(names: readonly TextNode[]): TextNode[] {
  const seen = new Set<string>();
  return names.filter(({ text }) => text !== '' && (seen.has(text) || !seen.add(text)));
}

function inOrder(a: Problem, b: Problem): number {
  return a.start - b.start || a.end - b.end;
}

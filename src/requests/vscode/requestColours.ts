import * as vscode from 'vscode';
import { coloursIn, type Colour, type ColourKind } from '../language/colours';
import { nothingKnown, type Knowledge } from '../language/knowledge';
import { connectionNameOf } from '../plainVariables';
import { languageId, parsed, rangeOf } from './requestFiles';
import type { RequestKnowledge } from './requestKnowledge';

/** Standard types, which every theme colours; the manifest says how what is unknown looks. */
const types: Readonly<Record<ColourKind, string>> = {
  object: 'class',
  field: 'property',
  operator: 'operator',
  option: 'enumMember',
  variable: 'variable',
};
const unknown = 'unknown';

/** Colours what the grammar cannot know. The editor asks for what is in sight only, so that long files cost nothing. */
export class RequestColours implements vscode.DocumentRangeSemanticTokensProvider, vscode.Disposable {
  static readonly legend = new vscode.SemanticTokensLegend([...new Set(Object.values(types))], [unknown]);

  #registered = this.#register();
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly knowledge: RequestKnowledge,
    onDidLearn: (listener: () => void) => vscode.Disposable,
  ) {
    this.#subscription = onDidLearn(() => {
      // The one way to have the editor ask again.
      this.#registered.dispose();
      this.#registered = this.#register();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#registered.dispose();
  }

  async provideDocumentRangeSemanticTokens(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.SemanticTokens | undefined> {
    const file = parsed(document);
    const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const sections = file.sections.filter(({ start, end }) => start <= to && from <= end);
    const known = new Map<string | undefined, Knowledge>();
    for (const { request } of sections) {
      const connection = connectionNameOf(file, request);
      if (!known.has(connection)) known.set(connection, await this.knowledge.of(document, connection));
    }
    // What was read meanwhile is an older text.
    if (token.isCancellationRequested || parsed(document) !== file) return undefined;
    const builder = new vscode.SemanticTokensBuilder(RequestColours.legend);
    for (const section of sections) {
      const colours = coloursIn(file, section, connection => known.get(connection) ?? nothingKnown);
      for (const colour of colours) if (colour.start <= to && from <= colour.end) push(builder, document, colour);
    }
    return builder.build();
  }

  #register(): vscode.Disposable {
    return vscode.languages.registerDocumentRangeSemanticTokensProvider(languageId, this, RequestColours.legend);
  }
}

function push(builder: vscode.SemanticTokensBuilder, document: vscode.TextDocument, colour: Colour): void {
  builder.push(rangeOf(document, colour), types[colour.kind], colour.known ? [] : [unknown]);
}

import * as vscode from 'vscode';
import type { VariableNode } from '../nodes';
import type { Heading, ParsedSection } from '../parsedSection';
import type { PlacedSection } from '../placedSection';
import { parsed, rangeIn } from './requestFiles';

/** The requests and variables of a file, for the outline, the breadcrumbs and *Go to Symbol*; and where to fold it. */
export class RequestSymbols implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider {
  /** Those of a section that stands on the same line are not made anew. */
  readonly #known = new WeakMap<ParsedSection, { readonly line: number; readonly symbols: vscode.DocumentSymbol[] }>();

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return parsed(document).sections.flatMap(section => this.#symbolsOf(section));
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return parsed(document).sections.flatMap(section => {
      const { heading } = section.parsed;
      if (!heading) return [];
      const [first, last] = [section.placeOf(heading.top).line, section.placeOf(heading.end).line];
      return last > first ? new vscode.FoldingRange(first, last, vscode.FoldingRangeKind.Region) : [];
    });
  }

  #symbolsOf(section: PlacedSection): vscode.DocumentSymbol[] {
    const { line, parsed } = section;
    const last = this.#known.get(parsed);
    if (last?.line === line) return last.symbols;
    const { heading, variables } = parsed;
    const symbols = variables.map(variable => variableSymbol(section, variable));
    if (heading) symbols.push(requestSymbol(section, heading));
    this.#known.set(parsed, { line, symbols });
    return symbols;
  }
}

function variableSymbol(section: PlacedSection, variable: VariableNode): vscode.DocumentSymbol {
  const { name, value } = variable;
  const [range, selection] = [rangeIn(section, variable), rangeIn(section, name)];
  return new vscode.DocumentSymbol(name.text, value.text, vscode.SymbolKind.Variable, range, selection);
}

function requestSymbol(section: PlacedSection, heading: Heading): vscode.DocumentSymbol {
  const { top, start, end, lineEnd, title, name, method = 'POST', target = '' } = heading;
  const line = `${method} ${target}`;
  return new vscode.DocumentSymbol(
    title ?? name ?? line,
    title === undefined && name === undefined ? '' : line,
    vscode.SymbolKind.Function,
    rangeIn(section, { start: top, end }),
    rangeIn(section, { start, end: lineEnd }),
  );
}

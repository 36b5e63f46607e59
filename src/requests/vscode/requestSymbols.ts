import * as vscode from 'vscode';
import { bracketFolds } from '../language/bracketFolds';
import type { VariableNode } from '../nodes';
import type { Heading } from '../parsedSection';
import type { PlacedSection } from '../placedSection';
import { rangeIn } from './requestFiles';
import { SectionLists } from './sectionLists';

/** The requests and variables of a file, for the outline, the breadcrumbs and *Go to Symbol*; and where to fold it. */
export class RequestSymbols implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider {
  readonly #symbols = new SectionLists(symbolsOf);
  readonly #folds = new SectionLists(foldsOf);

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return this.#symbols.of(document);
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return this.#folds.of(document);
  }
}

function symbolsOf(section: PlacedSection): vscode.DocumentSymbol[] {
  const { heading, variables } = section.parsed;
  const symbols = variables.map(variable => variableSymbol(section, variable));
  return heading ? [...symbols, requestSymbol(section, heading)] : symbols;
}

/** The request, and what its body has between brackets. */
function foldsOf(section: PlacedSection): vscode.FoldingRange[] {
  const { heading, text } = section.parsed;
  if (!heading) return [];
  const lineOf = (offset: number) => section.line + section.parsed.placeOf(offset).line;
  const [top, line, last] = [lineOf(heading.top), lineOf(heading.lineEnd), lineOf(heading.end)];
  if (last <= top) return [];
  const inBody = bracketFolds(text.slice(heading.lineEnd, heading.end));
  return [
    new vscode.FoldingRange(top, last, vscode.FoldingRangeKind.Region),
    ...inBody.map(fold => new vscode.FoldingRange(line + fold.first, line + fold.last)),
  ];
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

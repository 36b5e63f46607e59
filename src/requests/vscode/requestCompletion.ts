import * as vscode from 'vscode';
import { completionsAt } from '../language/completion';
import type { Completion, CompletionKind } from '../language/completionItem';
import { parsed, rangeOf } from './requestFiles';
import type { RequestKnowledge } from './requestKnowledge';

/** Completion in request files. It is the one feature that asks the tenant: whoever types wants to know. */
export class RequestCompletion implements vscode.CompletionItemProvider {
  static readonly triggers = ['/', '@', '"', '{', '.', '$', '?', ' '];

  constructor(private readonly knowledge: RequestKnowledge) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[] | vscode.CompletionList> {
    const { version } = document;
    const offset = document.offsetAt(position);
    const knowledge = await this.knowledge.asked(document, offset);
    if (token.isCancellationRequested) return [];
    // The tenant takes its time. What is offered for an older text would be put in the wrong place of this one.
    if (document.version !== version) return new vscode.CompletionList([], true);
    return completionsAt(parsed(document), offset, knowledge).map((completion, at) => itemOf(document, completion, at));
  }
}

function itemOf(
  document: vscode.TextDocument,
  { label, description, kind, insert, range, filter, first }: Completion,
  at: number,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label, ...(description !== undefined && { description }) }, kinds[kind]);
  item.insertText = new vscode.SnippetString(insert);
  // Also where the editor inserts by default: what is taken brings the quotes that stand around the cursor.
  item.range = rangeOf(document, range);
  if (filter !== undefined) item.filterText = filter;
  // The order is the API's and the tenant's, not that of the alphabet.
  item.sortText = `${first ? 0 : 1}${String(at).padStart(5, '0')}`;
  return item;
}

const { CompletionItemKind: Kind } = vscode;
const kinds: Readonly<Record<CompletionKind, vscode.CompletionItemKind>> = {
  method: Kind.Method,
  path: Kind.Function,
  directive: Kind.Keyword,
  header: Kind.Property,
  key: Kind.Property,
  object: Kind.Class,
  field: Kind.Field,
  operator: Kind.Operator,
  value: Kind.EnumMember,
  record: Kind.Reference,
  variable: Kind.Variable,
  snippet: Kind.Snippet,
};

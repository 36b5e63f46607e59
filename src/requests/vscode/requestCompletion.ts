import * as vscode from 'vscode';
import { completionsAt } from '../language/completion';
import type { Span } from '../nodes';
import type { Completion, CompletionKind } from '../language/completionItem';
import { parsed } from './requestFiles';
import type { RequestKnowledge } from './requestKnowledge';

/** Completion in request files. It is the one feature that asks the tenant: whoever types wants to know. */
export class RequestCompletion implements vscode.CompletionItemProvider {
  /** Full-width ones too, as they are typed by mistake. */
  static readonly triggers = ['/', '@', '＠', '"', '“', '{', '.', '$', '?', '？', ' '];

  constructor(private readonly knowledge: RequestKnowledge) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[] | vscode.CompletionList> {
    const { version } = document;
    const file = parsed(document);
    const offset = document.offsetAt(position);
    const knowledge = await this.knowledge.asked(document, offset);
    if (token.isCancellationRequested) return [];
    // The tenant takes its time. The editor itself goes on from there where somebody types on; where the text changed
    // elsewhere, what is offered would be put in the wrong place.
    if (document.version !== version && !isTypedAt(offset, file.text, document.getText())) {
      return new vscode.CompletionList([], true);
    }
    const rangeOf = ({ start, end }: Span) =>
      new vscode.Range(position.translate(0, start - offset), position.translate(0, end - offset));
    return completionsAt(file, offset, knowledge)
      .filter(({ range }) => offset - range.start <= position.character)
      .map((completion, at) => itemOf(rangeOf(completion.range), completion, at));
  }
}

/** Whether a text differs from an older one by what was typed at an offset of that. */
function isTypedAt(offset: number, before: string, after: string): boolean {
  const behind = before.length - offset;
  const typed = after.slice(offset, after.length - behind);
  return after === before.slice(0, offset) + typed + before.slice(offset) && !typed.includes('\n');
}

export function itemOf(
  range: vscode.Range,
  { label, description, unverified, kind, insert, filter, first }: Completion,
  at: number,
): vscode.CompletionItem {
  const beside = [description, unverified && vscode.l10n.t('unverified')].filter(Boolean).join(' · ');
  const item = new vscode.CompletionItem({ label, ...(beside !== '' && { description: beside }) }, kinds[kind]);
  item.insertText = new vscode.SnippetString(insert);
  // Also where the editor inserts by default: what is taken brings the quotes that stand around the cursor.
  item.range = range;
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

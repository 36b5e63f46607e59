import * as vscode from 'vscode';
import { pinyinInitials } from '../../base/pinyin';
import type { OpenRecords } from '../openRecords';
import { recordCompletions, type RecordCompletion } from '../recordCompletions';
import { recordScheme } from '../recordRef';
import { knownRecord, rangeOf } from './recordLanguage';

/** Names of fields and their options while a record is edited. */
export function registerRecordCompletions(records: OpenRecords): vscode.Disposable {
  const provideCompletionItems = (document: vscode.TextDocument, position: vscode.Position) => {
    const open = knownRecord(records, document);
    const completions = open ? recordCompletions(document.getText(), document.offsetAt(position), open) : [];
    return completions.map((completion, index) => itemFor(document, completion, index));
  };
  return vscode.languages.registerCompletionItemProvider(
    { scheme: recordScheme },
    { provideCompletionItems },
    ...['"', ':', ' '],
  );
}

function itemFor(document: vscode.TextDocument, completion: RecordCompletion, index: number): vscode.CompletionItem {
  const item = new vscode.CompletionItem(labelOf(completion), kindOf(completion));
  const { insert } = completion;
  item.insertText = completion.kind === 'option' ? insert : new vscode.SnippetString(insert);
  item.range = rangeOf(document, completion.span);
  // What is typed may be a part of either name or its pinyin initials, behind the quote that the range begins with.
  const { label, description = '' } = labelOf(completion);
  const present = completion.kind === 'option' ? (completion.present ?? '') : '';
  item.filterText = `"${label} ${description} ${pinyinInitials(description)}"${present}`;
  // The tenant's own order means something.
  item.sortText = String(index).padStart(5, '0');
  if (completion.kind === 'field') item.detail = completion.field.type;
  return item;
}

function labelOf(completion: RecordCompletion): vscode.CompletionItemLabel {
  switch (completion.kind) {
    case 'field':
      return { label: completion.field.apiName, description: completion.field.label };
    case 'details':
      return { label: completion.name, description: vscode.l10n.t('Detail records, by the API name of their object') };
    case 'option':
      return { label: completion.value, description: completion.label };
  }
}

function kindOf({ kind }: RecordCompletion): vscode.CompletionItemKind {
  return kind === 'option' ? vscode.CompletionItemKind.EnumMember : vscode.CompletionItemKind.Field;
}

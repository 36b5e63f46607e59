import * as vscode from 'vscode';
import { pinyinInitials } from '../../base/pinyin';
import { detailCandidates, type DetailObjects } from '../detailObjects';
import type { OpenRecords } from '../openRecords';
import {
  detailObjectAt,
  isInDetails,
  recordCompletions,
  type DetailKnowledge,
  type RecordCompletion,
} from '../recordCompletions';
import { recordScheme } from '../recordRef';
import { recordOf } from './recordEditors';
import { knownRecord, rangeOf } from './recordLanguage';

/** Names of fields and their options while a record is edited. */
export function registerRecordCompletions(records: OpenRecords, details: DetailObjects): vscode.Disposable {
  const provideCompletionItems = async (document: vscode.TextDocument, position: vscode.Position) => {
    const open = knownRecord(records, document);
    if (!open) return [];
    const [text, offset] = [document.getText(), document.offsetAt(position)];
    const known = open.isNew ? await knowledgeAt(details, document.uri, text, offset) : undefined;
    const completions = recordCompletions(text, offset, open, known);
    return completions.map((completion, index) => itemFor(document, completion, index));
  };
  return vscode.languages.registerCompletionItemProvider(
    { scheme: recordScheme },
    { provideCompletionItems },
    ...['"', ':', ' '],
  );
}

async function knowledgeAt(
  details: DetailObjects,
  uri: vscode.Uri,
  text: string,
  offset: number,
): Promise<DetailKnowledge | undefined> {
  const master = recordOf(uri);
  if (!master || !isInDetails(text, offset)) return undefined;
  const { connectionId, object } = master;
  const at = detailObjectAt(text, offset);
  if (at !== undefined) return { objects: [], fields: (await details.fields(connectionId, at)) ?? [] };
  const all = await details.list(connectionId);
  return { objects: detailCandidates(object, all, each => details.knownFields(connectionId, each)), fields: [] };
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
  // The tenant's own order means something. Before `$schema`, which the editor offers in any JSON.
  item.sortText = `!${String(index).padStart(5, '0')}`;
  if (completion.kind === 'field') {
    item.detail = completion.field.type;
    if (completion.field.options.length > 0) item.command = offerOptions();
  }
  return item;
}

/** Of the field that has just been taken. */
function offerOptions(): vscode.Command {
  return { command: 'editor.action.triggerSuggest', title: '' };
}

function labelOf(completion: RecordCompletion): vscode.CompletionItemLabel {
  switch (completion.kind) {
    case 'field':
      return { label: completion.field.apiName, description: completion.field.label };
    case 'object':
      return {
        label: completion.name,
        description: [completion.label, ...(completion.unverified ? [vscode.l10n.t('unverified')] : [])].join(' · '),
      };
    case 'details':
      return { label: completion.name, description: vscode.l10n.t('Detail records, by the API name of their object') };
    case 'option':
      return { label: completion.value, description: completion.label };
  }
}

function kindOf({ kind }: RecordCompletion): vscode.CompletionItemKind {
  return kind === 'option' ? vscode.CompletionItemKind.EnumMember : vscode.CompletionItemKind.Field;
}

import * as vscode from 'vscode';
import { isComputed, type Field } from '../../objects/fields';
import { localTime, meaningOf, type Meaning } from '../fieldMeaning';
import type { OpenRecord, OpenRecords } from '../openRecords';
import { placedFields, type PlacedField, type Span } from '../placedFields';
import { isReadOnlyField } from '../recordFields';
import { recordHints } from '../recordHints';
import { recordScheme } from '../recordRef';
import { recordOf } from './recordDocuments';

const selector: vscode.DocumentSelector = { scheme: recordScheme };
/** A record is smaller; what is larger would be parsed with every key. */
const longest = 1_000_000;

/** What the editor says about the fields of a record. Nothing here asks the tenant: what is known was read with it. */
export function registerRecordLanguage(records: OpenRecords): vscode.Disposable {
  const known = (document: vscode.TextDocument) => {
    const ref = recordOf(document.uri);
    return ref && document.getText().length <= longest ? records.known(ref) : undefined;
  };
  return vscode.Disposable.from(
    vscode.languages.registerInlayHintsProvider(selector, {
      provideInlayHints: (document, range) => {
        const open = known(document);
        return open && hintsIn(document, range, open);
      },
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, position) => {
        const open = known(document);
        return open && hoverAt(document, document.offsetAt(position), open);
      },
    }),
  );
}

function hintsIn(document: vscode.TextDocument, range: vscode.Range, open: OpenRecord): vscode.InlayHint[] {
  return recordHints(document.getText(), open).flatMap(({ offset, label, meaning }) => {
    const position = document.positionAt(offset);
    if (!range.contains(position)) return [];
    const hint = new vscode.InlayHint(position, hintText(label, meaning));
    hint.paddingLeft = true;
    return [hint];
  });
}

function hintText(label: string | undefined, meaning: Meaning | undefined): string {
  const said = meaning && meaningText(meaning);
  if (label === undefined || said === undefined) return label ?? said ?? '';
  return vscode.l10n.t('{0}: {1}', label, said);
}

function meaningText(meaning: Meaning): string {
  return meaning.kind === 'time' ? localTime(meaning.at, meaning.isDate) : meaning.text;
}

function hoverAt(document: vscode.TextDocument, offset: number, open: OpenRecord): vscode.Hover | undefined {
  const placed = placedFields(document.getText()).find(({ key, value }) => isIn(key, offset) || isIn(value, offset));
  const field = open.fields?.find(({ apiName }) => apiName === placed?.name);
  if (!placed || !field) return undefined;
  const { start, end } = isIn(placed.key, offset) ? placed.key : (placed.value ?? placed.key);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  return new vscode.Hover(fieldText(field, placed, open), range);
}

function fieldText(field: Field, { name, value }: PlacedField, { record }: OpenRecord): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**').appendText(field.label).appendMarkdown(`** \`${name}\`\n\n`);
  const traits = [
    field.target === undefined ? `\`${field.type}\`` : `\`${field.type}\` → \`${field.target}\``,
    field.required ? vscode.l10n.t('required') : undefined,
    isReadOnlyField(name) || isComputed(field) ? vscode.l10n.t('read-only') : undefined,
  ];
  text.appendMarkdown(traits.filter(trait => trait !== undefined).join(' · '));
  const meaning = meaningOf(name, value?.json, field, record);
  if (meaning) text.appendMarkdown('\n\n').appendText(meaningText(meaning));
  const shown = field.options.slice(0, 30);
  if (shown.length > 0) text.appendMarkdown('\n\n');
  for (const option of shown) text.appendMarkdown(`- \`${option.value}\` `).appendText(`${option.label}\n`);
  if (field.options.length > shown.length) text.appendMarkdown('- …');
  return text;
}

function isIn(span: Span | undefined, offset: number): boolean {
  return span !== undefined && span.start <= offset && offset <= span.end;
}

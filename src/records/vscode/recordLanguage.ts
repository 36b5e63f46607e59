import * as vscode from 'vscode';
import type { Field } from '../../objects/fields';
import { localTime, meaningOf, type Meaning, type NameOf } from '../fieldMeaning';
import type { OpenRecord, OpenRecords } from '../openRecords';
import type { PointedNames } from '../pointedNames';
import { placedFields, type PlacedField, type Span } from '../placedFields';
import { readOnlyIn } from '../recordFields';
import { recordHints } from '../recordHints';
import { recordLinks } from '../recordLinks';
import { recordScheme, recordUri } from '../recordRef';
import { recordOf } from './recordEditors';

const selector: vscode.DocumentSelector = { scheme: recordScheme };
/** A record is smaller; what is larger would be parsed with every key. */
const longest = 1_000_000;

/**
 * What the editor says about the fields of a record. What was read with it is enough; only the names of what a person
 * has it point to anew are asked for.
 */
export function registerRecordLanguage(records: OpenRecords, names: PointedNames): vscode.Disposable {
  const namesFor =
    ({ uri }: vscode.TextDocument): NameOf =>
    pointer =>
      names.of(uri.authority, pointer);
  const learned = new vscode.EventEmitter<void>();
  const known = (document: vscode.TextDocument) => knownRecord(records, document);
  return vscode.Disposable.from(
    learned,
    names.onDidLearn(() => learned.fire()),
    vscode.languages.registerInlayHintsProvider(selector, {
      onDidChangeInlayHints: learned.event,
      provideInlayHints: (document, range) => {
        const open = known(document);
        return open && hintsIn(document, range, open, namesFor(document));
      },
    }),
    vscode.languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: document => {
        const open = known(document);
        return open && linksIn(document, open);
      },
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, position) => {
        const open = known(document);
        return open && hoverAt(document, document.offsetAt(position), open, namesFor(document));
      },
    }),
  );
}

/** What was read of the record that a document shows. */
export function knownRecord(records: OpenRecords, document: vscode.TextDocument): OpenRecord | undefined {
  const ref = recordOf(document.uri);
  return ref && document.getText().length <= longest ? records.known(ref) : undefined;
}

function hintsIn(
  document: vscode.TextDocument,
  range: vscode.Range,
  open: OpenRecord,
  nameOf: NameOf,
): vscode.InlayHint[] {
  return recordHints(document.getText(), open, nameOf).flatMap(({ offset, label, meaning }) => {
    const position = document.positionAt(offset);
    if (!range.contains(position)) return [];
    const hint = new vscode.InlayHint(position, hintText(label, meaning));
    hint.paddingLeft = true;
    return [hint];
  });
}

/** Each look-up leads to the record it points to, in the same tenant. */
function linksIn(document: vscode.TextDocument, open: OpenRecord): vscode.DocumentLink[] {
  return recordLinks(document.getText(), open).map(({ start, end, object, id, name }) => {
    const target = vscode.Uri.from(recordUri({ connectionId: document.uri.authority, object, id }));
    const link = new vscode.DocumentLink(rangeOf(document, { start, end }), target);
    link.tooltip = vscode.l10n.t('Open {0}', name ?? id);
    return link;
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

function hoverAt(
  document: vscode.TextDocument,
  offset: number,
  open: OpenRecord,
  nameOf: NameOf,
): vscode.Hover | undefined {
  const placed = placedFields(document.getText()).find(({ key, value }) => isIn(key, offset) || isIn(value, offset));
  const field = open.fields?.find(({ apiName }) => apiName === placed?.name);
  if (!placed || !field) return undefined;
  const span = isIn(placed.key, offset) ? placed.key : (placed.value ?? placed.key);
  return new vscode.Hover(fieldText(field, placed, open, nameOf), rangeOf(document, span));
}

function fieldText(
  field: Field,
  { name, value }: PlacedField,
  { record, isNew }: OpenRecord,
  nameOf: NameOf,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**').appendText(field.label).appendMarkdown(`** \`${name}\`\n\n`);
  const traits = [
    field.target === undefined ? `\`${field.type}\`` : `\`${field.type}\` → \`${field.target}\``,
    field.required ? vscode.l10n.t('required') : undefined,
    readOnlyIn([field], isNew)(name) ? vscode.l10n.t('read-only') : undefined,
  ];
  text.appendMarkdown(traits.filter(trait => trait !== undefined).join(' · '));
  const meaning = meaningOf(name, value?.json, field, record, nameOf);
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

export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

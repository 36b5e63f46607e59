import * as vscode from 'vscode';
import { endpointGroups, nameIn, type Endpoint } from '../../api/endpoints';
import { displayLanguage } from '../../base/vscode/settings';
import type { Field } from '../../objects/fields';
import { hoverAt, type Subject } from '../language/hover';
import { problemSentence } from './problemSentences';
import { parsed, rangeOf } from './requestFiles';
import type { RequestKnowledge } from './requestKnowledge';

/** As much of a value as anybody reads in a hover. */
const longest = 4000;

/** Says what the thing under the pointer is, as far as it is known without asking. */
export class RequestHover implements vscode.HoverProvider {
  /** `clean` takes secrets out of what is shown. */
  constructor(
    private readonly knowledge: RequestKnowledge,
    private readonly clean: (text: string) => string,
  ) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const { version } = document;
    const offset = document.offsetAt(position);
    const knowledge = await this.knowledge.at(document, offset);
    if (document.version !== version) return undefined;
    const hover = hoverAt(parsed(document), offset, knowledge);
    return hover && new vscode.Hover(markdownOf(hover, this.clean), rangeOf(document, hover));
  }
}

function markdownOf(subject: Subject, clean: (text: string) => string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  for (const line of linesOf(subject)) markdown.appendText(line).appendMarkdown('\n\n');
  if (subject.about === 'variable') markdown.appendCodeblock(shortened(clean(subject.value)), 'json');
  return markdown;
}

function linesOf(subject: Subject): string[] {
  switch (subject.about) {
    case 'endpoint':
      return endpointLines(subject.endpoint);
    case 'object': {
      const { apiName, label, englishName, unverified } = subject.object;
      const names = [label, englishName].filter(name => name !== undefined).join(' · ');
      return [
        `${names} (${apiName})`,
        ...(unverified ? [vscode.l10n.t('Not documented: the name was built by a pattern.')] : []),
      ];
    }
    case 'field':
      return fieldLines(subject.field);
    case 'option':
      return [`${subject.value}: ${subject.label}`, `${subject.field.label} (${subject.field.apiName})`];
    case 'operator':
      return [`${subject.name}: ${subject.meaning[displayLanguage()]}`];
    case 'record':
      return [subject.name, subject.id];
    case 'variable':
      return [subject.name];
    case 'problem':
      return [problemSentence(subject.problem)];
    case 'builtin':
      return [builtinSentence(subject)];
  }
}

function builtinSentence({ name, argument }: Subject & { about: 'builtin' }): string {
  switch (name) {
    case 'uuid':
      return vscode.l10n.t('A new UUID each time the request is sent.');
    case 'timestamp':
      return vscode.l10n.t('The time of sending in milliseconds since 1970, as the CRM keeps times.');
    case 'now':
      return vscode.l10n.t('The time of sending, such as 2026-01-31T08:00:00.000Z.');
    case 'env':
      return vscode.l10n.t('The environment variable {0} of the editor. Its value is not shown.', argument);
    case 'prompt':
      return vscode.l10n.t('Asked when the request is sent: {0}', argument);
    case 'secret':
      return vscode.l10n.t(
        'The secret {0} from the editor’s secret storage, asked for once. It is never shown.',
        argument,
      );
  }
}

/** A whole answer may stand behind a name. */
function shortened(value: string): string {
  return value.length > longest ? `${value.slice(0, longest)}\n…` : value;
}

function endpointLines(endpoint: Endpoint): string[] {
  const { group, effect, age, status } = endpoint;
  return [
    [endpoint, endpointGroups[group]].map(each => nameIn(displayLanguage(), each)).join(' · '),
    effect === 'write'
      ? vscode.l10n.t('Changes data: a production tenant asks first, a read-only one refuses.')
      : vscode.l10n.t('Reads only.'),
    ...(age === undefined ? [] : [vscode.l10n.t('An old call: prefer the current one where there is one.')]),
    ...(status === 'confirmed' ? [] : [vscode.l10n.t('Its documentation is thin or contradicts itself.')]),
  ];
}

function fieldLines({ apiName, label, type, required, options, target }: Field): string[] {
  const facts = [
    type,
    ...(required ? [vscode.l10n.t('required')] : []),
    ...(target === undefined ? [] : [`→ ${target}`]),
  ];
  const shown = options.slice(0, 20).map(({ value, label: name }) => `${value}: ${name}`);
  return [
    `${label} (${apiName})`,
    facts.join(' · '),
    ...(shown.length > 0 ? [shown.join(', ') + (options.length > 20 ? ' …' : '')] : []),
  ];
}

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from './playwright';
import { addPseudoLanguage, outsideOfBrackets, pseudoLanguage, saidBy } from './pseudoLanguage';
import { useWorkbench } from './workbench';

const projectFolder = path.resolve(__dirname, '../../..');

/** What is the same in every language: data of the tenant, names of the API, what the editor says itself. */
const same: readonly RegExp[] = [
  /^Welcome$|^Progress$|\bActions for\b|\bCancel\b|^Warning$|^Close Dialog$/g,
  /traceId E-O\.[\w.-]+|thirdTraceId [0-9a-f-]{36}|\d kB/g,
  /\w+Obj\b|\w+__c\b/g,
  /\/[0-9a-f]{24}/g,
  /\b(JSON|API|ID|CRM|OpenAPI|cURL|traceId|thirdTraceId|errorCode|POST|ms|KB|Fxiaoke)\b/g,
  /\/cgi\/[\w/]+/g,
];

/** What the editor says itself of any input. */
const editorsInput = /\(Press 'Enter' to confirm or 'Escape' to cancel\)|Press 'Enter'.*'Escape' to cancel/g;

/** Walks through what a person meets. Words outside of brackets are words that no translator was given. */
describe('in a pseudo-language', () => {
  const workbench = useWorkbench({
    folder: 'test/ui/workspace',
    displayLanguage: pseudoLanguage,
    viewport: { width: 1400, height: 900 },
    prepare: extension => addPseudoLanguage(extension, projectFolder),
  });
  const page = () => workbench().page;
  const named = new Set(objectNames());

  /** Fails with all words that are not localized, but for what the caller knows as data. */
  async function expectLocalized(shown: Locator, ...data: readonly RegExp[]): Promise<void> {
    await shown.first().waitFor();
    const words = (await saidBy(shown)).flatMap(text => {
      let rest = outsideOfBrackets(text);
      for (const known of [...data, ...same]) rest = rest.replaceAll(known, ' ');
      for (const name of named) rest = rest.replaceAll(name, ' ');
      return (rest.match(/[A-Za-z]{2,}/g) ?? []).length > 0 ? [`${text}  →  ${rest.trim()}`] : [];
    });
    assert.deepEqual(words, []);
  }

  const rows = (view: string) => workbench().view(view).locator('.monaco-list-row');
  const quickInput = () => workbench().quickInput();

  afterEach(() => page().keyboard.press('Escape'));

  it('welcomes', async () => {
    await workbench().openContainer('⟦Fxiaoke CRM⟧');
    await expectLocalized(page().locator('.sidebar .welcome-view-content'));
    await workbench().shot('70-pseudo-welcome');
  });

  it('shows the views and their menus', async () => {
    await page().locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().row('Customers & leads').waitFor({ timeout: 30_000 });
    await workbench().expand('Customers & leads');
    await workbench().expand('AccountObj');
    await page().locator('.sidebar .monaco-list-row[aria-level="4"]').first().waitFor();
    await expectLocalized(rows('⟦Connections⟧'));
    await expectLocalized(rows('⟦Objects⟧').filter({ hasText: /⟦|Obj|&/ }));
    for (const target of [
      workbench().row('AccountObj'),
      page().locator('.sidebar .monaco-list-row[aria-level="4"]').first(),
    ]) {
      await target.click({ button: 'right' });
      await expectLocalized(workbench().menu());
      await page().keyboard.press('Escape');
      await workbench().menu().first().waitFor({ state: 'hidden' });
    }
    await workbench().shot('71-pseudo-tree');
  });

  it('asks for a connection, and for a filter', async () => {
    await workbench().command('⟦Add Connection…⟧');
    // The clouds are named in English and Chinese, as objects are.
    await workbench().quickPickRow('⟦Another host').waitFor();
    await expectLocalized(workbench().quickPickRow('⟦Another host'));
    await workbench().pick('⟦Another host');
    await expectLocalized(quickInput(), editorsInput, /https?:\/\/[\w.:]+/g);
    await page().keyboard.press('Escape');
    await workbench().contextMenu(workbench().row('⟦Records⟧'), '⟦');
    await quickInput().locator('.monaco-list-row').first().waitFor();
    await expectLocalized(quickInput().locator('.quick-input-title, .quick-input-message'));
    await page().keyboard.press('Escape');
  });

  it('asks before a write, and says what came of it', async () => {
    const record = page().locator('.sidebar .monaco-list-row[aria-level="4"]').nth(1);
    await workbench().contextMenu(record, '⟦Invalidate⟧');
    await expectLocalized(page().locator('.monaco-dialog-box'));
    await workbench().shot('72-pseudo-question');
    await page().locator('.monaco-dialog-box').getByRole('button').first().click();
    await expectLocalized(page().locator('.statusbar-item[id^="crm-devkit"]'));
  });

  it('speaks about a record', async () => {
    await page().locator('.sidebar .monaco-list-row[aria-level="4"]').nth(2).click();
    await workbench().editorShows('"_id"');
    const field = page().locator('.view-line span span', { hasText: '"account_level"' }).last();
    const hover = await workbench().hoverOf(field, 'select_one');
    await expectLocalized(hover, /account_level|select_one|\bCopy\b/g);
    await workbench().shot('73-pseudo-record');
  });

  it('speaks about a request, its problems and its response', async () => {
    await workbench().openContainer('Explorer');
    await workbench().row('customers.fxhttp').click();
    await workbench().editorShows('Customers that matter');
    await expectLocalized(page().locator('.codelens-decoration'));
    await workbench().codeLens('⟦Send⟧').click();
    await page().locator('.codelens-decoration', { hasText: 'traceId' }).waitFor();
    await expectLocalized(page().locator('.codelens-decoration'));
    await workbench().shot('74-pseudo-request');
  });

  it('keeps a history', async () => {
    await workbench().openContainer('⟦Fxiaoke CRM⟧');
    await workbench().view('⟦History⟧').locator('.pane-header').click();
    await expectLocalized(rows('⟦History⟧'), /Customers that matter/g);
    await workbench().shot('75-pseudo-history');
  });
});

/** The published menu names objects and groups in English and Chinese, no other language. */
function objectNames(): string[] {
  const text = fs.readFileSync(path.join(projectFolder, 'src/objects/catalogue.json'), 'utf8');
  return [...text.matchAll(/"(?:en|group)": "([^"]+)"/g)].map(match => match[1] ?? '');
}

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { addConnection, startTenant, type Login } from './tenants';
import { useWorkbench } from './workbench';

/** What a person does in the tree with the mouse held down, and without a mouse. */
describe('the tree by hand', () => {
  const workbench = useWorkbench({
    folder: 'test/ui/workspace',
    viewport: { width: 1280, height: 900 },
    settings: { 'fxiaoke.openResponses': 'never' },
  });
  const press = (key: string) => workbench().page.keyboard.press(key);
  const rows = (label: string) => workbench().page.locator(`.sidebar .monaco-list-row[aria-label^="${label}"]`);
  const focused = () => workbench().page.locator('.sidebar .monaco-list-row.focused');
  const selected = () => workbench().page.locator('.sidebar .monaco-list-row.selected[aria-label^="record "]');

  it('opens a record by keys alone', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await workbench().page.locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().row('Customers & leads').waitFor({ timeout: 30_000 });
    // A button of the title is about no row, and there is none in focus.
    await workbench().view('Objects').locator('.pane-header').hover();
    await workbench().view('Objects').locator('.pane-header .action-label[aria-label^="Filter"]').click();
    await workbench().quickInput().waitFor();
    await press('Escape');
    await workbench().command('Fxiaoke CRM: Focus on Objects View');
    // The first keys may come before the palette has given the focus to the tree.
    for (let attempt = 1; !(await rows('object Account, AccountObj').isVisible()); attempt++) {
      assert.ok(attempt < 10, 'The group was to be expanded');
      for (const key of ['Home', 'ArrowRight']) await press(key);
      await workbench().page.waitForTimeout(500);
    }
    for (let n = 0; !((await focused().getAttribute('aria-label')) ?? '').startsWith('object Account,'); n++) {
      assert.ok(n < 20, 'The object was to come into focus');
      await press('ArrowDown');
    }
    await press('ArrowRight');
    await rows('record ').first().waitFor({ timeout: 30_000 });
    await press('ArrowDown');
    await press('ArrowDown');
    const label = (await focused().getAttribute('aria-label')) ?? '';
    assert.match(label, /^record ./);
    await press('F2');
    await press('Enter');
    await workbench().editorShows('"_id"');
    await workbench().editorShows(label.replace(/^record ([^,]*).*/, '"name": "$1'));
    await workbench().shot('50-keys');
    await workbench().closeEditors();
  });

  it('puts the id of a dragged record into an editor, and the name of a dragged field', async () => {
    await workbench().command('File: New Untitled Text File');
    const editor = workbench().page.locator('.editor-group-container.active .monaco-editor .view-lines').first();
    await editor.waitFor();
    await workbench().drag(rows('record ').first(), editor, 'Shift');
    await workbench().editorShows(/^[0-9a-f]{24}$/);
    await workbench().row('Records').click();
    await press('ArrowLeft');
    await workbench().expand('Fields');
    await workbench().drag(rows('field account_no').first(), editor, 'Shift');
    await workbench().editorShows('account_no');
    await workbench().shot('51-dragged');
    await workbench().row('Fields').locator('.monaco-tl-twistie').click();
    await workbench().expand('Records');
    await rows('record ').first().waitFor();
  });

  it('does nothing at the delete key where no record is selected', async () => {
    await workbench().row('Records').click();
    await press('Delete');
    await workbench().page.waitForTimeout(1000);
    assert.equal(await workbench().quickInput().isVisible(), false);
    assert.equal(await workbench().dialog(/./).count(), 0);
    await press('ArrowRight');
  });

  it('copies the ids of all that are selected', async () => {
    // Without opening any.
    await rows('record ')
      .nth(0)
      .click({ modifiers: ['Control'] });
    await rows('record ')
      .nth(1)
      .click({ modifiers: ['Control'] });
    await press('Control+C');
    await workbench().page.locator('.editor-group-container.active .view-lines').first().click();
    await press('Control+A');
    await press('Control+V');
    await workbench().editorShows(/^[0-9a-f]{24}\n[0-9a-f]{24}$/);
  });

  it('invalidates all that are selected with the delete key, after one question', async () => {
    await workbench().command('Fxiaoke CRM: Focus on Objects View');
    assert.equal(await selected().count(), 2);
    const labels = await Promise.all([0, 1].map(at => selected().nth(at).getAttribute('aria-label')));
    await press('Delete');
    await workbench().dialog('Invalidate 2 records of AccountObj (Account) in Sandbox (development)?').waitFor();
    await workbench().shot('52-delete-key');
    await workbench().dialogButton('Invalidate 2 records', 'Invalidate');
    await workbench().statusItem('Invalidated 2 records').waitFor();
    for (const label of labels) await rows(label ?? '').waitFor({ state: 'detached' });
  });

  it('shows what meets a condition that is put together from quick picks', async () => {
    await workbench().contextMenu(workbench().row('Records'), 'Filter Records');
    await workbench().quickInputBox().fill('account_level');
    await workbench().pick('account_level');
    await workbench().pick('EQ');
    await workbench().shot('53-filter-value');
    await press('Enter');
    await workbench().pick('Show the Records');
    await rows('filter 客户级别 = 重要客户').waitFor();
    await workbench().row('Records').locator('.monaco-tl-twistie').click();
    await rows('record ').first().waitFor();
    await workbench().shot('54-filter');
    await rows('record ').nth(1).dblclick();
    await workbench().editorShows('"account_level": "1"');
    await workbench().closeEditors();
  });
});

describe('a production tenant by hand', () => {
  const workbench = useWorkbench({
    viewport: { width: 1280, height: 900 },
    settings: { 'fxiaoke.openResponses': 'never' },
  });
  const rows = (label: string) => workbench().page.locator(`.sidebar .monaco-list-row[aria-label^="${label}"]`);
  let tenant: ChildProcess;
  let login: Login;

  before(async () => {
    ({ login, process: tenant } = await startTenant());
  });
  after(() => tenant.kill());

  it('is dragged to the top of the connections', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await workbench().page.locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().statusItem('Sandbox').waitFor({ timeout: 30_000 });
    await addConnection(workbench(), login, 'Acme', 'production');
    const connections = workbench().view('Connections');
    const names = () => connections.locator('.monaco-list-row .label-name').allInnerTexts();
    await workbench().row('Acme', connections).waitFor();
    assert.deepEqual(await names(), ['Sandbox', 'Acme']);
    await workbench().drag(workbench().row('Acme', connections), workbench().row('Sandbox', connections));
    for (let n = 0; (await names())[0] !== 'Acme' && n < 50; n++) await workbench().page.waitForTimeout(100);
    assert.deepEqual(await names(), ['Acme', 'Sandbox']);
    await workbench().shot('55-order');
  });

  it('is asked of by its name before anything is deleted from it', async () => {
    await workbench().expand('Customers & leads');
    await rows('object Account, AccountObj').locator('.monaco-tl-twistie').click();
    await workbench().row('Records').locator('.monaco-tl-twistie').click();
    await workbench().expand('Recycle bin');
    const first = workbench().page.locator('.sidebar .monaco-list-row[aria-label*=", invalidated"]').first();
    await first.waitFor();
    const label = (await first.getAttribute('aria-label')) ?? '';
    const question = /Delete 1 record of AccountObj \(Account\) from Acme \(production\)\?/;
    await first.click({ modifiers: ['Control'] });
    const ask = async () => {
      await workbench().page.keyboard.press('Delete');
      await workbench().quickInput().filter({ hasText: question }).waitFor();
    };
    await ask();
    await workbench().quickInputBox().fill('acme');
    await workbench().quickInput().filter({ hasText: 'This is not Acme' }).waitFor();
    await workbench().shot('56-production-delete');
    await workbench().page.keyboard.press('Escape');
    assert.equal(await rows(label).count(), 1);
    await ask();
    await workbench().quickInputBox().fill('Acme');
    await workbench().page.keyboard.press('Enter');
    await workbench().statusItem('Deleted 1 record in Acme').waitFor();
    await rows(label).waitFor({ state: 'detached' });
  });
});

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { setFaults } from '../support/faults';
import { addConnection, startTenant, type Login } from './tenants';
import { useWorkbench } from './workbench';

/** The buttons of messages, and what else is offered for what went wrong. */
for (const { name, theme, width } of [
  { name: 'contrast-light', theme: 'Default High Contrast Light', width: 1024 },
  { name: 'dark', theme: 'Default Dark Modern', width: 1280 },
] as const) {
  describe(`what a message offers, ${name}`, () => {
    const workbench = useWorkbench({
      theme,
      viewport: { width, height: 768 },
      settings: { 'fxiaoke.openResponses': 'never' },
    });
    let tenant: ChildProcess;
    let login: Login;

    before(async () => {
      ({ login, process: tenant } = await startTenant());
    });
    afterEach(() => setFaults(login));
    after(() => tenant.kill());

    const page = () => workbench().page;
    const shot = (what: string) => workbench().shot(`${what}-${name}`);
    const records = () => page().locator('.sidebar .monaco-list-row[aria-label^="record "]');
    const line = (text: string) =>
      page().locator('.editor-group-container.active .view-line', { hasText: text }).first();
    const dirtyTab = () => page().locator('.tabs-container .tab.dirty');
    /** Types at the end of the value of the name. */
    const typeInName = async (text: string) => {
      await line('"name"').click();
      for (const key of ['End', 'ArrowLeft', 'ArrowLeft']) await page().keyboard.press(key);
      await page().keyboard.type(text);
      await dirtyTab().waitFor();
    };

    it('compares or discards unsaved changes when a record is refreshed', async () => {
      await workbench().openContainer('Fxiaoke CRM');
      await workbench().page.locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).waitFor();
      await addConnection(workbench(), login, 'Acme');
      await workbench().expand('Customers & leads');
      await page()
        .locator('.sidebar .monaco-list-row[aria-label^="object Account, AccountObj"] .monaco-tl-twistie')
        .click();
      await records().first().waitFor({ timeout: 30_000 });
      await shot('80-tree');
      await records().first().dblclick();
      await workbench().editorShows('"_id"');
      await typeInName(' mine');
      await workbench().editorAction('Refresh').click();
      const question = 'has changes that are not saved. They stay as they are.';
      await workbench().toast(question).waitFor();
      await shot('81-held-back');
      await workbench().toastButton(question, 'Compare');
      await workbench().activeTab('yours, not saved').waitFor();
      await page().locator('.editor.modified .view-line', { hasText: ' mine' }).first().waitFor();
      await shot('82-held-back-compared');
      await workbench().command('View: Close Editor');
      await workbench().activeTab('.json').waitFor();
      await workbench().editorAction('Refresh').click();
      await workbench().toastButton(question, 'Discard Changes');
      await dirtyTab().waitFor({ state: 'detached' });
      assert.doesNotMatch(await workbench().editorText(), / mine"/);
    });

    it('changes the owner instead, where a text names another one', async () => {
      await page().keyboard.press('Control+F');
      await page().keyboard.type('"owner": [');
      await page().keyboard.press('Escape');
      const former = /"owner": \[[^"]*"(\d+)"/.exec(await workbench().editorText())?.[1];
      const other = former === '1003' ? '1004' : '1003';
      // To the line of the owner, and over the digits.
      for (const key of ['ArrowRight', 'ArrowDown', 'End', 'ArrowLeft', 'Control+Shift+ArrowLeft'])
        await page().keyboard.press(key);
      await page().keyboard.type(other);
      await page().keyboard.press('Escape');
      const fix = page()
        .locator('.action-widget .monaco-list-row')
        .filter({ hasText: `Change the owner to ${other}` });
      for (let attempt = 1; !(await fix.isVisible()); attempt++) {
        assert.ok(attempt < 6, 'The fix was to be offered');
        await page().keyboard.press('Control+.');
        await fix.waitFor({ timeout: 2000 }).catch(() => page().keyboard.press('Escape'));
      }
      await shot('83-owner');
      await fix.click();
      await workbench().statusItem('Changed the owner of 1 record').waitFor();
      await dirtyTab().waitFor({ state: 'detached' });
      await workbench().editorShows(new RegExp(`"owner": \\[[^"]*"${other}"`));
    });

    it('opens the results of many where some failed', async () => {
      await workbench().closeEditors();
      await records()
        .nth(1)
        .click({ modifiers: ['Control'] });
      await records()
        .nth(2)
        .click({ modifiers: ['Control'] });
      await records()
        .nth(3)
        .click({ modifiers: ['Control'] });
      await setFaults(login, 'data/invalid:32000@1');
      await page().keyboard.press('Delete');
      await workbench()
        .dialog(/Invalidate \d records/)
        .waitFor();
      await shot('84-question');
      await workbench().dialogButton(/Invalidate \d records/, 'Invalidate');
      assert.match(
        await workbench()
          .toast(/\d failed/)
          .innerText(),
        /The first: \p{Script=Han}.*: 32000 /u,
      );
      await shot('85-failed');
      await workbench().toastButton(/\d failed/, 'Show Results');
      await workbench().activeTab('invalidate AccountObj').waitFor();
      await workbench().editorShows('"succeeded"');
      await shot('86-results');
    });

    it('opens the record that was created, where it could not be opened at once', async () => {
      await workbench().closeEditors();
      await workbench().contextMenu(
        page().locator('.sidebar .monaco-list-row[aria-label^="object Account"]'),
        'New Record',
      );
      await workbench().editorShows('"name"');
      await page().keyboard.type('Opened later');
      await shot('87-new');
      await setFaults(login, 'data/get:32000*');
      await page().keyboard.press('Control+S');
      const sentence = await workbench().toast('but it could not be opened').innerText();
      assert.match(sentence, /but it could not be opened: 32000 /);
      assert.equal(await page().locator('.notification-toast').count(), 1);
      await shot('88-not-opened');
      await setFaults(login);
      await workbench().toastButton('but it could not be opened', 'Open Record');
      await workbench()
        .activeTab(/^[0-9a-f]{24}\.json/)
        .waitFor();
      await workbench().editorShows('"Opened later"');
      await shot('89-opened');
    });

    it('moves a connection up and down', async () => {
      await workbench().command('Fxiaoke: Start Local Sandbox');
      await workbench().statusItem('Sandbox').waitFor({ timeout: 30_000 });
      const connections = workbench().view('Connections');
      const names = () => connections.locator('.monaco-list-row .label-name').allInnerTexts();
      const until = async (expected: string[]) => {
        for (let n = 0; (await names()).join() !== expected.join() && n < 50; n++) await page().waitForTimeout(100);
        assert.deepEqual(await names(), expected);
      };
      await until(['Acme', 'Sandbox']);
      await workbench().contextMenu(workbench().row('Sandbox', connections), 'Move Up');
      await until(['Sandbox', 'Acme']);
      await workbench().contextMenu(workbench().row('Sandbox', connections), 'Move Down');
      await until(['Acme', 'Sandbox']);
      await shot('90-moved');
    });
  });
}

import assert from 'node:assert/strict';
import { useWorkbench } from './workbench';

const looks = [
  { name: 'light', theme: 'Default Light Modern', width: 1280 },
  { name: 'dark', theme: 'Default Dark Modern', width: 1024 },
  { name: 'contrast', theme: 'Default High Contrast', width: 1024 },
] as const;

/** What can be done with the record in the editor, by the buttons and the menu of its title. */
for (const { name, theme, width } of looks) {
  describe(`the title of a record, ${name}`, () => {
    const workbench = useWorkbench({
      theme,
      viewport: { width, height: 768 },
      settings: { 'fxiaoke.openResponses': 'never' },
    });
    const shot = (what: string) => workbench().shot(`${what}-${name}`);
    const menu = () => workbench().menu();
    const openMenu = async () => {
      await workbench().editorAction('More Actions').click();
      await menu().first().waitFor();
    };
    const entries = async (what: string) => {
      await openMenu();
      await shot(what);
      const texts = (await menu().allInnerTexts()).map(text => text.trim()).filter(text => text !== '');
      await workbench().page.keyboard.press('Escape');
      await menu().first().waitFor({ state: 'hidden' });
      return texts;
    };
    const choose = async (entry: string) => {
      await openMenu();
      await workbench().menuEntry(entry);
    };
    const writes = ['Change Owner…', 'Lock', 'Unlock', 'Invalidate', 'Recover', 'Delete', 'Clone Record'];
    const inForce = ['Change Owner…', 'Lock', 'Invalidate', 'Clone Record'];
    const offered = (texts: readonly string[]) => writes.filter(write => texts.includes(write));

    const untilOffered = async (entry: string, what: string, expected: readonly string[]) => {
      let texts = await entries(what);
      for (let n = 0; n < 20 && !texts.includes(entry); n++) texts = await entries(what);
      assert.deepEqual(offered(texts), expected);
    };

    it('has what is used most, and the rest in groups of a menu', async () => {
      await workbench().openContainer('Fxiaoke CRM');
      await workbench().page.locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
      await workbench().expand('Customers & leads');
      await workbench().expand(/^Account/);
      const record = workbench().page.locator('.sidebar .monaco-list-row[aria-label^="record "]').nth(1);
      await record.waitFor({ timeout: 30_000 });
      await record.dblclick();
      await workbench().editorShows('"_id"');
      await workbench().editorAction('Refresh').waitFor();
      await workbench().editorAction('Compare with the Last Read State').waitFor();
      const texts = await entries('60-title');
      // Nothing that cannot be done: what is in force is invalidated before it is deleted.
      assert.deepEqual(offered(texts), inForce);
      for (const entry of ['Show Raw Response', 'Reveal in Tree', 'Copy as Request', 'Copy as cURL', 'Compare with'])
        assert.ok(
          texts.some(text => text.startsWith(entry)),
          entry,
        );
    });

    it('reads the record, and takes it elsewhere', async () => {
      await workbench().editorAction('Refresh').click();
      await shot('61-refreshed');
      await choose('Copy as cURL');
      await workbench().statusItem('cURL').waitFor();
      await choose('Copy as Request');
      await workbench().statusItem('Copied the request').waitFor();
      await choose('Show Raw Response');
      await workbench().activeTab('get AccountObj').waitFor();
      await shot('62-raw');
      await workbench().tab('.json').click();
      await choose('Reveal in Tree');
      await workbench().page.locator('.sidebar .monaco-list-row.selected[aria-label^="record "]').waitFor();
      await shot('63-revealed');
    });

    it('locks and unlocks, invalidates and recovers the record', async () => {
      await workbench().tab('.json').click();
      await choose('Lock');
      await workbench().statusItem('Locked 1 record').waitFor();
      await untilOffered('Unlock', '64-locked', ['Change Owner…', 'Unlock', 'Invalidate', 'Clone Record']);
      await choose('Unlock');
      await workbench().statusItem('Unlocked 1 record').waitFor();
      await untilOffered('Lock', '64-unlocked', inForce);
      await choose('Invalidate');
      await workbench().dialogButton('Invalidate 1 record', 'Invalidate');
      await workbench().statusItem('Invalidated 1 record').waitFor();
      // The document is read anew.
      await untilOffered('Recover', '65-invalid', ['Recover', 'Delete', 'Clone Record']);
      await choose('Recover');
      await workbench().statusItem('Recovered 1 record').waitFor();
      await untilOffered('Invalidate', '65-recovered', inForce);
    });

    it('offers no writes where the tenant is read-only', async () => {
      await workbench().command('Fxiaoke: Edit Connection');
      await workbench().pick('Sandbox');
      await workbench().pick('Role');
      await workbench().pick('read-only');
      await workbench().statusItem('Sandbox').locator('.codicon-lock').waitFor();
      await workbench().tab('.json').click();
      assert.deepEqual(offered(await entries('66-read-only')), []);
      const record = workbench().page.locator('.sidebar .monaco-list-row[aria-label^="record "]').nth(1);
      await record.click({ button: 'right' });
      await menu().first().waitFor();
      await shot('67-read-only-tree');
      assert.deepEqual(offered((await menu().allInnerTexts()).map(text => text.trim())), []);
    });
  });
}

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { useWorkbench, type Workbench } from './workbench';

/** Somebody else, here a request file, changes the field that a person is changing. */
for (const theme of ['Default Dark Modern', 'Default Light Modern'] as const) {
  describe(`a conflict, ${theme}`, () => {
    const workbench = useWorkbench({ folder: 'test/ui/workspace', theme, viewport: { width: 1280, height: 800 } });
    const shade = theme.includes('Dark') ? 'dark' : 'light';
    let record = '';

    const openFirst = async (window: Workbench) => {
      await window.openContainer('Fxiaoke CRM');
      await window.expand('Customers & leads');
      const account = window.page.locator('.sidebar .monaco-list-row[aria-label="object Account, AccountObj"]');
      if ((await account.getAttribute('aria-expanded')) !== 'true') await account.locator('.monaco-tl-twistie').click();
      const row = window.page.locator('.sidebar .monaco-list-row[aria-label^="record "]').first();
      await row.waitFor({ timeout: 30_000 });
      record = await row.locator('.label-name').innerText();
      await row.dblclick();
      await window.editorShows('"_id"');
    };
    /** Puts a text at the end of the value of the name, which is the second field. */
    const typeInName = async (window: Workbench, text: string) => {
      await window.page.locator('.editor-group-container.active .view-line', { hasText: '"name"' }).first().click();
      await window.page.keyboard.press('End');
      await window.page.keyboard.press('ArrowLeft');
      await window.page.keyboard.press('ArrowLeft');
      await window.page.keyboard.type(text);
    };

    /** Its document is being changed, so that the window does not read it anew. */
    const changeElsewhere = async (window: Workbench, file: string) => {
      const data = { _id: file.replace('.json', ''), dataObjectApiName: 'AccountObj', name: 'theirs', tel: '400-1' };
      const request = `POST /cgi/crm/v2/data/update\n\n${JSON.stringify({ data: { object_data: data } })}\n`;
      fs.writeFileSync(path.join(window.folder, 'theirs.fxhttp'), request);
      await window.command('View: Show Explorer');
      await window.row('theirs.fxhttp').click();
      await window.editorShows('"theirs"');
      await window.codeLens('Send').click();
      await window.page.locator('.view-line', { hasText: '"errorCode"' }).first().waitFor();
    };

    it('is shown side by side, with nothing overwritten', async () => {
      const mine = workbench();
      await mine.openContainer('Fxiaoke CRM');
      await mine.page.locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
      await mine.statusItem('Sandbox').waitFor({ timeout: 30_000 });
      await openFirst(mine);
      await typeInName(mine, ' mine');
      await changeElsewhere(mine, await mine.page.locator('.tab.active .label-name').innerText());
      await mine.tab('.json').click();
      await mine.editorShows(' mine');
      await mine.page.keyboard.press('Control+S');
      await mine.toast('has changed since you opened it').waitFor();
      assert.doesNotMatch(await mine.toast('has changed since you opened it').innerText(), /FileSystemError/);
      await mine.tab('yours, not saved').waitFor();
      await mine.shot(`30-conflict-${shade}`);
      await mine.clearToasts();
      await mine.shot(`31-conflict-decide-${shade}`);
    });

    it('is over once the person has decided and saved', async () => {
      const mine = workbench();
      await mine.page.locator('.editor.modified .view-line', { hasText: '"name"' }).first().click();
      await mine.page.keyboard.press('Control+S');
      await mine.statusItem('Saved name').waitFor();
      assert.ok(record !== '');
      await mine.shot(`32-conflict-saved-${shade}`);
    });
  });
}

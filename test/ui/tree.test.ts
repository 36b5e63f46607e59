import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { useWorkbench } from './workbench';

describe('the tree, in high contrast and a narrow window', () => {
  const workbench = useWorkbench({
    folder: 'test/ui/workspace',
    theme: 'Default High Contrast',
    viewport: { width: 1024, height: 768 },
  });
  const rows = (label: string) => workbench().page.locator(`.sidebar .monaco-list-row[aria-label^="${label}"]`);

  it('finds objects while they are typed, by pinyin initials too', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await workbench().page.locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().statusItem('Sandbox').waitFor({ timeout: 30_000 });
    await workbench().row('Customers & leads').waitFor();
    await workbench().command('Filter Objects');
    await workbench().quickInputBox().fill('xsdd');
    await rows('object ').first().waitFor();
    // The groups are gone, and of all objects only a few are left.
    await rows('object ').nth(9).waitFor({ state: 'detached' });
    await workbench().row('Customers & leads').waitFor({ state: 'detached' });
    await workbench().quickInputBox().fill('kh');
    await rows('object Account, AccountObj').waitFor();
    await workbench().shot('40-filter');
    await workbench().page.keyboard.press('Enter');
    await workbench().command('Show All Objects');
    await workbench().row('Customers & leads').waitFor();
  });

  it('shows fields below an object, and where they point to', async () => {
    await workbench().expand('Customers & leads');
    await workbench().expand(/^Account/);
    await rows('record ').first().waitFor({ timeout: 30_000 });
    await workbench().row('Records').locator('.monaco-tl-twistie').click();
    await workbench().expand('Fields');
    await rows('field parent_account_id').waitFor();
    assert.match(await rows('field parent_account_id').innerText(), /→ Account/);
    await workbench().shot('41-fields');
    await workbench().row('Fields').locator('.monaco-tl-twistie').click();
    await workbench().expand('Records');
  });

  it('loses the record that a request invalidates and deletes', async () => {
    const row = rows('record ').nth(1);
    const label = await row.locator('.label-name').innerText();
    await row.dblclick();
    await workbench().editorShows('"_id"');
    const id = (await workbench().page.locator('.tab.active .label-name').innerText()).replace('.json', '');
    await workbench().closeEditors();
    const bodies = {
      invalid: { object_data_id: id, dataObjectApiName: 'AccountObj' },
      delete: { idList: [id], dataObjectApiName: 'AccountObj' },
    };
    await workbench().command('View: Show Explorer');
    for (const [path_, data] of Object.entries(bodies)) {
      const text = `POST /cgi/crm/v2/data/${path_}\n\n${JSON.stringify({ data })}\n`;
      fs.writeFileSync(path.join(workbench().folder, `${path_}.fxhttp`), text);
      await workbench().row(`${path_}.fxhttp`).click();
      await workbench().editorShows(`data/${path_}`);
      await workbench().codeLens('Send').click();
      await workbench().dialogButton(/AccountObj/, path_ === 'delete' ? 'Delete' : 'Invalidate');
      await workbench()
        .statusItem(/\b0 · \d+ ms/)
        .waitFor();
    }
    await workbench().closeEditors();
    await workbench().openContainer('Fxiaoke CRM');
    const gone = workbench().page.locator(`.sidebar .monaco-list-row[aria-label^="record ${label}"]`).first();
    await gone.waitFor({ state: 'detached' });
    await rows('record ').first().waitFor();
    await workbench().shot('42-gone');
  });
});

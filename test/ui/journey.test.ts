import assert from 'node:assert/strict';
import { useWorkbench } from './workbench';

/** The journey of a newcomer, from the empty view to a request of their own. */
describe('the first minute', () => {
  const workbench = useWorkbench({ folder: 'test/host/workspace' });
  let record = '';
  const account = () => workbench().page.locator('.sidebar .monaco-list-row[aria-label="object Account, AccountObj"]');

  it('offers a connection and the sandbox where there is no connection', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    const welcome = workbench().page.locator('.sidebar .welcome-view-content');
    await welcome.getByRole('button', { name: 'Try the Local Sandbox' }).waitFor();
    await welcome.getByRole('button', { name: 'Add a Connection' }).waitFor();
    await workbench().shot('01-welcome');
  });

  it('fills the tree from the sandbox with one click', async () => {
    await workbench().page.locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().row('Customers & leads').waitFor({ timeout: 30_000 });
    await workbench().statusItem('Sandbox').waitFor();
    await workbench().shot('02-sandbox');
  });

  it('lists the records of an object', async () => {
    await workbench().expand('Customers & leads');
    await account().locator('.monaco-tl-twistie').click();
    await workbench().page.locator('.sidebar .monaco-list-row[aria-label^="record "]').first().waitFor();
    await workbench().shot('03-records');
  });

  it('opens a record as JSON', async () => {
    const row = workbench().page.locator('.sidebar .monaco-list-row[aria-label^="record "]').nth(1);
    record = await row.locator('.label-name').innerText();
    await row.click();
    await workbench().editorShows('"_id"');
    await workbench().editorShows(record);
    await workbench().shot('04-record');
  });

  it('asks in plain words before it invalidates the record', async () => {
    await workbench().rowAction(
      workbench().page.locator(`.sidebar .monaco-list-row[aria-label^="record ${record}"]`),
      'Invalidate',
    );
    const dialog = workbench().dialog('1 record of AccountObj');
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /Sandbox \(development\)/);
    await workbench().shot('05-confirm');
    await workbench().dialogButton('1 record of AccountObj', 'Invalidate');
    await workbench().tab('invalidate AccountObj').waitFor();
    await workbench().page.locator('.view-line', { hasText: '"errorCode"' }).waitFor();
  });

  it('shows the record in the recycle bin', async () => {
    // It stands below the records; the list shows only what is in sight.
    await workbench().row('Records').click();
    await workbench().page.keyboard.press('ArrowLeft');
    await workbench().expand('Recycle bin');
    await workbench().page.locator(`.sidebar .monaco-list-row[aria-label*="${record}, invalidated"]`).waitFor();
    await workbench().shot('06-recycle-bin');
  });

  it('recovers it from there', async () => {
    const row = workbench().page.locator(`.sidebar .monaco-list-row[aria-label*="${record}, invalidated"]`);
    await workbench().rowAction(row, 'Recover');
    await workbench().tab('recover AccountObj').waitFor();
    await row.waitFor({ state: 'detached' });
    await workbench().shot('07-recovered');
  });

  it('sends a scratch request and shows the answer beside it', async () => {
    await workbench().contextMenu(account(), 'New Request');
    await workbench().pick('query');
    await workbench().editorShows('POST /cgi/crm/v2/data/query');
    await workbench().codeLens('Send').click();
    await workbench().tab('query AccountObj').waitFor();
    await workbench().page.locator('.view-line', { hasText: '"dataList"' }).waitFor();
    await workbench()
      .statusItem(/\b0 · \d+ ms/)
      .waitFor();
    await workbench().shot('08-request');
  });
});

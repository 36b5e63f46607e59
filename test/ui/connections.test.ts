import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { addConnection, beginConnection, finishConnection, startTenant, type Login } from './tenants';
import { useWorkbench, type Workbench } from './workbench';

/** What a person meets who has no connection, begins to add one, and comes to have several. */
describe('connections of a person', () => {
  const workbench = useWorkbench({ folder: 'test/host/workspace' });
  const begun = { host: 'http://127.0.0.1:9', name: 'Acme' };
  let sandbox: ChildProcess;
  let login: Login;

  before(async () => {
    ({ login, process: sandbox } = await startTenant());
  });
  after(() => sandbox.kill());

  const remove = async (window: Workbench, name: string) => {
    await window.contextMenu(window.row(name, window.view('Connections')), 'Remove Connection');
    await window.dialogButton(`Remove the connection ${name}?`, 'Remove');
  };

  it('are offered where a command needs one', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await workbench().command('Fxiaoke: Query Records');
    await workbench().toast('There is no connection yet').waitFor();
    await workbench().shot('20-no-connection');
    await workbench().toastButton('There is no connection yet', 'Add a connection');
    await beginConnection(workbench(), begun.host, begun.name);
    await workbench().quickInput().filter({ hasText: 'App ID' }).waitFor();
    await workbench().page.keyboard.press('Escape');
  });

  it('are gone on with where the person stopped', async () => {
    await workbench().command('Fxiaoke: Add Connection');
    await workbench().quickPickRow(`${begun.name} · ${begun.host}`).waitFor();
    await workbench().shot('21-go-on');
    await workbench().pick('Go on where you stopped');
    await workbench().quickInput().filter({ hasText: 'App ID' }).waitFor();
    await workbench().page.keyboard.press('Escape');
    await workbench().command('Fxiaoke: Add Connection');
    await workbench().pick('Start over');
    await beginConnection(workbench(), login.url, 'First');
    await finishConnection(workbench(), login);
    await workbench().statusItem('First').waitFor();
    await addConnection(workbench(), login, 'Second');
  });

  it('are seen in a window that was open before', async () => {
    const other = await workbench().openWindow();
    await other.openContainer('Fxiaoke CRM');
    await other.row('Second', other.view('Connections')).waitFor();
    await workbench().focus();
    await workbench().command('Fxiaoke: Start Local Sandbox');
    await workbench().statusItem('Sandbox').waitFor();
    await other.focus();
    await other.row('Sandbox', other.view('Connections')).waitFor();
    // Not what the other one works on.
    await other.statusItem('Second').waitFor();
    await other.close();
    await workbench().focus();
  });

  it('leave none selected when the selected one of several is removed', async () => {
    await remove(workbench(), 'Sandbox');
    await workbench().statusItem('Select a tenant').waitFor();
    await workbench()
      .page.locator('.sidebar .welcome-view-content')
      .getByRole('button', { name: 'Select a Tenant' })
      .waitFor();
    await workbench().shot('22-none-selected');
    await workbench().command('Fxiaoke: Query Records');
    await workbench().pick('First');
    await workbench().quickInput().locator('input[placeholder^="Which object?"]').waitFor();
    await workbench().page.keyboard.press('Escape');
    await workbench().statusItem('First').waitFor();
  });

  it('may meet any error code, which is explained', async () => {
    await workbench().command('Fxiaoke: Explain Error Code');
    await workbench().quickInputBox().fill('987654');
    await workbench().quickPickRow('987654').waitFor();
    await workbench().shot('23-any-code');
    await workbench().page.keyboard.press('Enter');
    await workbench().toast('987654 This code is not publicly documented').waitFor();
    await workbench().command('Fxiaoke: Explain Error Code');
    await workbench().quickInputBox().fill('20016');
    await workbench().quickPickRow('20016').waitFor();
    assert.equal(await workbench().quickInput().locator('.quick-input-list .monaco-list-row').count(), 1);
    await workbench().page.keyboard.press('Enter');
    await workbench()
      .toast(/^20016 |20016 (?!This code)/)
      .waitFor();
  });
});

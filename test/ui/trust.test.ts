import assert from 'node:assert/strict';
import { useWorkbench } from './workbench';

/** A real window in restricted mode; the in-host tests cannot have one, as an editor under test trusts everything. */
describe('a folder that somebody else sent', () => {
  const workbench = useWorkbench({
    folder: 'test/ui/untrusted',
    workspaceTrust: true,
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  });
  const sendRequestWith = async (text: string) => {
    await workbench().page.locator('.view-line', { hasText: text }).first().click();
    await workbench().command('Fxiaoke: Send Request');
  };

  it('is not trusted, and its requests may read', async () => {
    await workbench().statusItem('Restricted Mode').waitFor();
    await workbench().openContainer('Fxiaoke CRM');
    await workbench().page.locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().row('Customers & leads').waitFor({ timeout: 30_000 });
    await workbench().openContainer('Explorer');
    await workbench().row('foreign.fxhttp').click();
    await workbench().editorShows('What reads');
    await sendRequestWith('What reads');
    await workbench().tab('What reads').waitFor();
    await workbench()
      .statusItem(/^ ?0 · \d+ ms/)
      .waitFor();
  });

  it('has no environment', async () => {
    await sendRequestWith('{{object}}');
    await workbench().toast('The variable object is not known').waitFor();
    await workbench().clearToasts();
  });

  it('cannot write', async () => {
    await sendRequestWith('Planted');
    await workbench().toast('The workspace is not trusted').waitFor();
    await workbench().shot('40-not-trusted');
    await workbench().clearToasts();
    assert.equal(await workbench().tab('What writes').count(), 0);
  });

  it('may do both once the person trusts it', async () => {
    await workbench().statusItem('Restricted Mode').click();
    await workbench().page.getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench().statusItem('Restricted Mode').waitFor({ state: 'hidden' });
    // The editor of trust may lie over the others.
    await workbench().closeEditors();
    await workbench().row('foreign.fxhttp').click();
    await workbench().editorShows('What reads');
    await sendRequestWith('{{object}}');
    await workbench().tab('What an environment file').waitFor();
    await sendRequestWith('Planted');
    await workbench().tab('What writes').waitFor();
  });
});

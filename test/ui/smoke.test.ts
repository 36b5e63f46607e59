import assert from 'node:assert/strict';
import { useWorkbench } from './workbench';

describe('the packaged extension in a real VS Code', () => {
  const workbench = useWorkbench({ folder: 'test/host/workspace' });

  it('is installed beside a view container of its own', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await workbench().shot('smoke');
    assert.match(await workbench().page.locator('.sidebar').innerText(), /fxiaoke/i);
  });
});

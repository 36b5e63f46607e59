import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { useWorkbench } from './workbench';

/** Nothing of the API is known by heart: what completion offers is taken, and then what a failure offers. */
describe('a request written with completion alone', () => {
  const workbench = useWorkbench({ folder: 'test/host/workspace', viewport: { width: 1400, height: 800 } });
  const page = () => workbench().page;
  const line = (text: string) => page().locator('.view-line', { hasText: text }).first();
  /** Types where the cursor is, and takes what is offered for it. */
  const write = async (typed: string, label: string | RegExp) => {
    await page().keyboard.type(typed);
    // Without asking: also in quotes, where the editor offers nothing by itself.
    await workbench().suggestion(label).waitFor();
    await workbench().accept(label);
  };
  /** The same over a word of a line. */
  const over = async (key: string, word: string, typed: string, label: string | RegExp) => {
    await line(key).locator('span span', { hasText: word }).last().dblclick();
    await write(typed, label);
  };

  it('begins with a path, found by its name, which brings a ready body', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await page().locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().row('Customers & leads').waitFor({ timeout: 30_000 });
    fs.writeFileSync(path.join(workbench().folder, 'stores.fxhttp'), '');
    await workbench().openContainer('Explorer');
    await workbench().row('stores.fxhttp').click();
    await workbench().activeTab('stores.fxhttp').waitFor();
    await workbench().focusEditor();
    await page().keyboard.type('query rec');
    await workbench().suggest('/cgi/crm/v2/data/query');
    await workbench().shot('30-path');
    await workbench().accept('/cgi/crm/v2/data/query');
    await workbench().editorShows('"dataObjectApiName": "AccountObj"');
  });

  it('takes the object by the initials of its Chinese name, then field, operator and option', async () => {
    // The name of the object is what the body wants typed over first.
    await page().keyboard.type('mdxj');
    await workbench().suggestion('object_store_check__c').waitFor();
    await workbench().shot('31-object');
    await workbench().accept('object_store_check__c');
    await over('"field_name"', 'name', 'xjjg', 'field_result__c');
    await over('"operator"', 'LIKE', 'E', /^EQ/);
    await over('"Example"', 'Example', '合格', /^pass/);
    await workbench().editorShows(/"field_result__c",\s+"field_values": \[\s+"pass"\s+\],\s+"operator": "EQ"\s+\}/);
  });

  it('fails, and says why on its own line', async () => {
    await workbench().codeLens('Send').click();
    await workbench().tab('Query records object_store_check__c').waitFor();
    await workbench().hoverOf(line('POST'), '15002 A parameter is not valid');
    await workbench().shot('32-failure');
  });

  it('is put right by the quick fix, and answered', async () => {
    await line('POST').click();
    await page().keyboard.press('Control+.');
    const fix = page().locator('.action-widget .monaco-list-row');
    await fix.filter({ hasText: 'Explain 15002' }).waitFor();
    await workbench().shot('33-fixes');
    const offered = fix.filter({ hasText: '/cgi/crm/custom/v2/data/query' });
    assert.equal(await offered.count(), 1);
    await offered.click();
    await workbench().editorShows('POST /cgi/crm/custom/v2/data/query');
    await workbench().codeLens('Compare tenants').waitFor();
    await workbench().codeLens('Send').click();
    await workbench()
      .statusItem(/^ ?0 · \d+ ms/)
      .waitFor();
    await line('"dataList"').waitFor();
    // What was said of the older text is gone.
    await page().locator('.squiggly-error, .squiggly-warning').first().waitFor({ state: 'hidden' });
    await workbench().shot('34-answer');
  });

  it('may begin with a cURL command that is pasted', async () => {
    const command = `curl 'https://open.fxiaoke.com/cgi/crm/v2/data/get' \\\n  -H 'Authorization: Bearer X' \\\n  -d '{"data":{"dataObjectApiName":"AccountObj"}}'`;
    await workbench().command('File: New Untitled Text File');
    await workbench().activeTab('Untitled-1').waitFor();
    await page().keyboard.insertText(command);
    for (const key of ['Control+A', 'Control+X']) await page().keyboard.press(key);
    await workbench().openContainer('Explorer');
    await workbench().row('stores.fxhttp').click();
    await workbench().activeTab('stores.fxhttp').waitFor();
    await workbench().focusEditor();
    await page().keyboard.press('Control+End');
    await page().keyboard.type('\n\n');
    await page().keyboard.press('Control+V');
    await workbench().editorShows(
      /POST \/cgi\/crm\/v2\/data\/get\s+\{\s+"data": \{\s+"dataObjectApiName": "AccountObj"/,
    );
    await workbench().shot('35-pasted');
    assert.doesNotMatch(await workbench().editorText(), /curl|Bearer/);
    // In a body it is a text like any other.
    await line('"AccountObj"').click();
    await page().keyboard.press('End');
    await page().keyboard.press('Enter');
    await page().keyboard.press('Control+V');
    await workbench().editorShows("curl 'https://open.fxiaoke.com");
  });
});

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { useWorkbench } from './workbench';

/** What becomes of the responses to a person's calls, by hand. */
describe('the history by hand', () => {
  const workbench = useWorkbench({
    folder: 'test/ui/workspace',
    theme: 'Default High Contrast',
    viewport: { width: 1024, height: 768 },
  });
  const page = () => workbench().page;
  const view = () => workbench().view('History');
  const entry = (text: string | RegExp) => workbench().row(text, view());
  const entries = () => view().locator('.monaco-list-row[aria-level="1"]');
  /** Of a list only what is in sight is on the page. */
  const untilThereAre = async (count: number) => {
    const size = async () => Number(await entries().first().getAttribute('aria-setsize'));
    for (let n = 0; (await size()) !== count && n < 100; n++) await page().waitForTimeout(100);
    assert.equal(await size(), count);
  };
  const send = async (name: string, body: object) => {
    const text = `### ${name}\nPOST /cgi/crm/v2/data/query\n\n${JSON.stringify({ data: body })}\n`;
    fs.writeFileSync(path.join(workbench().folder, `${name}.fxhttp`), text);
    await workbench().openContainer('Explorer');
    await workbench().row(`${name}.fxhttp`).click();
    await workbench().activeTab(`${name}.fxhttp`).waitFor();
    await workbench().codeLens('Send').click();
  };
  const query = (dataObjectApiName: string) => ({ dataObjectApiName, search_query_info: { limit: 1, offset: 0 } });

  it('lists what was sent, and explains below a failed one why, with its trace ids to copy', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await page().locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().row('Customers & leads').waitFor({ timeout: 30_000 });
    await send('Accounts', query('AccountObj'));
    await workbench().tab('Accounts.json').waitFor();
    await send('Nobody', query('NobodyObj'));
    await workbench().openContainer('Fxiaoke CRM');
    await workbench().command('Fxiaoke CRM: Focus on History View');
    await untilThereAre(2);
    await workbench().expand('Nobody', view());
    await entry('thirdTraceId').waitFor();
    await entry('The server said').waitFor();
    await workbench().shot('91-history');
    await entry('thirdTraceId').click();
    await workbench().statusItem('Copied the trace IDs').waitFor();
  });

  it('opens one, repeats it, and opens it as a request', async () => {
    await workbench().closeEditors();
    await workbench().contextMenu(entry('Accounts'), 'Open a Response');
    await workbench().editorShows('"dataList"');
    await workbench().rowAction(entry('Accounts'), 'Repeat the Call');
    await untilThereAre(3);
    await workbench().contextMenu(entry('Accounts'), 'Open as Request File');
    await workbench().editorShows('# @connection Sandbox');
    await workbench().editorShows('POST /cgi/crm/v2/data/query');
    await workbench().shot('92-history-request');
    // It is not saved anywhere, which the editor would ask about.
    await workbench().command('View: Revert and Close Editor');
    await workbench().closeEditors();
  });

  it('compares two that are selected', async () => {
    // A click alone selects nothing else any more.
    await entries().nth(0).click();
    await entries()
      .nth(1)
      .click({ modifiers: ['Control'] });
    await workbench().contextMenu(entries().nth(1), 'Compare Responses');
    await workbench().activeTab('↔').waitFor();
    await page().locator('.monaco-diff-editor .view-line', { hasText: 'traceId' }).first().waitFor();
    await workbench().shot('93-history-compared');
    await workbench().closeEditors();
  });

  it('saves one as a file', async () => {
    await entry('Accounts').click();
    await workbench().contextMenu(entry('Accounts'), 'Save Response as File');
    await workbench().quickInput().waitFor();
    await workbench().shot('94-history-save');
    await page().keyboard.press('Enter');
    const file = path.join(workbench().folder, 'Accounts.json');
    for (let n = 0; !fs.existsSync(file) && n < 50; n++) await page().waitForTimeout(100);
    assert.equal((JSON.parse(fs.readFileSync(file, 'utf8')) as { errorCode: number }).errorCode, 0);
  });

  it('has no secret on the disk', () => {
    const kept = path.join(path.dirname(workbench().folder), 'user');
    const files = fs
      .readdirSync(kept, { recursive: true, encoding: 'utf8' })
      .filter(file => /history\/.*\.json$/.test(file));
    assert.ok(files.length > 2, files.join());
    for (const file of files) {
      assert.doesNotMatch(
        fs.readFileSync(path.join(kept, file), 'utf8'),
        /"?(appSecret|permanentCode|corpAccessToken|authorization)"?\s*:/i,
      );
    }
  });
});

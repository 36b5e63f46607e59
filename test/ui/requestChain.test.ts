import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { useWorkbench } from './workbench';

/** One record's whole life, each step with what the steps before it gave. */
const chain = `@object = AccountObj
@title = Chained & 验证

### 新建客户
# @name created
POST /cgi/crm/v2/data/create

{
  "data": {
    "object_data": { "dataObjectApiName": "{{object}}", "name": "{{title}}", "owner": ["1000"], "account_level": "1" },
  },
}

?? errorCode == 0
?? dataId matches "^[0-9a-f]{24}$"

### Find it by its name
# @name found
POST /cgi/crm/v2/data/query

{
  "data": {
    "dataObjectApiName": "{{object}}",
    "search_query_info": {
      "limit": 10,
      "offset": 0,
      "filters": [{ "field_name": "name", "operator": "EQ", "field_values": ["{{title}}"] }],
    },
  },
}

?? data.dataList[0]._id == "{{created.dataId}}"

### Change it
POST /cgi/crm/v2/data/update

{ "data": { "object_data": { "dataObjectApiName": "{{object}}", "_id": "{{created.dataId}}", "account_level": "2" } } }

### Read it
POST /cgi/crm/v2/data/get

{ "data": { "dataObjectApiName": "{{object}}", "objectDataId": "{{found.data.dataList[0]._id}}" } }

?? data.account_level == "2"
?? data.name contains "验证"

### Invalidate it
POST /cgi/crm/v2/data/invalid

{ "data": { "dataObjectApiName": "{{object}}", "object_data_id": "{{created.dataId}}" } }

### Recover it
POST /cgi/crm/v2/data/recover

{ "data": { "dataObjectApiName": "{{object}}", "idList": ["{{created.dataId}}"] } }

### Invalidate it again
POST /cgi/crm/v2/data/invalid

{ "data": { "dataObjectApiName": "{{object}}", "object_data_id": "{{created.dataId}}" } }

### Delete it
POST /cgi/crm/v2/data/delete

{ "data": { "dataObjectApiName": "{{object}}", "idList": ["{{created.dataId}}"] } }
`;

const query = (limit: number, more = '') =>
  `POST /cgi/crm/v2/data/query\n\n{ "data": { "dataObjectApiName": "AccountObj", "search_query_info": { "limit": ${limit}, "offset": 0, "filters": [] } } }\n${more}`;
const failing = `### Passes
${query(1, '\n?? data.total > 0\n')}
### Fails
${query(1, '\n?? data.limit == 2\n')}
### Too many at once
${query(500)}`;

describe('requests as a developer works with them', () => {
  const workbench = useWorkbench({ viewport: { width: 1400, height: 900 } });
  const page = () => workbench().page;
  const line = (text: string) => page().locator('.view-line', { hasText: text }).first();
  const open = async (name: string, text: string) => {
    fs.writeFileSync(path.join(workbench().folder, name), text);
    await workbench().openContainer('Explorer');
    await workbench().row(name).click();
    await workbench().activeTab(name).waitFor();
  };

  it('do a record’s whole life in one go, asking before what is destructive', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await page().locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().row('Customers & leads').waitFor({ timeout: 30_000 });
    await open('chain.fxhttp', chain);
    await workbench().editorShows('新建客户');
    await workbench().focusEditor();
    await workbench().command('Fxiaoke: Send All Requests of the File');
    for (const [step, question, button] of [
      ['5 / 8', 'Invalidate 1 record', 'Invalidate'],
      ['7 / 8', 'Invalidate 1 record', 'Invalidate'],
      ['8 / 8', 'Delete 1 record', 'Delete'],
    ] as const) {
      // One question is like the next, which may be there at once.
      await workbench().statusItem(step).waitFor();
      await workbench().dialog(question).waitFor();
      await workbench().shot(`60-${button.toLowerCase()}`);
      await workbench().dialog(question).getByRole('button', { name: button, exact: true }).click();
    }
    await workbench().statusItem('All 8 requests passed').waitFor();
    await workbench().tab('Delete it').waitFor();
    await workbench().shot('61-chain');
  });

  it('say what they do, whatever they are called', async () => {
    await workbench().activeTab('chain.fxhttp').click();
    await workbench().focusEditor();
    await page().keyboard.press('Control+Home');
    await workbench().hoverOf(line('/cgi/crm/v2/data/create').locator('span span').last(), 'Create a record');
    await workbench().closeEditors();
  });

  it('are completed where an input method typed a full-width quote, which goes', async () => {
    await open('wide.fxhttp', 'POST /cgi/crm/v2/data/get\n\n{ "data": { "dataObjectApiName":  } }\n');
    await workbench().editorShows('"dataObjectApiName"');
    await line('"dataObjectApiName"').click();
    await page().keyboard.press('End');
    // In front of what closes the body.
    for (const key of Array<string>(4).fill('ArrowLeft')) await page().keyboard.press(key);
    await page().keyboard.type('“kh');
    await workbench().suggest(/^AccountObj/);
    await workbench().shot('68-full-width');
    await workbench().accept(/^AccountObj/);
    await workbench().editorShows('{ "data": { "dataObjectApiName": "AccountObj" } }');
    await page().keyboard.press('Control+S');
    await page().locator('.tabs-container .tab.active:not(.dirty)', { hasText: 'wide.fxhttp' }).waitFor();
    await workbench().closeEditors();
    fs.rmSync(path.join(workbench().folder, 'wide.fxhttp'));
  });

  /** Types a comment where the cursor is, and sees it in the file. */
  const typesOn = async (word: string) => {
    await page().keyboard.press('Home');
    await page().keyboard.type(`# ${word}\n`);
    await line(`# ${word}`).waitFor();
  };

  it('leave the cursor where it was: at the first response, at the second, and when one fails', async () => {
    await open('failing.fxhttp', failing);
    await workbench().editorShows('### Passes');
    await line('### Passes').click();
    await page().keyboard.press('Control+Alt+R');
    await workbench().tab('Passes').waitFor();
    await workbench()
      .statusItem(/^ ?0 · \d+ ms/)
      .waitFor();
    await typesOn('first');
    await page().keyboard.press('Control+Alt+R');
    await typesOn('second');
    await line('### Too many').click();
    await page().keyboard.press('Control+Alt+R');
    await workbench().tab('Too many at once').waitFor();
    await typesOn('third');
    assert.equal(await page().locator('.tabs-container .tab', { hasText: '.json' }).count(), 1);
    await workbench().shot('62-focus');
    // What a key does is about the file, too.
    await page().keyboard.press('Control+S');
    await page().locator('.tabs-container .tab.active:not(.dirty)', { hasText: 'failing.fxhttp' }).waitFor();
  });

  it('are put right by a limit that is lowered from the line of the failure', async () => {
    // What was typed made the last answer one to another text.
    await line('### Too many').click();
    await page().keyboard.press('Control+Alt+R');
    const failed = page().locator('.view-line', { hasText: 'POST' }).last();
    await workbench().hoverOf(failed, 'Likely:');
    await workbench().shot('63-limit');
    await failed.click();
    await page().keyboard.press('Control+.');
    const fix = page().locator('.action-widget .monaco-list-row');
    await fix.filter({ hasText: 'Change 500 to 100' }).click();
    await workbench().editorShows('"limit": 100');
    await page().keyboard.press('Control+Alt+R');
    await workbench()
      .statusItem(/^ ?0 · \d+ ms/)
      .waitFor();
    await page().keyboard.press('Control+S');
  });

  it('are put right by another tenant where their own is not there', async () => {
    await open('tenant.fxhttp', `# @connection Sandbx\n\n### Of whom\n${query(1)}`);
    await workbench().editorShows('### Of whom');
    await line('### Of whom').click();
    await page().keyboard.press('Control+Alt+R');
    await workbench().toast('There is no connection “Sandbx”').waitFor();
    await workbench().shot('64-tenant');
    await workbench().clearToasts();
    await line('POST').click();
    await page().keyboard.press('Control+.');
    const fix = page().locator('.action-widget .monaco-list-row');
    await fix.filter({ hasText: 'Choose the tenant Sandbox for the whole file' }).click();
    await workbench().editorShows('# @connection Sandbox\n');
    await page().keyboard.press('Control+Alt+R');
    await workbench().tab('Of whom').waitFor();
    await page().keyboard.press('Control+S');
    await workbench().closeEditors();
  });

  it('are tests: each file a suite, each request a test, a failure with what was expected and what came', async () => {
    await workbench().activity('Testing').click();
    const tests = page().locator('.test-explorer .monaco-list-row');
    const suite = tests.filter({ hasText: 'failing.fxhttp' }).first();
    await suite.waitFor();
    await tests.filter({ hasText: 'tenant.fxhttp' }).first().waitFor();
    // Its writes would ask again.
    fs.rmSync(path.join(workbench().folder, 'chain.fxhttp'));
    await tests.filter({ hasText: 'chain.fxhttp' }).waitFor({ state: 'detached' });
    await workbench().command('Test: Run All Tests');
    await page().locator('.test-explorer', { hasText: '3/4' }).waitFor({ timeout: 30_000 });
    await workbench().shot('65-tests');
    const failed = tests.filter({ hasText: 'Fails' }).first();
    if (!(await failed.isVisible())) await suite.locator('.monaco-tl-twistie').click();
    await failed.waitFor();
    await failed.click();
    await workbench().command('Test: Peek Output');
    await page().locator('[class*="test-output-peek"]').first().waitFor();
    await workbench().shot('66-diff');
  });
});

describe('requests in a window without a folder', () => {
  const workbench = useWorkbench({ folder: false, viewport: { width: 1400, height: 900 } });
  const page = () => workbench().page;

  it('are sent without being saved, and are tests all the same', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await page().locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().row('Customers & leads').waitFor({ timeout: 30_000 });
    await workbench().expand('Customers & leads');
    await workbench().contextMenu(workbench().row('AccountObj'), 'New Request');
    await workbench().pick('query');
    await workbench().editorShows('POST /cgi/crm/v2/data/query');
    await workbench().codeLens('Send').click();
    await workbench().tab('query AccountObj').waitFor();
    await workbench()
      .statusItem(/^ ?0 · \d+ ms/)
      .waitFor();
    await workbench().activity('Testing').click();
    await page().locator('.test-explorer .monaco-list-row', { hasText: 'Untitled-1' }).waitFor();
    await workbench().shot('67-no-folder');
  });

  it('say what needs a saved file', async () => {
    await workbench().activeTab('Untitled-1').click();
    await workbench().focusEditor();
    await page().keyboard.press('Control+A');
    await page().keyboard.insertText('POST /cgi/crm/v2/data/query\n\n< ./body.json\n');
    await page().keyboard.press('Control+Alt+R');
    await workbench().toast('The file ./body.json cannot be read').waitFor();
  });
});

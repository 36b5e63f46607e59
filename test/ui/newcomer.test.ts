import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { expireTokens, startTenant, type Login } from './tenants';
import { useWorkbench, type WorkbenchOptions } from './workbench';

type Look = Required<Pick<WorkbenchOptions, 'displayLanguage' | 'theme'>>;
const looks: readonly Look[] = [
  { displayLanguage: 'en', theme: 'Default Dark Modern' },
  { displayLanguage: 'zh-cn', theme: 'Default Light Modern' },
];

/** From the packaged extension and the README alone: the way of a person who has never seen it. */
for (const { displayLanguage, theme } of looks) {
  describe(`a newcomer (${displayLanguage})`, () => {
    const workbench = useWorkbench({ theme, displayLanguage, viewport: { width: 1400, height: 860 } });
    const page = () => workbench().page;
    const shot = (name: string) => workbench().shot(`${name}-${displayLanguage}`);
    /** What the extension says in the language of the window. */
    const say = (en: string, zh: string) => (displayLanguage === 'en' ? en : zh);
    const command = (en: string, zh: string) => workbench().command(say(`Fxiaoke: ${en}`, `纷享销客: ${zh}`));
    const press = async (...keys: string[]) => {
      for (const key of keys) await page().keyboard.press(key);
    };

    const folder = (name: string | RegExp) => workbench().row(name);
    const account = () => page().locator('.sidebar .monaco-list-row[aria-label*="AccountObj"]').first();
    const named = (name: string) =>
      page().locator('.sidebar .monaco-list-row[aria-level="4"]', { hasText: name }).first();
    const line = (text: string | RegExp) =>
      page().locator('.editor-group-container.active .view-line', { hasText: text }).first();
    /** Types over a word of a line, and takes what is offered for it. */
    const over = async (where: string | RegExp, word: string, typed: string, label: string | RegExp) => {
      await line(where).locator('span span', { hasText: word }).last().dblclick();
      await page().keyboard.type(typed);
      await workbench().accept(label);
    };
    const send = () => workbench().codeLens(say('Send', '发送')).click();
    const openRequests = async () => {
      await press('Control+P');
      await workbench().quickInputBox().fill('first.fxhttp');
      await workbench().pick('first.fxhttp');
      await workbench().activeTab('first.fxhttp').waitFor();
      await workbench().focusEditor();
    };
    const changeRole = async (role: string) => {
      await command('Edit Connection', '编辑连接');
      await workbench().pick(say('Sandbox', '本地沙箱'));
      await workbench().pick(say('Role', '用途'));
      await workbench().pick(role);
      await workbench().statusItem(role).waitFor();
    };
    let customer = '';

    it('is at work in the sandbox with one click', async () => {
      await workbench().openContainer(say('Fxiaoke CRM', '纷享销客 CRM'));
      const welcome = page().locator('.sidebar .welcome-view-content');
      await welcome.getByRole('button', { name: say('Add a Connection', '添加连接') }).waitFor();
      await shot('70-welcome');
      await welcome.getByRole('button', { name: say('Try the Local Sandbox', '试用本地沙箱') }).click();
      await workbench().row(say('Customers & leads', '客户与线索')).waitFor({ timeout: 30_000 });
      await workbench().statusItem(say('Sandbox', '本地沙箱')).waitFor();
    });

    it('finds a customer by a part of the name', async () => {
      await workbench().expand(say('Customers & leads', '客户与线索'));
      await account().click();
      await named('公司').waitFor();
      await workbench().rowAction(folder(say('Records', '数据')), say('Filter Records', '筛选数据'));
      await workbench().quickInputBox().fill('name');
      await workbench().pick('客户名称');
      await workbench().pick(say('contains the text', '包含'));
      await workbench().quickInputBox().fill('食品');
      await press('Enter');
      await workbench().pick(say('Show the Records', '显示数据'));
      await folder(say('客户名称 contains the text 食品', '客户名称 包含 食品')).waitFor();
      await named('食品').waitFor();
      await shot('71-found');
    });

    it('gives it a level, from names that are offered', async () => {
      customer = await named('食品').locator('.label-name').innerText();
      await named(customer).click();
      await workbench().editorShows(customer);
      await line('"name"').click();
      await press('End', 'Enter');
      await page().keyboard.type('"lev');
      await workbench().accept('account_level');
      // Without asking.
      await workbench().suggestion('普通客户').waitFor();
      await shot('72-level');
      await workbench().accept('普通客户');
      await press('Control+S');
      await workbench().statusItem('account_level').waitFor();
      // The field has its place in the record now, and the cursor went with it.
      await workbench().editorShows(/"account_type".*\s+"account_level": "2",/);
      await page().locator('.breadcrumbs-below-tabs .monaco-breadcrumb-item', { hasText: 'account_level' }).waitFor();
      await shot('73-level-saved');
    });

    it('hears what a field means in the accessible view', async () => {
      await press('Home', 'Control+K', 'Control+I');
      await page().locator('.monaco-hover:visible', { hasText: '客户级别' }).first().waitFor();
      // The same keys again go to the hover.
      await press('Control+K', 'Control+I', 'Alt+F2');
      const view = page().locator('.accessible-view');
      await view.filter({ hasText: '客户级别' }).waitFor();
      await shot('74-accessible');
      await press('Escape', 'Escape');
    });

    it('is told what is missing, before and after it is sent', async () => {
      await workbench().contextMenu(account(), say('New Record', '新建数据'));
      await workbench().activeTab('new-1.json').waitFor();
      await press('Control+S');
      await workbench().toast(say('fill in name', '请填写 name')).waitFor();
      await shot('75-new-record');
      await workbench().clearToasts();
      await workbench().command('View: Revert and Close Editor');
      await workbench().contextMenu(account(), say('New Request', '新建请求'));
      await workbench().pick('create');
      await workbench().editorShows('data/create');
      await line('"name"').click();
      await press('Home', 'Shift+End', 'Delete');
      await send();
      await workbench().hoverOf(line('POST'), '32000');
      await shot('76-missing');
      await workbench().command('View: Revert and Close Editor');
    });

    it('invalidates and recovers it', async () => {
      await workbench().rowAction(named(customer), say('Invalidate', '作废'));
      await workbench()
        .dialog(customer)
        .filter({ hasText: say('Sandbox (development)', '本地沙箱（开发环境）') })
        .waitFor();
      await workbench().dialogButton(customer, say('Invalidate', '作废'));
      await named(customer).waitFor({ state: 'detached' });
      for (const above of [say('Records', '数据'), say('客户名称 contains', '客户名称 包含')]) {
        await folder(above).locator('.monaco-tl-twistie').click();
      }
      await workbench().expand(say('Recycle bin', '回收站'));
      await named(customer).hover();
      await shot('77-recycle-bin');
      await workbench().rowAction(named(customer), say('Recover', '恢复'));
      await named(customer).waitFor({ state: 'detached' });
      await workbench().statusItem(say('Recovered 1 record', '1 条数据')).waitFor();
    });

    it('writes a query with a filter and two fields from what is offered', async () => {
      await workbench().closeEditors();
      fs.writeFileSync(path.join(workbench().folder, 'first.fxhttp'), '');
      await openRequests();
      await workbench().suggest('/cgi/crm/v2/data/get');
      await shot('78-calls');
      await page().keyboard.type(say('query rec', '条件查询'));
      await workbench().accept('/cgi/crm/v2/data/query');
      await workbench().editorShows('"fieldProjection"');
      await over('"field_name"', 'name', say('level', '客户级'), 'account_level');
      await over('"operator"', 'LIKE', 'E', /^EQ/);
      await over('"Example"', 'Example', '重', '重要客户');
      await over(/^\s*"_id"/, '_id', say('tel', '电话'), /^tel/);
      await over(/^\s*"name"/, 'name', say('level', '客户级'), 'account_level');
      await send();
      // A request that nobody gave a name is called by what it does.
      await workbench().tab(say('Query records AccountObj', '条件查询数据 AccountObj')).waitFor();
      await page().locator('.view-line', { hasText: '"dataList"' }).waitFor();
      await shot('79-query');
    });

    it('compares two responses', async () => {
      await line('"limit"').locator('span span', { hasText: '100' }).last().dblclick();
      await page().keyboard.type('2');
      await press('Control+Alt+R');
      await page()
        .locator('.view-line', { hasText: /"limit":\s2,/ })
        .nth(1)
        .waitFor();
      await command('Compare Responses', '对比响应');
      const query = say('Query records', '条件查询数据');
      await workbench().pick(query);
      await page()
        .locator(`.quick-input-widget input[placeholder^="${say('Compare with', '与另一个')}"]`)
        .waitFor();
      await shot('80-compare');
      await workbench().pick(query);
      await workbench().tab('↔').waitFor();
      await page().locator('.monaco-diff-editor .view-line', { hasText: '"traceId"' }).first().waitFor();
      await shot('81-compared');
      await workbench().closeEditors();
    });

    it('is stopped from deleting in production', async () => {
      await changeRole(say('production', '生产环境'));
      const first = page()
        .locator(`.sidebar .monaco-list-row[aria-label*="${say('invalidated', '已作废')}"]`)
        .first();
      await first.waitFor();
      const label = (await first.getAttribute('aria-label')) ?? '';
      const question = workbench().quickInput().filter({ hasText: 'AccountObj' });
      // The rows are read anew for the other role: a click meanwhile does nothing, and says so.
      for (let attempt = 1; !(await question.isVisible()); attempt++) {
        assert.ok(attempt < 10, 'The question was to come');
        await workbench().rowAction(first, say('Delete', '删除'));
        await page().waitForTimeout(1000);
      }
      await shot('82-production');
      await workbench().quickInputBox().fill('yes');
      await press('Enter');
      await workbench()
        .quickInput()
        .filter({ hasText: say('This is not Sandbox', '输入的不是') })
        .waitFor();
      await press('Escape');
      assert.equal(await page().locator(`.sidebar .monaco-list-row[aria-label="${label}"]`).count(), 1);
    });

    it('is refused in a read-only tenant, and led to where that is changed', async () => {
      await changeRole(say('read-only', '只读'));
      await openRequests();
      await press('Control+A');
      await page().keyboard.type('/data/upd');
      await workbench().accept('/cgi/crm/v2/data/update');
      await workbench().editorShows('"object_data"');
      await press('Control+Alt+R');
      const refusal = say('is read-only in this editor: nothing was sent', '为只读，请求未发送');
      await workbench().toast(refusal).waitFor();
      await shot('83-read-only');
      await workbench().toastButton(refusal, say('Edit the connection…', '编辑连接…'));
      await workbench().quickPickRow(say('Role', '用途')).waitFor();
      await press('Escape');
    });

    describe('in trouble', () => {
      let login: Login;
      let tenant: Awaited<ReturnType<typeof startTenant>>['process'];
      const failedSave = () => workbench().toast(say('could not be reached', '无法访问'));

      before(async () => {
        ({ login, process: tenant } = await startTenant());
      });
      after(() => tenant.kill());

      it('corrects a secret that was wrong, with all else as it was typed', async () => {
        await command('Add Connection', '添加连接');
        await workbench().pick(say('Another host', '其他主机'));
        await workbench().answer('OpenAPI', login.url);
        await workbench().answer(say('A name for this tenant', '企业的名称'), 'Acme');
        await workbench().pick(say('Client credentials', '客户端模式'));
        await workbench().answer(say('App ID', 'appId'), login.appId);
        await workbench().answer(say('App secret', '应用密钥'), 'a-wrong-secret');
        await workbench().answer(say('Permanent code', '永久授权码'), login.permanentCode);
        await workbench().answer('ID', login.userId);
        await workbench().pick(say('development', '开发环境'));
        await workbench().toast('10006').waitFor();
        await shot('84-wrong-secret');
        await workbench().toastButton('10006', say('Correct…', '修改…'));
        await workbench().pick(say('App secret', '应用密钥'));
        await workbench().quickInputBox().fill(login.appSecret);
        await press('Enter');
        await workbench().statusItem('Acme').waitFor();
      });

      it('does not notice that a token has expired', async () => {
        await workbench().closeEditors();
        await folder(say('Recycle bin', '回收站')).locator('.monaco-tl-twistie').click();
        await workbench().expand(say('Records', '数据'));
        await named('集团').dblclick();
        await workbench().editorShows('"_id"');
        await expireTokens(login);
        await line('"name"').click();
        await press('End', 'ArrowLeft', 'ArrowLeft');
        await page().keyboard.type('一');
        await press('Control+S');
        await workbench().statusItem(say('Saved name (1 field) to Acme', '已将 name（1 个字段）保存到 Acme')).waitFor();
        await page().locator('.tab.active.dirty').waitFor({ state: 'detached' });
      });

      it('loses nothing when the server goes away, and is told so', async () => {
        tenant.kill('SIGKILL');
        await page().keyboard.type('二');
        await press('Control+S');
        await failedSave().waitFor();
        await shot('85-server-gone');
        await page().locator('.tab.active.dirty').waitFor();
        await workbench().editorShows('一二');
        await workbench().clearToasts();
        await workbench().rowAction(folder(say('Records', '数据')), say('Refresh', '刷新'));
        await workbench().row(say('Retry', '重试')).waitFor();
        await shot('86-unreachable');
      });
    });
  });
}

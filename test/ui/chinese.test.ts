import assert from 'node:assert/strict';
import { useWorkbench } from './workbench';

/** What else a person meets: another language and theme, wrong input, a server that goes away, a reload. */
describe('in Chinese, in a light theme', () => {
  const workbench = useWorkbench({
    folder: 'test/host/workspace',
    theme: 'Default Light Modern',
    displayLanguage: 'zh-cn',
  });
  const records = () => workbench().page.locator('.sidebar .monaco-list-row[aria-level="4"]');

  it('says what is wrong with a connection, and loses nothing of what was typed', async () => {
    await workbench().openContainer('纷享销客 CRM');
    await workbench().page.locator('.sidebar').getByRole('button', { name: '添加连接' }).click();
    await workbench().pick('其他主机');
    await workbench().answer('OpenAPI', 'http://127.0.0.1:9');
    await workbench().answer('企业', '测试企业');
    await workbench().pick('客户端模式');
    await workbench().answer('appId', 'FSAID_test');
    await workbench().answer('应用密钥', 'a-secret-that-nobody-sees');
    await workbench().answer('永久授权码', 'a-code-that-nobody-sees');
    await workbench().answer('ID', '1000');
    await workbench().pick('开发环境');
    const toast = workbench().toast('ECONNREFUSED');
    await toast.waitFor();
    assert.doesNotMatch(await workbench().page.locator('.monaco-workbench').innerText(), /nobody-sees/);
    await workbench().shot('10-zh-unreachable');
    await workbench().toastButton('ECONNREFUSED', '修改…');
    await workbench().quickPickRow('127.0.0.1:9').waitFor();
    await workbench().page.keyboard.press('Escape');
    await workbench().clearToasts();
  });

  it('shows the sandbox with Chinese names', async () => {
    await workbench().page.locator('.sidebar').getByRole('button', { name: '试用本地沙箱' }).click();
    await workbench().row('客户与线索').waitFor({ timeout: 30_000 });
    await workbench().expand('客户与线索');
    await workbench().expand('LeadsObj');
    await records().first().waitFor();
    await workbench().shot('11-zh-records');
  });

  it('asks once for several records and tells the result', async () => {
    await records().nth(0).click();
    await records()
      .nth(2)
      .click({ modifiers: ['Shift'] });
    await workbench().contextMenu(records().nth(1), '作废');
    await workbench().dialog('3 条数据').waitFor();
    await workbench().shot('12-zh-several');
    await workbench().dialogButton('3 条数据', '作废');
    await workbench().statusItem('3 条数据').waitFor();
    await workbench().shot('13-zh-result');
  });

  it('keeps the connection and its secrets over a reload of the window', async () => {
    await workbench().reload();
    await workbench().row('客户与线索').waitFor({ timeout: 30_000 });
    await workbench().statusItem('本地沙箱').waitFor();
  });

  it('turns a sandbox that was stopped into a node with the reason and a way on', async () => {
    await workbench().command('停止本地沙箱');
    await workbench().row('启动本地沙箱').waitFor();
    await workbench().shot('14-zh-stopped');
    await workbench().row('启动本地沙箱').click();
    await workbench().row('客户与线索').waitFor({ timeout: 30_000 });
  });
});

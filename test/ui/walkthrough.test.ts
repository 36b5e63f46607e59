import assert from 'node:assert/strict';
import { addConnection, startTenant } from './tenants';
import { useWorkbench } from './workbench';

const languages = [
  {
    displayLanguage: 'en',
    container: 'Fxiaoke CRM',
    link: 'Get started',
    title: 'Get Started with Fxiaoke CRM',
    steps: ['Try the sandbox', 'Look at a record', 'Send a request', 'Connect a tenant', 'Stay safe in production'],
    page: 'A tenant of your own',
    start: 'Start the Local Sandbox',
    group: 'Customers & leads',
    newRequest: 'New Request',
    send: 'Send',
  },
  {
    displayLanguage: 'zh-cn',
    container: '纷享销客 CRM',
    link: '开始使用',
    title: '开始使用纷享销客 CRM',
    steps: ['试用本地沙箱', '查看一条数据', '发送请求', '连接企业', '安全地使用生产环境'],
    page: '属于您自己的企业',
    start: '启动本地沙箱',
    group: '客户与线索',
    newRequest: '新建请求',
    send: '发送',
  },
] as const;

/** Each step is checked off by what a person did, wherever they did it. */
for (const { displayLanguage, container, link, title, steps, page, start, group, newRequest, send } of languages) {
  describe(`the walkthrough (${displayLanguage})`, () => {
    const workbench = useWorkbench({
      folder: 'test/host/workspace',
      theme: 'Default Light Modern',
      displayLanguage,
      viewport: { width: 1600, height: 900 },
    });
    const walkthrough = () => workbench().page.locator('.gettingStartedContainer .gettingStartedSlideDetails');
    const step = (name: string) => walkthrough().locator('.getting-started-step').filter({ hasText: name }).first();
    const checked = (name: string) => step(name).locator('.codicon.complete');
    /** The page of a step is a web view, which the editor serves as a frame in a frame. */
    const media = () => workbench().page.frameLocator('iframe.webview').frameLocator('iframe');
    const records = () => workbench().page.locator('.sidebar .monaco-list-row[aria-level="4"]');
    /** A page that was covered may show the list of all walkthroughs, or its steps still. */
    const returnToSteps = async () => {
      await workbench().command('Welcome: Open Walkthrough');
      await workbench().pick(title);
    };
    const doneSteps = async () => {
      const done: string[] = [];
      for (const name of steps) if (await checked(name).isVisible()) done.push(name);
      return done;
    };

    it('opens from the empty view, with nothing done yet', async () => {
      await workbench().openContainer(container);
      // The hover of the icon would lie over the link.
      await workbench().page.mouse.move(900, 500);
      await workbench().page.locator('.sidebar .welcome-view-content').getByText(link, { exact: true }).click();
      await walkthrough().getByText(title).waitFor();
      for (const name of steps) await step(name).waitFor();
      assert.deepEqual(await doneSteps(), []);
      await media().getByText(page).waitFor({ timeout: 30_000 });
      await workbench().shot(`50-walkthrough-${displayLanguage}`);
    });

    it('checks off the sandbox that its own button starts', async () => {
      await walkthrough().getByRole('button', { name: start }).click();
      await checked(steps[0]).waitFor({ timeout: 30_000 });
      assert.deepEqual(await doneSteps(), [steps[0]]);
      // Another document would take the place of a preview.
      await workbench().tab('Welcome').dblclick();
    });

    it('checks off the record that a click in the tree opens', async () => {
      await workbench().expand(group);
      await workbench().expand('AccountObj');
      await records().first().waitFor({ timeout: 30_000 });
      await records().first().click();
      await workbench().editorShows('"_id"');
      await returnToSteps();
      await checked(steps[1]).waitFor();
      assert.deepEqual(await doneSteps(), steps.slice(0, 2));
    });

    it('checks off the request that is sent', async () => {
      await workbench().contextMenu(workbench().row('AccountObj'), newRequest);
      await workbench().pick('query');
      await workbench().editorShows('POST /cgi/crm/v2/data/query');
      await workbench().codeLens(send).click();
      await workbench().tab('query AccountObj.json').waitFor();
      await returnToSteps();
      await checked(steps[2]).waitFor();
      assert.deepEqual(await doneSteps(), steps.slice(0, 3));
      await workbench().shot(`51-walkthrough-${displayLanguage}`);
    });
  });
}

/** A tenant of one's own is no sandbox: that step stays open for whoever wants to try it. */
describe('the walkthrough of somebody who has a tenant', () => {
  const workbench = useWorkbench({ theme: 'Default High Contrast Light', viewport: { width: 1600, height: 900 } });
  const step = (name: string) => workbench().page.locator('.getting-started-step').filter({ hasText: name }).first();
  const checked = (name: string) => step(name).locator('.codicon.complete');
  const showSteps = async () => {
    await workbench().command('Welcome: Open Walkthrough');
    await workbench().pick('Get Started with Fxiaoke CRM');
  };
  let tenant: Awaited<ReturnType<typeof startTenant>>;

  before(async () => {
    tenant = await startTenant();
  });

  after(() => {
    tenant.process.kill();
  });

  it('checks off the tenant that is connected, and the care for one in production', async () => {
    // The editor heeds what is done from the time on at which it knows the steps, which is when they are first shown.
    await showSteps();
    await step('Connect a tenant').waitFor();
    await workbench().openContainer('Fxiaoke CRM');
    await addConnection(workbench(), tenant.login, 'Acme', 'production');
    await showSteps();
    await checked('Connect a tenant').waitFor();
    await checked('Stay safe in production').waitFor();
    assert.equal(await checked('Try the sandbox').isVisible(), false);
    await workbench().shot('52-walkthrough-tenant');
  });
});

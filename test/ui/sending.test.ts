import assert from 'node:assert/strict';
import { useWorkbench } from './workbench';

/** What a page has and Node's types do not know. */
interface Browser {
  readonly getComputedStyle: (element: object, pseudo: string) => { content: string };
}

describe('requests and their answers', () => {
  const workbench = useWorkbench({ folder: 'test/ui/workspace', viewport: { width: 1400, height: 800 } });
  /** The text that decorations put after the lines of the editors. */
  const notes = () =>
    workbench()
      .page.locator('.view-lines .view-line span[class*="ced-"]')
      .evaluateAll((spans: object[]) => {
        const { getComputedStyle } = globalThis as unknown as Browser;
        return spans.map(span => getComputedStyle(span, '::after').content);
      });

  it('stop at the first failed assertion, each marked after its line', async () => {
    await workbench().openContainer('Fxiaoke CRM');
    await workbench().page.locator('.sidebar').getByRole('button', { name: 'Try the Local Sandbox' }).click();
    await workbench().statusItem('Sandbox').waitFor({ timeout: 30_000 });
    // Starting the sandbox shows its objects; only then is the side bar ours again.
    await workbench().row('Customers & leads').waitFor({ timeout: 30_000 });
    await workbench().openContainer('Explorer');
    await workbench().row('customers.fxhttp').click();
    await workbench().editorShows('Customers that matter');
    await workbench().command('Fxiaoke: Send All Requests of the File');
    await workbench().tab('Customers that matter').waitFor();
    await workbench().toast('Stopped at request 1 of 2').waitFor();
    const shown = (await notes()).join('\n');
    assert.match(shown, /✓ 0/);
    assert.match(shown, /✗ \d+/);
    assert.match(shown, /✗ The response has nothing there/);
    await workbench()
      .statusItem(/^ ?0 · \d+ ms/)
      .waitFor();
    await workbench().clearToasts();
    await workbench().shot('20-assertions');
  });

  it('are all in the history, a failed one with its explanation', async () => {
    await workbench().page.locator('.view-line', { hasText: 'NoSuchObj' }).first().click();
    await workbench().command('Fxiaoke: Send Request');
    await workbench().tab('An object that is not there').waitFor();
    await workbench().openContainer('Fxiaoke CRM');
    const history = workbench().view('History');
    await history.locator('.pane-header').click();
    await workbench().expand('An object that is not there', history);
    await workbench().row('traceId', history).waitFor();
    await workbench().row('Customers that matter', history).waitFor();
    await workbench().shot('21-history');
  });

  it('stay in the history after a reload', async () => {
    // The history is written a moment after the answer.
    await workbench().page.waitForTimeout(3000);
    await workbench().reload();
    const history = workbench().view('History');
    await workbench().row('Customers that matter', history).waitFor({ timeout: 30_000 });
    await workbench().row('Customers that matter', history).click();
    await workbench().tab('Customers that matter').waitFor();
    await workbench().page.locator('.view-line', { hasText: '"dataList"' }).waitFor();
  });
});

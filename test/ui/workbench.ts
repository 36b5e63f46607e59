import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locator, Page } from './playwright';

const projectFolder = path.resolve(__dirname, '../../..');
const results = path.join(projectFolder, 'test-results');
const vsix = process.env['FXIAOKE_VSIX'] ?? path.join(results, 'fxiaoke-crm.vsix');

export interface WorkbenchOptions {
  /** What the Workbench shows: a folder that is copied, so that tests may write into it; none where it is `false`. */
  folder?: string | false;
  theme?: 'Default Dark Modern' | 'Default Light Modern' | 'Default High Contrast' | 'Default High Contrast Light';
  viewport?: { width: number; height: number };
  /** The language of the extension's own words; VS Code's stay English, its language packs are not on npm. */
  displayLanguage?: 'en' | 'zh-cn' | 'qps-ploc';
  settings?: Record<string, unknown>;
  /** What is done to the folder of the installed extension before the workbench opens. */
  prepare?: (extension: string) => void;
  /** Whether folders have to be trusted; without it all are. */
  workspaceTrust?: boolean;
  /** Environment of the extension host. */
  env?: Record<string, string>;
}

/** What test/vscode-host/lib/workbench.mjs returns. */
interface Host {
  page: Page;
  userDataDir: string;
  milliseconds: number;
  close(): Promise<void>;
}

/** What the suites use of the launcher's modules, which are ECMAScript modules outside of this bundle. */
interface Launcher {
  openWorkbench: (options: Record<string, unknown>) => Promise<Host>;
  runCli: (args: string[]) => string;
  keepArtifacts: (host: Host, folder: string) => Promise<void>;
}

async function launcher(module: 'workbench' | 'server' | 'artifacts'): Promise<Launcher> {
  const file = path.join(projectFolder, 'test/vscode-host/lib', `${module}.mjs`);
  return (await import(pathToFileURL(file).href)) as Launcher;
}

/** A real VS Code with the packaged extension installed, as a user has it, and what a user can see and do there. */
export class Workbench {
  private constructor(
    private readonly host: Host,
    /** What is erased with it; another window leaves that to the first. */
    private readonly scratch: string | undefined,
    readonly folder: string,
  ) {
    this.page.setDefaultTimeout(15_000);
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { folder, theme = 'Default Dark Modern', settings = {}, prepare, ...rest } = options;
    const { openWorkbench } = await launcher('workbench');
    const { runCli } = await launcher('server');
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fx-ui-'));
    const workspace = path.join(scratch, 'workspace');
    if (folder) fs.cpSync(path.resolve(projectFolder, folder), workspace, { recursive: true });
    else fs.mkdirSync(workspace);
    const extensionsDir = path.join(scratch, 'extensions');
    fs.mkdirSync(extensionsDir);
    try {
      runCli(['--install-extension', vsix, '--extensions-dir', extensionsDir]);
      const installed = fs.readdirSync(extensionsDir).find(name => name.startsWith('crm-devkit.fxiaoke-crm'));
      prepare?.(path.join(extensionsDir, installed ?? ''));
      const host: Host = await openWorkbench({
        ...rest,
        folder: folder === false ? undefined : workspace,
        extensionsDir,
        userDataDir: path.join(scratch, 'user'),
        settings: { 'workbench.colorTheme': theme, ...settings },
      });
      return new Workbench(host, scratch, workspace);
    } catch (error) {
      fs.rmSync(scratch, { recursive: true, force: true });
      throw error;
    }
  }

  get page(): Page {
    return this.host.page;
  }

  /** Time from nothing to a workbench that shows itself. */
  get startMilliseconds(): number {
    return this.host.milliseconds;
  }

  async close(): Promise<void> {
    await this.host.close();
    if (this.scratch !== undefined) fs.rmSync(this.scratch, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Writes `test-results/screenshots/<name>.png`. */
  async shot(name: string): Promise<void> {
    const file = path.join(results, 'screenshots', `${name}.png`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }

  /** Keeps what explains a failure: a screenshot, the log of the server, the logs of the extension host. */
  async keepArtifacts(name: string): Promise<void> {
    const { keepArtifacts } = await launcher('artifacts');
    await keepArtifacts(this.host, path.join(results, 'ui', name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')));
  }

  /** Another window on the same folder: what a person keeps is theirs in both. */
  async openWindow(): Promise<Workbench> {
    const page = await this.page.context().newPage();
    await page.goto(this.page.url());
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    return new Workbench({ ...this.host, page, close: () => page.close() }, undefined, this.folder);
  }

  /**
   * Comes to this window from another one. A headless page believes that it always has the focus, so it is told
   * what a browser tells a page.
   */
  async focus(): Promise<void> {
    await this.page.bringToFront();
    for (const focused of [true, false, true]) {
      await this.page.evaluate(
        `document.hasFocus = () => ${focused}; window.dispatchEvent(new FocusEvent('${focused ? 'focus' : 'blur'}'));`,
      );
      await this.page.waitForTimeout(200);
    }
  }

  /** Reloads the window: the extension host starts again, what is stored stays. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.monaco-workbench').waitFor();
  }

  // Activity bar, views, trees

  activity(title: string): Locator {
    return this.page.locator(`.activitybar .action-label[aria-label^="${title}"]`).first();
  }

  /** Opens a view container by its icon, unless it is open already: another click would close it. */
  async openContainer(title: string): Promise<void> {
    await this.activity(title).waitFor();
    const open = this.page.locator('.sidebar .composite.title', { hasText: new RegExp(title, 'i') });
    if (!(await open.isVisible())) await this.activity(title).click();
    await open.waitFor();
  }

  /** A view of the container that is open, by the title in its header. */
  view(title: string): Locator {
    return this.page
      .locator('.sidebar .split-view-view')
      .filter({ has: this.page.locator(`.pane-header[aria-label^="${title}"]`) });
  }

  /** A row of a tree (or a list) in the side bar, by its text; `within` narrows it to one view. */
  row(text: string | RegExp, within?: Locator): Locator {
    const rows = within ? within.locator('.monaco-list-row') : this.page.locator('.sidebar .monaco-list-row');
    return rows.filter({ hasText: text }).first();
  }

  /** Expands a row by its twistie, and does nothing when it is expanded. */
  async expand(text: string | RegExp, within?: Locator): Promise<void> {
    const row = this.row(text, within);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
  }

  /** Clicks an inline action of a row, which shows only while the pointer is over it. */
  async rowAction(row: Locator, title: string): Promise<void> {
    await row.hover();
    await row.locator(`.actions .action-label[aria-label^="${title}"]`).click();
  }

  /** Chooses an entry of the context menu of what is right-clicked. */
  async contextMenu(target: Locator, entry: string): Promise<void> {
    await target.click({ button: 'right' });
    await this.menuEntry(entry);
  }

  /** The entries of the menu that is open. */
  menu(): Locator {
    return this.page.locator('.monaco-menu .action-item .action-label');
  }

  /** Chooses an entry of the menu that is open, or about to open. */
  async menuEntry(entry: string): Promise<void> {
    const item = this.menu().filter({ hasText: entry }).first();
    // A menu that has only just opened takes the click for the end of the one that opened it.
    for (let attempt = 1; ; attempt++) {
      await item.click();
      try {
        await item.waitFor({ state: 'hidden', timeout: 2000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  /** Drags with the mouse, and lets go with a key held down where one is named. */
  async drag(from: Locator, to: Locator, key?: string): Promise<void> {
    const { mouse, keyboard } = this.page;
    const middle = async (place: Locator) => {
      const box = await place.boundingBox();
      if (!box) throw new Error('What is dragged, or where to, is not in sight.');
      return [box.x + Math.min(box.width / 2, 60), box.y + box.height / 2] as const;
    };
    await mouse.move(...(await middle(from)));
    await mouse.down();
    if (key) await keyboard.down(key);
    await mouse.move(...(await middle(to)), { steps: 8 });
    // The editor asks the extension what is dragged.
    await this.page.waitForTimeout(500);
    await mouse.move(...(await middle(to)), { steps: 2 });
    await mouse.up();
    if (key) await keyboard.up(key);
  }

  // Palette and quick inputs

  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  quickInputBox(): Locator {
    return this.quickInput().locator('input[type=text], input[type=password]').first();
  }

  /** Runs a command of the palette by its title, category included: "Fxiaoke: Add Connection…". */
  async command(title: string): Promise<void> {
    // The palette lists what is registered when it opens: try again while extensions are still loading.
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('F1');
      await this.quickInputBox().fill(`>${title}`);
      try {
        await this.quickPickRow(title).click({ timeout: 2000 });
        return;
      } catch (error) {
        if (attempt === 10) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  quickPickRow(text: string | RegExp): Locator {
    return this.quickInput().locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }

  /** Picks an entry of the quick pick that is open. */
  async pick(text: string | RegExp): Promise<void> {
    await this.quickPickRow(text).click();
  }

  /** Types into the input box that asks for `prompt`, and accepts. */
  async answer(prompt: string | RegExp, text: string): Promise<void> {
    await this.quickInput().filter({ hasText: prompt }).waitFor();
    await this.quickInputBox().fill(text);
    await this.page.keyboard.press('Enter');
  }

  // Messages

  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  async toastButton(text: string | RegExp, button: string): Promise<void> {
    await this.toast(text).getByRole('button', { name: button, exact: true }).click();
  }

  async clearToasts(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  dialog(text: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box').filter({ hasText: text });
  }

  async dialogButton(text: string | RegExp, button: string): Promise<void> {
    await this.dialog(text).getByRole('button', { name: button, exact: true }).click();
    await this.dialog(text).waitFor({ state: 'hidden' });
  }

  // Editors

  tab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: title }).first();
  }

  activeTab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab.active').filter({ hasText: title }).first();
  }

  async closeEditors(): Promise<void> {
    await this.command('View: Close All Editors');
  }

  /** The lines of the active editor that are in sight, in the order in which they stand. */
  async editorText(): Promise<string> {
    const lines = await this.page
      .locator('.editor-group-container.active .view-lines .view-line')
      .evaluateAll((shown: { style: { top: string }; textContent: string }[]) =>
        shown
          .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
          .map(line => line.textContent),
      );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Waits until the active editor shows a text. */
  async editorShows(text: string | RegExp): Promise<void> {
    const matches = (shown: string) => (typeof text === 'string' ? shown.includes(text) : text.test(shown));
    for (let attempt = 0; attempt < 150; attempt++) {
      if (matches(await this.editorText())) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`The editor never showed ${String(text)}; it shows:\n${await this.editorText()}`);
  }

  /** Rests the pointer on a word of an editor until a hover with `text` shows, and resolves to that hover. */
  async hoverOf(word: Locator, text: string): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:visible').filter({ hasText: text }).first();
    // Hints that come in late move the word from under the pointer, which the editor takes for its leaving.
    for (let attempt = 1; ; attempt++) {
      await word.hover();
      try {
        await hover.waitFor({ timeout: 3000 });
        return hover;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.mouse.move(0, 0);
      }
    }
  }

  /** Puts the cursor into the active editor, where it was. */
  async focusEditor(): Promise<void> {
    await this.page
      .locator(
        '.editor-group-container.active .monaco-editor .native-edit-context, .editor-group-container.active .monaco-editor textarea',
      )
      .first()
      .focus();
  }

  /** A row of the list of completions. */
  suggestion(text: string | RegExp): Locator {
    return this.page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: text }).first();
  }

  /** Asks for completions until one is offered. */
  async suggest(text: string | RegExp): Promise<Locator> {
    const row = this.suggestion(text);
    for (let attempt = 1; ; attempt++) {
      if (!(await row.isVisible())) await this.page.keyboard.press('Control+Space');
      try {
        await row.waitFor({ timeout: 3000 });
        return row;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Takes a completion. */
  async accept(text: string | RegExp): Promise<void> {
    await (await this.suggest(text)).click();
    await this.page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
  }

  codeLens(text: string): Locator {
    return this.page.locator('.editor-group-container.active .codelens-decoration a').filter({ hasText: text }).first();
  }

  /** A button in the title bar of the active editor. */
  editorAction(title: string): Locator {
    return this.page
      .locator(`.editor-group-container.active .editor-actions .action-label[aria-label^="${title}"]`)
      .first();
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }
}

/**
 * Opens a workbench for the tests of the surrounding `describe`, closes it after them, and keeps a screenshot and
 * the logs of each test that fails.
 */
export function useWorkbench(options: WorkbenchOptions = {}): () => Workbench {
  let workbench: Workbench | undefined;

  before(async () => {
    workbench = await Workbench.open(options);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench?.keepArtifacts(this.currentTest.fullTitle());
  });

  after(async () => {
    await workbench?.close();
  });

  return () => {
    if (!workbench) throw new Error('The workbench opens before the first test, not before.');
    return workbench;
  };
}

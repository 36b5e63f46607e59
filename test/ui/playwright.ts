// The part of Playwright's interface that the suites use. The package itself is installed with the editor on
// first use (test/vscode-host), so its own types are not there for those who only build.

export interface Locator {
  locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
  filter(options: { hasText?: string | RegExp; hasNotText?: string | RegExp; has?: Locator }): Locator;
  getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
  getByRole(role: string, options?: { name?: string | RegExp; exact?: boolean }): Locator;
  first(): Locator;
  last(): Locator;
  nth(index: number): Locator;
  count(): Promise<number>;
  waitFor(options?: { state?: 'visible' | 'hidden' | 'attached' | 'detached'; timeout?: number }): Promise<void>;
  click(options?: ClickOptions): Promise<void>;
  dblclick(options?: ClickOptions): Promise<void>;
  hover(options?: { timeout?: number }): Promise<void>;
  fill(text: string, options?: { timeout?: number }): Promise<void>;
  press(key: string, options?: { timeout?: number }): Promise<void>;
  focus(): Promise<void>;
  innerText(options?: { timeout?: number }): Promise<string>;
  allInnerTexts(): Promise<string[]>;
  getAttribute(name: string, options?: { timeout?: number }): Promise<string | null>;
  isVisible(): Promise<boolean>;
  evaluate<T>(script: string): Promise<T>;
  /** Runs in the page: the function must not refer to anything outside of it. */
  evaluateAll<T>(script: (elements: any[]) => T): Promise<T>;
  scrollIntoViewIfNeeded(): Promise<void>;
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
}

/** What is inside of an `iframe`. */
interface FrameLocator {
  frameLocator(selector: string): FrameLocator;
  getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
}

interface ClickOptions {
  button?: 'left' | 'right' | 'middle';
  modifiers?: ('Alt' | 'Control' | 'ControlOrMeta' | 'Meta' | 'Shift')[];
  position?: { x: number; y: number };
  timeout?: number;
}

export interface Page {
  frameLocator(selector: string): FrameLocator;
  locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
  getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
  getByRole(role: string, options?: { name?: string | RegExp; exact?: boolean }): Locator;
  keyboard: {
    press(key: string): Promise<void>;
    down(key: string): Promise<void>;
    up(key: string): Promise<void>;
    type(text: string, options?: { delay?: number }): Promise<void>;
    insertText(text: string): Promise<void>;
  };
  mouse: {
    move(x: number, y: number, options?: { steps?: number }): Promise<void>;
    wheel(x: number, y: number): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
  };
  evaluate<T>(script: string): Promise<T>;
  reload(): Promise<unknown>;
  goto(url: string): Promise<unknown>;
  url(): string;
  context(): { newPage(): Promise<Page> };
  bringToFront(): Promise<void>;
  close(): Promise<void>;
  screenshot(options: { path: string; timeout?: number }): Promise<unknown>;
  setDefaultTimeout(milliseconds: number): void;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  waitForTimeout(milliseconds: number): Promise<void>;
}

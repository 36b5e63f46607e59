import { useWorkbench } from './workbench';

interface Picture {
  readonly language: 'en' | 'zh-cn';
  /** What it is called in `test-results/screenshots` and `docs/images`. */
  readonly name: string;
  readonly file: string;
  readonly words: Record<'container' | 'sandbox' | 'group' | 'objects' | 'title' | 'send', string>;
}

const pictures: Picture[] = [
  {
    language: 'en',
    name: 'workbench',
    file: 'customers.fxhttp',
    words: {
      container: 'Fxiaoke CRM',
      sandbox: 'Try the Local Sandbox',
      group: 'Customers & leads',
      objects: 'Objects',
      title: 'Key customers',
      send: 'Send',
    },
  },
  {
    language: 'zh-cn',
    name: 'workbench.zh-CN',
    file: 'customers.zh-CN.fxhttp',
    words: {
      container: '纷享销客 CRM',
      sandbox: '试用本地沙箱',
      group: '客户与线索',
      objects: '对象',
      title: '重点客户',
      send: '发送',
    },
  },
];

/** `npm run docs:pictures` copies what these tests show to docs/images. */
for (const { language, name, file, words } of pictures) {
  describe(`the picture of the docs (${language})`, () => {
    const workbench = useWorkbench({
      folder: 'test/ui/pictures',
      displayLanguage: language,
      theme: 'Default Light Modern',
      viewport: { width: 1280, height: 640 },
      settings: { 'editor.minimap.enabled': false, 'editor.fontSize': 12, 'breadcrumbs.enabled': false },
    });
    const records = () => workbench().page.locator('.sidebar .monaco-list-row[aria-level="4"]');

    it('shows records on the left, a request in the middle and its answer on the right', async () => {
      await workbench().openContainer(words.container);
      await workbench().page.locator('.sidebar').getByRole('button', { name: words.sandbox }).click();
      await workbench().expand(words.group);
      await workbench().expand('AccountObj');
      await records().first().waitFor();
      await raiseObjects();
      await workbench().page.keyboard.press('Control+P');
      await workbench().quickInputBox().fill(file);
      await workbench().pick(file);
      await workbench().codeLens(words.send).click();
      await workbench()
        .tab(new RegExp(`${words.title}.*json`))
        .waitFor();
      await workbench().page.locator('.view-line', { hasText: '"dataList"' }).waitFor();
      await workbench().page.locator('.codelens-decoration', { hasText: 'traceId' }).waitFor();
      await workbench().shot(name);
    });

    /** The list of connections was alone at first and holds one row: the objects need its room. */
    async function raiseObjects(): Promise<void> {
      const header = await workbench().view(words.objects).boundingBox();
      if (!header) throw new Error('The objects are not in sight.');
      const { mouse } = workbench().page;
      await mouse.move(header.x + 100, header.y);
      await mouse.down();
      await mouse.move(header.x + 100, 130, { steps: 8 });
      await mouse.up();
    }
  });
}

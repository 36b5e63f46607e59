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
      viewport: { width: 1440, height: 720 },
      settings: { 'editor.minimap.enabled': false, 'editor.fontSize': 12, 'breadcrumbs.enabled': false },
    });
    const records = () => workbench().page.locator('.sidebar .monaco-list-row[aria-level="4"]');

    it('shows records on the left, a request in the middle and its response on the right', async () => {
      await workbench().openContainer(words.container);
      await workbench().page.locator('.sidebar').getByRole('button', { name: words.sandbox }).click();
      await workbench().expand(words.group);
      await workbench().expand('AccountObj');
      await records().first().waitFor();
      await raiseObjects();
      await widenSidebar();
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
      await drag([header.x + 100, header.y], [header.x + 100, 130]);
    }

    /** So that no row is cut. */
    async function widenSidebar(): Promise<void> {
      const sidebar = await workbench().page.locator('.part.sidebar').boundingBox();
      if (!sidebar) throw new Error('The sidebar is not in sight.');
      const edge = sidebar.x + sidebar.width;
      await drag([edge, 400], [edge + 110, 400]);
    }

    async function drag([fromX, fromY]: [number, number], [toX, toY]: [number, number]): Promise<void> {
      const { mouse } = workbench().page;
      await mouse.move(fromX, fromY);
      await mouse.down();
      await mouse.move(toX, toY, { steps: 8 });
      await mouse.up();
    }
  });
}

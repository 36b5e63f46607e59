import type * as vscode from 'vscode';
import type { AxiosInstance } from 'axios';
import type { CrmClient } from '../src/api/crmClient';
import { NodeTree, type TreeNode } from '../src/base/vscode/nodeTree';
import { Pins } from '../src/objects/pins';
import { TenantObjects } from '../src/objects/tenantObjects';
import { ObjectNodes } from '../src/objects/vscode/objectNodes';
import { ObjectsView } from '../src/objects/vscode/objectsView';
import { allRecords } from '../src/records/allRecords';
import { RecordNodes } from '../src/records/vscode/recordNodes';
import { FakeTenant, input, memoryState, signedIn, tokenPath, world } from '../test/unit/fakes';
import { alternate, timed, type Block } from './alternate';
import { bareAxios, ourClient, unlimited } from './clients';
import type { Measurement } from './measurement';
import { withoutLimits, withSandbox } from './sandbox';

const object = 'AccountObj';
/** As the setting `fxiaoke.pageSize` has it. */
const pageSize = 50;
const blocks = 60;
const warmUp = 10;
const pagesInBlock = 4;
/** *Load more* is pressed so often before it is measured: 200 is in the middle of what is. */
const deep = 200 - blocks / 2;
/** Each 23rd record of the sandbox is in the recycle bin. */
const seeded = Math.ceil(((deep + blocks + warmUp + 2) * pageSize * 23) / 22);

/** The tree, from the answers of a tenant to the items that the editor shows. */
export const tree = async (): Promise<Measurement[]> => [
  ...(await withSandbox([...withoutLimits, '--records', String(seeded)], async ({ login }) => {
    const { client } = await ourClient(login, unlimited);
    return [...(await firstPage(client, await bareAxios(login))), ...(await morePages(client))];
  })),
  ...(await filtering()),
];

/** A folder of records as it stands in the tree when nobody has opened it yet: all, or those behind an id. */
class Folder {
  readonly #nodes: RecordNodes;
  readonly #tree: NodeTree;
  /** Filters stand below *Records*. */
  readonly #at: number;
  #folder: TreeNode | undefined;
  items: vscode.TreeItem[] = [];
  #last: TreeNode | undefined;

  constructor(client: CrmClient, behind?: string) {
    const conditions = [{ field_name: '_id', operator: 'LT', field_values: [behind ?? ''] }];
    this.#at = behind === undefined ? 0 : 1;
    this.#nodes = new RecordNodes({
      pageSize: () => pageSize,
      refresh: node => this.#tree.refresh(node),
      filters: () => (behind === undefined ? [] : [{ id: 'behind', conditions }]),
      columns: () => undefined,
      fields: () => Promise.resolve([]),
    });
    this.#tree = new NodeTree(() => this.#nodes.below(client, object, 'group'), {
      describe: error => String(error),
      remedies: () => [],
    });
  }

  /** What the editor does when a person expands the folder, and again when it was told that it has changed. */
  async look(): Promise<void> {
    this.#folder ??= (await this.#tree.getChildren())[this.#at];
    const children = await this.#tree.getChildren(this.#folder);
    this.items = children.map(node => this.#tree.getTreeItem(node));
    this.#last = children.at(-1);
  }

  async loadMore(): Promise<void> {
    const before = this.items.length;
    const [work] = (this.#last?.item.command?.arguments ?? []) as { loadMore: () => Promise<void> }[];
    await work?.loadMore();
    await this.look();
    if (this.items.length !== before + pageSize) throw new Error(`${this.items.length} rows came after ${before}`);
  }
}

async function firstPage(client: CrmClient, bare: AxiosInstance): Promise<Measurement[]> {
  const rows = pageSize + 1;
  const ours = async () => {
    const folder = new Folder(client);
    await folder.look();
    return folder.items.length === rows;
  };
  const compared = await alternate(
    warmUp,
    several(ours),
    several(() => bareFirstPage(bare)),
  );
  return [
    { what: 'first page of an object: our tree / bare axios', value: compared.ratio, unit: '×', goal: { atMost: 1.2 } },
    { what: 'first page of an object in our tree', value: compared.ours / pagesInBlock, unit: 'ms' },
    { what: 'first page of an object with bare axios', value: compared.bare / pagesInBlock, unit: 'ms' },
  ];
}

/** The call that our tree makes. */
async function bareFirstPage(bare: AxiosInstance): Promise<boolean> {
  const orders = [{ fieldName: '_id', isAsc: false }];
  const search_query_info = { limit: pageSize, offset: 0, filters: [], orders };
  const { data } = await bare.post<{ data: { dataList: unknown[] } }>('/cgi/crm/v2/data/query', {
    data: { dataObjectApiName: object, find_explicit_total_num: false, search_query_info },
  });
  return data.data.dataList.length === pageSize;
}

/**
 * Late pages, one after the other, by turns with the same pages as the second ones of folders that have just been
 * opened: those show the records behind an id.
 */
async function morePages(client: CrmClient): Promise<Measurement[]> {
  const ids = await newestFirst(client);
  const late = new Folder(client);
  await late.look();
  for (let page = 1; page < deep; page++) await late.loadMore();
  const early: Folder[] = [];
  for (let page = deep; page < deep + blocks + warmUp; page++) {
    const folder = new Folder(client, ids[(page - 1) * pageSize - 1]);
    await folder.look();
    early.push(folder);
  }
  let done = 0;
  const more = async (folder: Folder | undefined) => {
    await folder?.loadMore();
    return folder !== undefined;
  };
  const compared = await alternate(
    warmUp,
    () => more(done++ < early.length ? late : undefined),
    () => more(early.shift()),
  );
  return [
    { what: 'Load more: number 200 / number 1', value: compared.ratio, unit: '×', goal: { atMost: 1.1 } },
    { what: `Load more, number 200, below ${200 * pageSize} records`, value: compared.ours, unit: 'ms' },
    { what: `Load more, number 1, below ${pageSize} records`, value: compared.bare, unit: 'ms' },
  ];
}

async function newestFirst(client: CrmClient): Promise<string[]> {
  const ids: string[] = [];
  for await (const { _id } of allRecords(client, object, { fields: ['_id'] }))
    if (typeof _id === 'string') ids.push(_id);
  return ids.reverse();
}

function several(work: () => Promise<boolean>): Block {
  let done = 0;
  return async () => {
    if (done++ >= blocks + warmUp) return false;
    for (let n = 0; n < pagesInBlock; n++) {
      if (!(await work())) throw new Error(`The page was to have ${pageSize} records.`);
    }
    return true;
  };
}

/** What a person types into the filter of the objects, letter by letter. */
const typed = ['kehu', 'xsdd', '客户', 'account', 'order 1', 'zdy', 'obj', 'hetong', '线索', 'nothing'];

async function filtering(): Promise<Measurement[]> {
  const count = 1000;
  const view = await viewOfObjects(count);
  const times: number[] = [];
  for (let run = 0; run < 30; run++) {
    for (const word of typed) {
      for (let length = 1; length <= word.length; length++) {
        const { milliseconds } = await timed(async () => {
          view.showOnly(word.slice(0, length));
          for (const node of await view.tree.getChildren()) view.tree.getTreeItem(node);
        });
        times.push(milliseconds);
      }
    }
  }
  const sorted = times.slice(1).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const what = 'a key in the filter of 1000 objects';
  return [
    { what: `${what}: median`, value: at(0.5), unit: 'ms', goal: { atMost: 10 } },
    { what: `${what}: 99th percentile`, value: at(0.99), unit: 'ms' },
    { what: `${what}: the very first`, value: times[0] ?? 0, unit: 'ms' },
  ];
}

/** The view of a tenant that lists so many objects, mostly custom ones. */
async function viewOfObjects(count: number): Promise<ObjectsView> {
  const names = ['客户回访', '销售订单', '合同审批', '线索分配', '自定义对象', 'Project', 'Order line'];
  const objects = Array.from({ length: count }, (_, n) => ({
    describeApiName: n === 0 ? object : `object_${n.toString(36)}__c`,
    describeDisplayName: `${names[n % names.length]}${n}`,
    isActive: true,
  }));
  const reply = { errorCode: 0, data: { objects } };
  const tenant = new FakeTenant(({ url }) => (url.pathname === tokenPath ? signedIn() : reply));
  const { connections } = world(tenant).openWindow();
  await connections.add(input);
  const nodes = new ObjectNodes({
    connections,
    objects: new TenantObjects(),
    pins: new Pins(memoryState()),
    below: () => Promise.resolve([]),
  });
  const failures = { describe: (error: unknown) => String(error), remedies: () => [] };
  return new ObjectsView({ connections, failures, roots: filter => nodes.roots(filter) });
}

import type { Bilingual } from '../api/errorCodes';
import entries from './catalogue.json';
import otherNames from './moreObjects.json';

/** How sure the API name is: `inferred` ones were built by a naming pattern and need a tenant's word. */
export type Confidence = 'documented' | 'seen' | 'inferred';

/** One entry of the vendor's published object menu. */
export interface CatalogueEntry {
  readonly apiName: string;
  readonly en: string;
  readonly zh: string;
  readonly group: string;
  readonly confidence: Confidence;
  /** Process objects: only get and query are documented. */
  readonly readOnly?: true;
  /** Price-book lines: may be deleted without being invalidated first. */
  readonly deleteDirectly?: true;
}

const byName = new Map((entries as CatalogueEntry[]).map(entry => [entry.apiName, entry]));
const chineseNames = new Map(otherNames as [string, string][]);

export const customGroup = 'Custom objects';
/** Preset objects that the published menu does not have. */
export const otherGroup = 'Other objects';

/** The groups of the published menu, in the order in which the tree shows them. */
const groups = new Map<string, Bilingual>(
  (
    [
      ['Customers & leads', '客户与线索'],
      ['Sales', '销售'],
      ['Orders & fulfilment', '订单与履约'],
      ['Products & pricing', '产品与价格'],
      ['Finance', '财务'],
      ['Inventory & purchasing', '库存与采购'],
      ['Service', '服务'],
      ['Marketing', '营销'],
      ['Loyalty & members', '会员与忠诚度'],
      ['Field work & FMCG', '外勤与快消'],
      ['Partners', '合作伙伴'],
      ['Projects', '项目'],
      ['Goals & performance', '目标与绩效'],
      ['Activities & communication', '活动与沟通'],
      ['WeCom (Wechat Work)', '企业微信'],
      ['Process & approval', '流程与审批'],
      ['Organization', '组织'],
      [otherGroup, '其他对象'],
      [customGroup, '自定义对象'],
    ] as const
  ).map(([en, zh]) => [en, { en, zh }]),
);

export const groupOrder: readonly string[] = [...groups.keys()];

export function groupName(group: string): Bilingual {
  return groups.get(group) ?? { en: group, zh: group };
}

/** What the published menu says of an object; `undefined` for custom ones and those that it does not name. */
export function catalogueEntry(apiName: string): CatalogueEntry | undefined {
  return byName.get(apiName);
}

/** The Chinese name of an object that the vendor names outside the menu. */
export function publishedChineseName(apiName: string): string | undefined {
  return byName.get(apiName)?.zh ?? chineseNames.get(apiName);
}

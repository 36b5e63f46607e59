import { isCustomObject } from '../api/endpoints';
import { isJsonObject, type JsonObject, type JsonValue } from '../base/json';
import { catalogueEntry, customGroup, groupOrder, otherGroup, publishedChineseName } from './catalogue';
import { displayName, type CrmObject, type NameLanguage } from './crmObject';

/**
 * Reads the answer of object/list: v2 under `data.objects`, v1 under `objects`. Inactive objects are left out. A tenant
 * vouches for the names that it lists; a sandbox, with `isSandbox`, has them from the same catalogue.
 */
export function readObjectList(body: JsonObject, isSandbox = false): CrmObject[] {
  const list = (isJsonObject(body['data']) ? body['data']['objects'] : undefined) ?? body['objects'];
  if (!Array.isArray(list)) return [];
  return list
    .filter(isJsonObject)
    .filter(entry => entry['isActive'] !== false)
    .map(entry => readObject(entry, isSandbox))
    .filter(object => object !== undefined);
}

function readObject(entry: JsonObject, isSandbox: boolean): CrmObject | undefined {
  const apiName = text(entry['describeApiName']) ?? text(entry['api_name']);
  if (apiName === undefined) return undefined;
  const known = catalogueEntry(apiName);
  const custom = isCustomObject(apiName) || entry['defineType'] === 'custom';
  return {
    apiName,
    label:
      text(entry['describeDisplayName']) ?? text(entry['display_name']) ?? publishedChineseName(apiName) ?? apiName,
    englishName: known?.en,
    kind: custom ? 'custom' : 'preset',
    group: custom ? customGroup : (known?.group ?? otherGroup),
    ...(isSandbox && known?.confidence === 'inferred' && { unverified: true }),
  };
}

/** The objects of each group, groups in the catalogue's order, objects by name. Empty groups are left out. */
export function byGroup(objects: readonly CrmObject[], language: NameLanguage): [group: string, CrmObject[]][] {
  const collator = new Intl.Collator(language === 'zh' ? 'zh-Hans-CN' : 'en');
  return groupOrder
    .map((group): [string, CrmObject[]] => [group, objects.filter(object => object.group === group)])
    .filter(([, members]) => members.length > 0)
    .map(([group, members]) => [
      group,
      members.sort((a, b) => collator.compare(displayName(a, language), displayName(b, language))),
    ]);
}

/** The objects one after another as the groups have them: what everybody works with comes first. */
export function inOrder(objects: readonly CrmObject[], language: NameLanguage): CrmObject[] {
  return byGroup(objects, language).flatMap(([, members]) => members);
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

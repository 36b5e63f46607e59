/** The languages that objects, fields and options have names in. */
export type NameLanguage = 'zh' | 'en';

/** An object as the tenant lists it, with what the catalogue adds. */
export interface CrmObject {
  readonly apiName: string;
  /** The tenant's own name for it. */
  readonly label: string;
  readonly englishName: string | undefined;
  readonly kind: 'preset' | 'custom';
  /** English name of its group; `groupName` translates. */
  readonly group: string;
  /** Nobody vouches for the API name: it was built by a pattern, and a sandbox has it from the catalogue. */
  readonly unverified?: true;
}

/** Its name in a language; the tenant's own where the catalogue has no English one. */
export function displayName(object: CrmObject, language: NameLanguage): string {
  return language === 'en' ? (object.englishName ?? object.label) : object.label;
}

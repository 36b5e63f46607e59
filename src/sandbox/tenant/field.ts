/** The field types that the API documents (api-facts.md 4.2), and the four area types that published objects use. */
export type FieldType =
  | 'text'
  | 'long_text'
  | 'html_rich_text'
  | 'number'
  | 'currency'
  | 'percentile'
  | 'select_one'
  | 'record_type'
  | 'select_many'
  | 'tag'
  | 'date'
  | 'date_time'
  | 'time'
  | 'true_or_false'
  | 'phone_number'
  | 'email'
  | 'url'
  | 'employee'
  | 'employee_many'
  | 'department'
  | 'department_many'
  | 'object_reference'
  | 'object_reference_many'
  | 'master_detail'
  | 'file_attachment'
  | 'image'
  | 'signature'
  | 'location'
  | 'country'
  | 'province'
  | 'city'
  | 'district'
  | 'auto_number'
  | 'formula'
  | 'count'
  | 'quote'
  | 'group'
  | 'embedded_object_list'
  | 'lock_rule';

export interface Field {
  name: string;
  label: string;
  type: FieldType;
  defineType: 'system' | 'package' | 'custom';
  required?: boolean;
  /** API name of the object that a look-up, a master-detail field or a count points to. */
  target?: string;
  /** Label by value. */
  options?: Record<string, string>;
  /** A shelf with options that came, changed or (by a null name) went. */
  shelf?: '#categories';
  decimals?: number;
  /** The type of a formula's or count's result. */
  returns?: FieldType;
  /** What a quote field shows: `<look-up field>.<field of its target>`. */
  quotes?: string;
  /** Members of a `group` field. */
  groupFields?: string[];
  /** First letters of an auto number. */
  prefix?: string;
  /** Which words seeded values of a text field are made of. */
  sample?: string;
}

/** How values of a type are compared and stored; a formula or count behaves as what it returns. */
export type ValueKind = 'text' | 'number' | 'time' | 'boolean' | 'option' | 'list' | 'files' | 'none';

const kinds: Record<FieldType, ValueKind> = {
  text: 'text',
  long_text: 'text',
  html_rich_text: 'text',
  number: 'number',
  currency: 'number',
  percentile: 'number',
  select_one: 'option',
  record_type: 'option',
  select_many: 'list',
  tag: 'list',
  date: 'time',
  date_time: 'time',
  time: 'time',
  true_or_false: 'boolean',
  phone_number: 'text',
  email: 'text',
  url: 'text',
  employee: 'list',
  employee_many: 'list',
  department: 'list',
  department_many: 'list',
  object_reference: 'text',
  object_reference_many: 'list',
  master_detail: 'text',
  file_attachment: 'files',
  image: 'files',
  signature: 'files',
  location: 'text',
  country: 'option',
  province: 'option',
  city: 'option',
  district: 'option',
  auto_number: 'text',
  formula: 'number',
  count: 'number',
  quote: 'text',
  group: 'none',
  embedded_object_list: 'none',
  lock_rule: 'text',
};

export const fieldTypes = Object.keys(kinds) as FieldType[];

export function kindOf(field: Field): ValueKind {
  return kinds[field.returns ?? field.type];
}

/** Computed by the CRM: can be read and filtered, never written (api-facts.md 4.2). */
export function isComputed(field: Field): boolean {
  return ['auto_number', 'formula', 'count', 'quote'].includes(field.type);
}

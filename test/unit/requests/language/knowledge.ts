import { parseJson } from '../../../../src/base/json';
import type { CrmObject } from '../../../../src/objects/crmObject';
import type { Field } from '../../../../src/objects/fields';
import { nothingKnown, type Knowledge } from '../../../../src/requests/language/knowledge';

const object = (apiName: string, label: string, englishName?: string): CrmObject => ({
  apiName,
  label,
  englishName,
  kind: apiName.endsWith('__c') ? 'custom' : 'preset',
  group: 'Sales',
});

const field = (apiName: string, label: string, type: string, more: Partial<Field> = {}): Field => ({
  apiName,
  label,
  type,
  required: false,
  options: [],
  target: undefined,
  ...more,
});

const account: readonly Field[] = [
  field('_id', 'ID', 'text'),
  field('name', '客户名称', 'text', { required: true }),
  field('account_level', '客户级别', 'select_one', {
    options: [
      { value: '1', label: '重要' },
      { value: '2', label: '普通' },
    ],
  }),
  field('tags', '标签', 'select_many', { options: [{ value: 'vip', label: '贵宾' }] }),
  field('annual_revenue', '年收入', 'currency'),
  field('is_listed', '是否上市', 'true_or_false'),
  field('owner', '负责人', 'employee'),
  field('founded', '成立日期', 'date'),
  field('code', '编号', 'auto_number'),
  field('version', '版本', 'number'),
  field('parent', '上级客户', 'object_reference', { target: 'AccountObj' }),
  field('record_type', '业务类型', 'record_type', { required: true, hasDefault: true }),
];

const detail: readonly Field[] = [
  field('account_id', '客户', 'master_detail', { required: true, target: 'AccountObj' }),
  field('owner', '负责人', 'employee', { required: true }),
  field('name', 'Name', 'text', { required: true }),
];

/** A tenant that has told of its objects and of the fields of AccountObj. */
export const tenant: Knowledge = {
  ...nothingKnown,
  objects: [
    object('AccountObj', '客户', 'Account'),
    object('ContactObj', '联系人', 'Contact'),
    { ...object('PriceBookProductObj', '价目表明细'), unverified: true },
    object('object_x__c', '门店'),
    object('DetailObj', '明细'),
  ],
  fields: name => (name === 'AccountObj' ? account : name === 'DetailObj' ? detail : undefined),
  records: name => (name === 'AccountObj' ? [{ id: '64f0c0ffee00000000000001', name: '王府井百货' }] : []),
  connections: ['Acme', 'Acme staging'],
  environment: new Map([['region', '上海']]),
  response: name => (name === 'top' ? { body: parseJson('{"data":{"total":3,"dataList":[{"_id":"a"}]}}') } : undefined),
};

/** A text without its cursor mark `|`, and where the mark was. */
export function atCursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('¦');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

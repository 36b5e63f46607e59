import type { Field, FieldType } from './field';

const lifeStatus = {
  ineffective: '未生效',
  under_review: '审核中',
  normal: '正常',
  in_change: '变更中',
  invalid: '作废',
};

/** What every record carries (api-facts.md 4.4). Writable ones are named in `writableSystemFields`. */
export const systemFields: Field[] = (
  [
    ['_id', '唯一性ID', 'text'],
    ['owner', '负责人', 'employee'],
    ['owner_department', '负责人主属部门', 'text'],
    ['owner_department_id', '负责人主属部门ID', 'text'],
    ['data_own_department', '归属部门', 'department'],
    ['data_own_organization', '归属组织', 'department'],
    ['record_type', '业务类型', 'record_type', { options: { default__c: '预设业务类型' } }],
    ['life_status', '生命状态', 'select_one', { options: lifeStatus }],
    ['life_status_before_invalid', '作废前生命状态', 'text'],
    ['lock_status', '锁定状态', 'select_one', { options: { '0': '未锁定', '1': '锁定' } }],
    ['lock_rule', '锁定规则', 'lock_rule'],
    ['lock_user', '加锁人', 'employee'],
    ['relevant_team', '相关团队', 'embedded_object_list'],
    ['created_by', '创建人', 'employee'],
    ['create_time', '创建时间', 'date_time'],
    ['last_modified_by', '最后修改人', 'employee'],
    ['last_modified_time', '最后修改时间', 'date_time'],
    ['is_deleted', '是否作废', 'true_or_false'],
    ['version', '版本', 'number'],
    ['object_describe_api_name', '对象API名称', 'text'],
    ['object_describe_id', '对象描述ID', 'text'],
    ['tenant_id', '租户ID', 'text'],
    ['package', '包', 'text'],
    ['extend_obj_data_id', '扩展数据ID', 'text'],
    ['out_owner', '外部负责人', 'employee'],
    ['out_tenant_id', '外部企业', 'text'],
    ['origin_source', '数据来源', 'select_one', { options: { '0': 'CRM', '1': '企业互联' } }],
    ['order_by', '排序', 'number'],
  ] satisfies [string, string, FieldType, Partial<Field>?][]
).map(([name, label, type, more]) => ({ name, label, type, defineType: 'system', ...more }));

/** System fields that a caller may set; the CRM keeps all others itself and ignores what is sent for them. */
export const writableSystemFields: ReadonlySet<string> = new Set([
  'name',
  'owner',
  'record_type',
  'data_own_department',
  'data_own_organization',
  'out_owner',
  'out_tenant_id',
  'order_by',
]);

const names = new Set(systemFields.map(field => field.name));

/** Kept by the CRM itself: sent values are ignored. */
export function isKeptByCrm(name: string): boolean {
  return names.has(name) && !writableSystemFields.has(name);
}

import type { JsonValue } from '../../base/json';
import { employees } from '../tenant/people';
import { pick } from './random';
import type { SeedPoint } from './seededRecords';
import { reviewEvery, reviewFirst } from './systemValues';

/** How many of the approvals are about accounts that are under review; all others have come to an end. */
const mostRunning = 12;
const ends = ['pass', 'pass', 'reject', 'cancel'];

/**
 * A value of an approval or one of its two tasks, which come one after the other; undefined where it has nothing
 * special. An approval that runs is about an account whose life_status says so too.
 */
export function approvalValue(fieldName: string, at: SeedPoint): JsonValue | undefined {
  const { apiName } = at.object;
  if (apiName !== 'ApprovalInstanceObj' && apiName !== 'ApprovalTaskObj') return undefined;
  const isTask = apiName === 'ApprovalTaskObj';
  const instances = at.tenant.idsOf('ApprovalInstanceObj')?.count ?? 1;
  const instance = at.position % instances;
  const accounts = at.tenant.idsOf('AccountObj');
  const account = reviewFirst + reviewEvery * instance;
  const runs = accounts !== undefined && instance < mostRunning && account < accounts.count;
  switch (fieldName) {
    case 'state':
      return isTask
        ? taskState(runs ? 'in_progress' : pick(ends, instance), at.position >= instances, instance % 2 === 0)
        : runs
          ? 'in_progress'
          : pick(ends, instance);
    case 'object_data_id':
      return runs ? accounts.idAt(account) : undefined;
    case 'trigger_type':
      return '新建';
    case 'workflow_id':
      return 'appr_account__crmappr';
    case 'candidate_ids':
      return [employees[isTask && at.position >= instances ? 0 : 1]?.id ?? '1000'];
    case 'life_status':
      return 'normal';
    default:
      return undefined;
  }
}

function taskState(ofInstance: string, isSecond: boolean, atFirst: boolean): string {
  if (ofInstance === 'in_progress') {
    if (isSecond) return atFirst ? 'schedule' : 'in_progress';
    return atFirst ? 'in_progress' : 'pass';
  }
  return ofInstance === 'reject' && !isSecond ? 'pass' : ofInstance;
}

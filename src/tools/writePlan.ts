import type { JsonObject } from '../base/json';
import { requestText, takesMany, type writeOperations } from '../requests/templates';

/** What a language model may propose. */
export type Proposable = (typeof writeOperations)[number];

export interface ProposedWrite {
  readonly operation: Proposable;
  readonly object: string;
  readonly ids: readonly string[];
  /** Of a new record, or what changes of an old one. */
  readonly data: JsonObject | undefined;
  /** Employee id of the owner to be. */
  readonly owner: string | undefined;
  /** Why, in the model's own words. */
  readonly reason: string | undefined;
}

export type PlanProblem = 'idsMissing' | 'oneIdExpected' | 'tooMany' | 'dataMissing' | 'ownerMissing' | 'template';

/** The proposal is no plan that a person could carry out. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
  constructor(readonly code: PlanProblem) {
    super(`no plan: ${code}`);
  }
}

/** More than a person can look through. */
export const mostRecords = 100;

/**
 * The requests that carry the proposal out, for a person to read and send. Throws `PlanError`. What the model gives
 * is data: a variable in it would be filled in when it is sent, perhaps with a secret of the person's.
 */
export function writePlan(write: ProposedWrite, connection: string): string {
  mustBeWhole(write);
  const { operation, object, ids, data, owner, reason } = write;
  const fields = Object.entries(data ?? {}).map(([apiName, value]) => ({ apiName, value }));
  const request = (part: { id?: string; ids?: readonly string[] }) =>
    requestText({ operation, object, ...part, fields, owner, connection, title: `${operation} ${object}` });
  const requests =
    operation === 'create' ? [request({})] : takesMany(operation) ? [request({ ids })] : ids.map(id => request({ id }));
  // Not at the beginning of the line, where it could be a directive such as `@connection`.
  const text = [...(reason === undefined ? [] : [`# Reason: ${oneLine(reason)}\n`]), ...requests].join('\n');
  if (text.includes('{{')) throw new PlanError('template');
  return text;
}

function mustBeWhole({ operation, ids, data, owner }: ProposedWrite): void {
  if (operation !== 'create' && ids.length === 0) throw new PlanError('idsMissing');
  if (operation === 'update' && ids.length > 1) throw new PlanError('oneIdExpected');
  if (ids.length > mostRecords) throw new PlanError('tooMany');
  if ((operation === 'create' || operation === 'update') && Object.keys(data ?? {}).length === 0)
    throw new PlanError('dataMissing');
  if (operation === 'changeOwner' && owner === undefined) throw new PlanError('ownerMissing');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

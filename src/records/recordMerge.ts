import type { JsonObject } from '../base/json';
import { same } from './recordText';

/** A record that a person and somebody else have changed since both read it as `base`. */
export interface Merge {
  /** With the changes of both; a field that both changed has the person's value. */
  readonly merged: JsonObject;
  /** What is still to be sent: what somebody else changed alike is there already. */
  readonly toSend: JsonObject;
  /** The fields that both changed, each to another value: a person has to decide. */
  readonly conflicts: readonly Conflict[];
}

/** A value is `undefined` where the field is not there. */
export interface Conflict {
  readonly field: string;
  readonly before: JsonObject[string] | undefined;
  readonly theirs: JsonObject[string] | undefined;
  readonly mine: JsonObject[string] | undefined;
}

/**
 * `changes` holds the fields that the person changed, and nothing else. Where nobody knows the `base`, somebody else
 * may have changed every one of them.
 */
export function merge(changes: JsonObject, base: JsonObject | undefined, theirs: JsonObject): Merge {
  const differing = Object.keys(changes).filter(field => !same(changes, theirs, field));
  const both = differing.filter(field => !base || !same(base, theirs, field));
  return {
    merged: { ...theirs, ...changes },
    toSend: Object.fromEntries(differing.map(field => [field, changes[field] ?? null])),
    conflicts: both.map(field => ({
      field,
      before: base?.[field],
      theirs: theirs[field],
      mine: changes[field],
    })),
  };
}

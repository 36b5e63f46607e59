import { textIn, textsIn, type Argument } from '../../base/argument';
import type { Invocation } from '../../commands';
import type { Connection } from '../../connections/connection';
import { idsFor, othersIn } from './recordArguments';

/** Records of one object that a command is for. */
export interface SelectedRecords {
  readonly connection: Connection;
  /** API name. */
  readonly object: string;
  readonly ids: readonly string[];
}

export interface Selecting {
  readonly tenantFor: (invocation: Invocation) => Promise<Connection>;
  readonly objectFor: (argument: Argument, connection: Connection) => Promise<string>;
}

/** All that are selected, or that the argument or the person names: those of the clicked one's object, then of others. */
export async function selectedRecords(
  { tenantFor, objectFor }: Selecting,
  { argument, byProgram }: Invocation,
): Promise<[SelectedRecords, ...SelectedRecords[]]> {
  const connection = await tenantFor({ argument, byProgram });
  const object = await objectFor(argument, connection);
  const ids = await idsFor(argument, object);
  const others = (byProgram ? [] : othersIn(argument)).map(async other => ({
    connection: await tenantFor({ argument: other, byProgram }),
    object: textIn(other, 'object') ?? '',
    ids: textsIn(other, 'ids') ?? [],
  }));
  return [{ connection, object, ids }, ...(await Promise.all(others))];
}

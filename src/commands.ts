/**
 * The one list of commands, by the part of the extension that does their work, which is read when the first of them is
 * called. Each id is a full literal, so that it can be searched for.
 */
const commandGroups = {
  connections: [
    'fxiaoke.connection.add',
    'fxiaoke.connection.edit',
    'fxiaoke.connection.remove',
    'fxiaoke.connection.select',
    'fxiaoke.connection.test',
    'fxiaoke.connection.list',
    'fxiaoke.connection.copy',
    'fxiaoke.connection.moveUp',
    'fxiaoke.connection.moveDown',
  ],
  sandbox: ['fxiaoke.sandbox.start', 'fxiaoke.sandbox.stop'],
  tree: [
    'fxiaoke.object.list',
    'fxiaoke.object.describe',
    'fxiaoke.object.refresh',
    'fxiaoke.object.pin',
    'fxiaoke.object.unpin',
    'fxiaoke.object.copyApiName',
    'fxiaoke.object.filter',
    'fxiaoke.object.clearFilter',
    'fxiaoke.object.reveal',
    'fxiaoke.object.chooseColumns',
    'fxiaoke.field.copyApiName',
    'fxiaoke.filter.add',
    'fxiaoke.filter.edit',
    'fxiaoke.filter.remove',
    'fxiaoke.record.count',
    'fxiaoke.record.copyId',
    'fxiaoke.record.copyAsJson',
    'fxiaoke.record.exportJson',
    'fxiaoke.internal.retry',
    'fxiaoke.internal.loadMore',
    'fxiaoke.internal.loadAll',
    'fxiaoke.internal.copySelected',
    'fxiaoke.internal.removeSelected',
  ],
  records: [
    'fxiaoke.record.get',
    'fxiaoke.record.query',
    'fxiaoke.record.create',
    'fxiaoke.record.clone',
    'fxiaoke.record.showResponse',
    'fxiaoke.record.compare',
    'fxiaoke.record.compareWithLastRead',
    'fxiaoke.record.compareTenants',
    'fxiaoke.record.copyAsRequest',
    'fxiaoke.record.copyAsCurl',
    'fxiaoke.record.reveal',
    'fxiaoke.record.update',
    'fxiaoke.record.changeOwner',
    'fxiaoke.record.invalidate',
    'fxiaoke.record.recover',
    'fxiaoke.record.delete',
    'fxiaoke.record.lock',
    'fxiaoke.record.unlock',
    'fxiaoke.internal.refreshRecord',
    'fxiaoke.internal.changeOwnerInstead',
  ],
  requests: [
    'fxiaoke.request.new',
    'fxiaoke.request.send',
    'fxiaoke.request.sendIn',
    'fxiaoke.request.sendAll',
    'fxiaoke.request.compareTenants',
    'fxiaoke.request.cancel',
    'fxiaoke.request.copyAsCurl',
    'fxiaoke.request.copyAs',
    'fxiaoke.request.pasteCurl',
    'fxiaoke.secret.set',
    'fxiaoke.secret.remove',
    'fxiaoke.internal.moveSecret',
  ],
  history: [
    'fxiaoke.response.compare',
    'fxiaoke.history.list',
    'fxiaoke.history.open',
    'fxiaoke.history.repeat',
    'fxiaoke.history.copyAsRequest',
    'fxiaoke.history.copyTraceIds',
    'fxiaoke.history.save',
    'fxiaoke.history.clear',
  ],
  errors: ['fxiaoke.error.explain', 'fxiaoke.log.show'],
} as const;

export type CommandGroup = keyof typeof commandGroups;
/** The id of a command of the manifest, in full. */
export type CommandId = (typeof commandGroups)[CommandGroup][number];
/** The commands of one part. */
export type CommandOf<Group extends CommandGroup> = (typeof commandGroups)[Group][number];

/** All commands of the manifest. */
export const commandIds: readonly CommandId[] = Object.values(commandGroups).flat();

/** Those of records. In views they stand at rows only, never in a title. */
export const recordCommandIds: ReadonlySet<CommandId> = new Set(commandGroups.records);

/** How a command was called. */
export interface Invocation {
  /** What is given already: by the caller's argument, or by the tree items, editor or CodeLens it was called from. */
  readonly argument: Readonly<Record<string, unknown>>;
  /** Called with an argument by a task, key binding or other extension: it wants the result or the error. */
  readonly byProgram: boolean;
}

export type Handler = (invocation: Invocation) => unknown;

/** Handlers for some of the commands. */
export type Handlers<Id extends CommandId> = Readonly<Record<Id, Handler>>;

/** The handlers of all commands, part by part: one that is missing does not compile. */
export type CommandTable = { readonly [Group in CommandGroup]: () => Promise<Handlers<CommandOf<Group>>> };

/** The handler of one command; the part that it belongs to is read for it. */
export async function handlerOf(table: CommandTable, id: CommandId): Promise<Handler> {
  const groups = Object.keys(commandGroups) as CommandGroup[];
  const group = groups.find(each => (commandGroups[each] as readonly CommandId[]).includes(id));
  const handlers: Partial<Handlers<CommandId>> = group === undefined ? {} : await table[group]();
  const handler = handlers[id];
  if (!handler) throw new Error(`There is no command ${id}.`);
  return handler;
}

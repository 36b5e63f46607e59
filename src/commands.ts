/** The one list of commands. Each id is a full literal, so that it can be searched for. */
export const commandIds = [
  'fxiaoke.connection.add',
  'fxiaoke.connection.edit',
  'fxiaoke.connection.remove',
  'fxiaoke.connection.select',
  'fxiaoke.connection.test',
  'fxiaoke.connection.list',
  'fxiaoke.connection.copy',
  'fxiaoke.connection.moveUp',
  'fxiaoke.connection.moveDown',
  'fxiaoke.sandbox.start',
  'fxiaoke.sandbox.stop',
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
  'fxiaoke.record.count',
  'fxiaoke.record.copyId',
  'fxiaoke.record.copyAsJson',
  'fxiaoke.record.exportJson',
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
  'fxiaoke.response.compare',
  'fxiaoke.history.list',
  'fxiaoke.history.open',
  'fxiaoke.history.repeat',
  'fxiaoke.history.copyAsRequest',
  'fxiaoke.history.copyTraceIds',
  'fxiaoke.history.save',
  'fxiaoke.history.clear',
  'fxiaoke.error.explain',
  'fxiaoke.log.show',
  'fxiaoke.internal.retry',
  'fxiaoke.internal.loadMore',
  'fxiaoke.internal.loadAll',
  'fxiaoke.internal.copySelected',
  'fxiaoke.internal.removeSelected',
  'fxiaoke.internal.refreshRecord',
  'fxiaoke.internal.moveSecret',
  'fxiaoke.internal.changeOwnerInstead',
] as const;

/** The id of a command of the manifest, in full. */
export type CommandId = (typeof commandIds)[number];

/** How a command was called. */
export interface Invocation {
  /** What is given already: by the caller's argument, or by the tree items, editor or CodeLens it was called from. */
  readonly argument: Readonly<Record<string, unknown>>;
  /** Called with an argument by a task, key binding or other extension: it wants the result or the error. */
  readonly byProgram: boolean;
}

export type Handler = (invocation: Invocation) => unknown;

/** Handlers for some of the commands; all of them together are checked in `extension.ts`. */
export type Handlers<Id extends CommandId> = Readonly<Record<Id, Handler>>;

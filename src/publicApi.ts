/**
 * What other extensions get of this one, without a secret and without a way to write:
 *
 *     const extension = vscode.extensions.getExtension<FxiaokeApi>('crm-devkit.fxiaoke-crm');
 *     const fxiaoke = await extension?.activate();
 *     const page = await fxiaoke?.queryRecords('AccountObj', { limit: 20 });
 *
 * All calls reject with an `Error` whose message is a sentence, with `errorCode` and `traceId` where the API answered
 * with one. What changes data goes through the commands of docs/commands.md, where it passes the gate.
 */
export interface FxiaokeApi {
  /** Grows when something is added; what is there stays. */
  readonly version: 1;
  /** The tenant that calls go to where none is named. */
  readonly activeConnection: FxiaokeConnection | undefined;
  readonly connections: readonly FxiaokeConnection[];
  /** One was added, changed or removed, or another one became active. */
  readonly onDidChangeConnections: FxiaokeEvent<void>;
  /** Records were written from this window, by whatever means. */
  readonly onDidChangeRecords: FxiaokeEvent<FxiaokeRecordChange>;
  listObjects(options?: FxiaokeCallOptions): Promise<readonly FxiaokeObject[]>;
  /** The object's `describe` map as the API gives it. */
  describe(object: string, options?: FxiaokeCallOptions): Promise<FxiaokeJson>;
  getRecord(object: string, id: string, options?: FxiaokeCallOptions): Promise<FxiaokeJson>;
  queryRecords(object: string, query?: FxiaokeQuery, options?: FxiaokeCallOptions): Promise<FxiaokePage>;
}

/** As the editor's own `Event`, so that this file needs nothing. */
export type FxiaokeEvent<T> = (listener: (event: T) => unknown) => { dispose(): unknown };

/** JSON; integers beyond 2^53 are texts. */
export type FxiaokeJson = Readonly<Record<string, unknown>>;

/** A tenant, as one of its employees. */
export interface FxiaokeConnection {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  /** The employee that calls are made as. */
  readonly userId: string;
  readonly role: 'development' | 'production' | 'readOnly';
}

export interface FxiaokeCallOptions {
  /** Id or name of a connection. */
  readonly connection?: string;
}

/** An object as the tenant lists it. */
export interface FxiaokeObject {
  /** `AccountObj`; a custom object's ends in `__c`. */
  readonly apiName: string;
  /** The tenant's own name for it. */
  readonly label: string;
  readonly kind: 'preset' | 'custom';
  /** English name of the group of the published menu under which the tree shows it. */
  readonly group: string;
}

/** In the API's own shape. */
export interface FxiaokeQuery {
  readonly filters?: readonly {
    readonly field_name: string;
    readonly operator: string;
    readonly field_values: readonly unknown[];
  }[];
  readonly orders?: readonly { readonly fieldName: string; readonly isAsc: boolean }[];
  /** API names of the fields to read; all without. */
  readonly fields?: readonly string[];
  /** 1 to 100. */
  readonly limit?: number;
  /** A multiple of `limit`, up to 10,000. */
  readonly offset?: number;
}

/** As many of the records that a query matches as its limit lets through. */
export interface FxiaokePage {
  readonly records: readonly FxiaokeJson[];
  /** How many there are in all. */
  readonly total: number;
}

/** A write by anybody in this window: a person, a request file, a task or another extension. */
export interface FxiaokeRecordChange {
  readonly connectionId: string;
  /** API name. */
  readonly object: string;
  /** `create`, `update`, `changeOwner`, `invalidate`, `recover`, `delete`, `lock`, `unlock`; `send` for other calls. */
  readonly operation: string;
  /** None where the tenant or the call names none. */
  readonly ids: readonly string[];
  /** No response came, so that it may have taken place or not. */
  readonly isUncertain?: true;
}

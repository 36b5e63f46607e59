import type { SandboxOptions } from '../../src/sandbox/server';
import type { Harness, SandboxHarness } from './harness';

/** What our client is held to. A call's failure counts as its `outcome`: see there. */
interface CaseOn<H> {
  readonly name: string;
  readonly does: (harness: H) => Promise<unknown>;
  readonly expects: unknown;
}

export interface AnyCase extends CaseOn<Harness> {
  readonly sandboxOnly?: undefined;
  /** It needs a custom object to make records in. */
  readonly onCustomObject?: boolean;
}

export interface SandboxCase extends CaseOn<SandboxHarness> {
  /** Why no live tenant sees it. */
  readonly sandboxOnly: string;
  readonly sandbox?: SandboxOptions;
  /** It leaves no trace that another case could mind, and minds none. */
  readonly shares?: boolean;
}

export type ContractCase = AnyCase | SandboxCase;

export const sandboxOnly = (reason: string, cases: readonly Omit<SandboxCase, 'sandboxOnly'>[]): SandboxCase[] =>
  cases.map(each => ({ ...each, sandboxOnly: reason }));

/** Cases that a tenant sees one after the other: they share it, and find what others have left. */
export const anywhere = (cases: readonly AnyCase[]): AnyCase[] => [...cases];

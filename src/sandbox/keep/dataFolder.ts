import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { JsonValue } from '../../base/json';
import { Tenant } from '../tenant/tenant';
import { lockFolder } from './folderLock';
import { Journal } from './journal';

interface Options {
  seed?: number | undefined;
  records?: number | undefined;
  data?: string | undefined;
  note?: ((text: string) => void) | undefined;
}
export interface Data {
  tenant: Tenant;
  journal?: Journal;
  close(): Promise<void>;
}

const defaultSeed = 1;

/** The tenant with what its folder kept; without a folder one that forgets. */
export async function openData({ seed, records, data, note = () => undefined }: Options): Promise<Data> {
  if (data === undefined) {
    const tenant = new Tenant({ seed: seed ?? defaultSeed, ...(records !== undefined && { records }) });
    return { tenant, close: () => Promise.resolve() };
  }
  const folder = path.resolve(data);
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const kept = await Journal.headerIn(folder);
    const tenant = new Tenant({
      seed: chosen('seed', seed, kept?.['seed']) ?? defaultSeed,
      ...definedRecords(chosen('records', records, kept?.['records'])),
    });
    const journal = await Journal.open(folder, { format: 1, ...tenant.identity }, tenant, note);
    const close = async (): Promise<void> => {
      await journal.close();
      await unlock();
    };
    return { tenant, journal, close };
  } catch (error) {
    await unlock();
    throw error;
  }
}

const definedRecords = (records: number | undefined) => (records === undefined ? {} : { records });

/** What the folder was begun with counts; to ask for something else is a mistake. */
function chosen(name: string, asked: number | undefined, kept: JsonValue | undefined): number | undefined {
  if (typeof kept !== 'number') return asked;
  if (asked !== undefined && asked !== kept) {
    throw new Error(`The folder was begun with --${name} ${kept}, not ${asked}. Take another folder.`);
  }
  return kept;
}

import { writeFileSync } from 'node:fs';
import Module from 'node:module';
import * as vscode from 'vscode';
import { run as command, testExports } from '../../test/host/commands';
import { collect } from './collect';

/** What one window tells. */
export interface Found {
  /** In milliseconds; undefined in a window without the extension. */
  readonly times: Times | undefined;
  /** Of the extension host, in MB, when nothing is under way and garbage is taken away. */
  readonly memory: { readonly resident: number; readonly heap: number };
}

export interface Times {
  readonly load: Time;
  readonly activate: Time;
}

export interface Time {
  readonly clock: number;
  /** What the thread itself had of it on a core. */
  readonly own: number;
}

/** What VS Code calls inside the extension host. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('crm-devkit.fxiaoke-crm');
  await quiet();
  const times = extension && (await activationOf(extension));
  if (extension) await showTree();
  else await vscode.commands.executeCommand('workbench.view.explorer');
  const found: Found = { times, memory: await memory() };
  if (extension) await command('fxiaoke.sandbox.stop');
  writeFileSync(process.env['FXIAOKE_BENCH_RESULTS'] ?? '', JSON.stringify(found));
}

// Not yet known to the types of the Node that the project begins with; the one that runs the editor has it.
const { threadCpuUsage } = process as unknown as { threadCpuUsage: () => NodeJS.CpuUsage };

/** Starts a watch; it tells the time since then. */
function watch(): () => Time {
  const [started, before] = [performance.now(), threadCpuUsage()];
  return () => {
    const { user, system } = threadCpuUsage();
    return { clock: performance.now() - started, own: (user + system - before.user - before.system) / 1000 };
  };
}

/** Stands between the extension host and the extension's file, and looks at the clock. */
async function activationOf(extension: vscode.Extension<unknown>): Promise<Times> {
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  const main = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'extension').fsPath;
  const none = { clock: NaN, own: NaN };
  const times = { load: none, activate: none };
  loader._load = function (name, ...rest) {
    const time = watch();
    const loaded = load.call(this, name, ...rest);
    if (!name.startsWith(main)) return loaded;
    times.load = time();
    return { ...(loaded as Extension), activate: timed(loaded as Extension, time => (times.activate = time)) };
  };
  try {
    await extension.activate();
  } finally {
    loader._load = load;
  }
  return times;
}

interface Extension {
  readonly activate: (context: vscode.ExtensionContext) => unknown;
}

/** It is ready when `activate` returns: it gives no promise. */
function timed({ activate }: Extension, record: (time: Time) => void): Extension['activate'] {
  return context => {
    const time = watch();
    const api = activate(context);
    record(time());
    return api;
  };
}

/** The objects of the sandbox, as a person sees them who has opened the view. */
async function showTree(): Promise<void> {
  await command('fxiaoke.sandbox.start', {});
  await vscode.commands.executeCommand('fxiaoke.objects.focus');
  const { objectsTree } = await testExports();
  await objectsTree.getChildren();
}

/** A window that has just opened starts the editor's own extensions; they are not what is measured. */
const quiet = () => new Promise(resolve => setTimeout(resolve, 3_000));

async function memory(): Promise<Found['memory']> {
  await quiet();
  collect();
  const { rss, heapUsed } = process.memoryUsage();
  return { resident: rss / 1e6, heap: heapUsed / 1e6 };
}

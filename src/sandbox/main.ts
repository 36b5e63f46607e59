import { parseCommandLine } from './commandLine';
import type { SandboxLogin, SandboxRefusal } from './sandboxProcess';
import { startSandbox } from './server';

/** The sandbox as a process of its own: one line of JSON when it is ready, and it never outlives its parent. */
async function main(): Promise<void> {
  const parsed = parseCommandLine(process.argv.slice(2), process.env);
  if ('problem' in parsed) {
    console.error(parsed.problem);
    process.exitCode = 2;
    if (process.connected) process.disconnect();
    return;
  }
  const sandbox = await startSandbox({ ...parsed.options, note: text => console.error(text) });
  const stop = (): void => void sandbox.close().then(() => process.exit(0));
  process.once('SIGINT', stop).once('SIGTERM', stop).once('disconnect', stop);
  const { url, appId, appSecret, permanentCode, ea, userId } = sandbox;
  const ready: SandboxLogin = { url, appId, appSecret, permanentCode, ea, userId };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.send?.(ready);
}

main().catch((error: unknown) => {
  console.error(`The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
  const failed = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const refusal: SandboxRefusal = { failed };
  // The parent hears it before this process is gone.
  if (process.send) process.send(refusal, () => process.exit());
  else process.exit();
});

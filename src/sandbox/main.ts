import { parseCommandLine } from './commandLine';
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
  const ready = { url, appId, appSecret, permanentCode, ea, userId };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.send?.(ready);
}

main().catch((error: unknown) => {
  console.error(`The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});

import fs from 'node:fs';
import path from 'node:path';

const LINES = 5;

const lastMatches = (text, pattern) =>
  text
    .split('\n')
    .filter(line => pattern.test(line))
    .slice(-LINES);

function newestLogFolder(userDataDir) {
  const logs = path.join(userDataDir, 'logs');
  if (!fs.existsSync(logs)) return undefined;
  const newest = fs.readdirSync(logs).sort().pop();
  return newest && path.join(logs, newest);
}

/** Keeps a screenshot and the logs of a workbench that failed, and prints the lines that matter most. */
export async function keepArtifacts(host, folder) {
  fs.mkdirSync(folder, { recursive: true });
  fs.rmSync(path.join(folder, 'workbench.png'), { force: true });
  fs.rmSync(path.join(folder, 'logs'), { recursive: true, force: true });
  await host.page.screenshot({ path: path.join(folder, 'workbench.png'), timeout: 5000 }).catch(() => {});
  fs.writeFileSync(path.join(folder, 'server.log'), host.server.output());

  const lines = lastMatches(host.server.output(), /Extension Host Process|exited|crash|FATAL/i);
  const logs = newestLogFolder(host.userDataDir);
  if (logs) {
    fs.cpSync(logs, path.join(folder, 'logs'), { recursive: true });
    const hostLog = path.join(logs, 'exthost1/remoteexthost.log');
    if (fs.existsSync(hostLog)) lines.push(...lastMatches(fs.readFileSync(hostLog, 'utf8'), /\[error\]/));
  }
  for (const line of lines) console.error(`[vscode-host] ${line}`);
  console.error(`[vscode-host] screenshot and logs: ${folder}`);
}

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** The `code` of a desktop VS Code on the PATH, if there is one that can show itself. */
export function findDesktop() {
  const linux = process.platform === 'linux';
  if (linux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const files = (process.env.PATH ?? '').split(path.delimiter).map(folder => path.join(folder, name));
  // In a terminal of a remote VS Code, `code` talks to the window that is open and cannot start another editor.
  return files.find(file => fs.existsSync(file) && !fs.realpathSync(file).includes('remote-cli'));
}

/** Opens a desktop VS Code with a profile of its own and waits until its window is closed. */
export function openDesktop(session, { code, userDataDir, folder, extensions, env, locale }) {
  const windows = process.platform === 'win32';
  const args = [
    `--user-data-dir=${userDataDir}`,
    `--extensions-dir=${session.path('extensions')}`,
    ...extensions.map(extension => `--extensionDevelopmentPath=${extension}`),
    ...['--disable-workspace-trust', '--skip-welcome', '--skip-release-notes', '--disable-updates'],
    ...['--new-window', '--wait', ...(locale ? [`--locale=${locale}`] : [])],
    // No key ring is asked for a throw-away profile, and Chromium's sandbox does not run as root.
    ...(process.platform === 'linux' ? ['--password-store=basic'] : []),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    folder,
  ];
  // The command line starts the editor in a process group of the editor's own.
  session.ownLock(path.join(userDataDir, 'code.lock'));
  const quoted = windows ? args.map(argument => `"${argument}"`) : args;
  const child = session.own(
    spawn(windows ? `"${code}"` : code, quoted, { env, shell: windows, detached: !windows, stdio: 'inherit' }),
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code));
  });
}

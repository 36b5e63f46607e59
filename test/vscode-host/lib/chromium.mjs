// The browser that shows the workbench: VSCODE_HOST_CHROMIUM, else the headless Chromium packed in
// @sparticuz/chromium (Linux x64), else one that is installed on the machine.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { sharedModules } from './editions.mjs';

const installedNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/**
 * How Playwright launches the browser. Throws an error that says what to do when there is none.
 * @returns {{ executablePath: string, env?: NodeJS.ProcessEnv }}
 */
export function chromium() {
  const named = process.env.VSCODE_HOST_CHROMIUM;
  if (named && !fs.existsSync(named)) throw new Error(`VSCODE_HOST_CHROMIUM names ${named}, which does not exist.`);
  if (named) return { executablePath: named };
  if (process.platform === 'linux' && process.arch === 'x64') return packedChromium();
  const installed = findInstalled();
  if (installed) return { executablePath: installed };
  throw new Error(
    `npm has no Chromium for ${process.platform} ${process.arch} and none is installed: install Chromium or ` +
      'Google Chrome (Debian: apt-get install chromium-headless-shell), or name one in VSCODE_HOST_CHROMIUM.',
  );
}

function findInstalled() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = [
    ...folders.flatMap(folder => installedNames.map(name => path.join(folder, name))),
    ...macApplications,
  ];
  return candidates.find(file => fs.existsSync(file));
}

/** Unpacked once, with the few libraries that it brings for bare machines. */
function packedChromium() {
  const packed = path.join(sharedModules, '@sparticuz/chromium');
  const { version } = JSON.parse(fs.readFileSync(path.join(packed, 'package.json'), 'utf8'));
  const folder = path.join(sharedModules, '.cache', `chromium-${version}`);
  if (!fs.existsSync(folder)) unpack(path.join(packed, 'bin'), folder);
  const libraries = [path.join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executablePath: path.join(folder, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: writeFontsConfiguration(folder) },
  };
}

function unpack(from, folder) {
  const building = `${folder}.${process.pid}`;
  fs.mkdirSync(building, { recursive: true });
  const decompress = name => zlib.brotliDecompressSync(fs.readFileSync(path.join(from, name)));
  fs.writeFileSync(path.join(building, 'chromium'), decompress('chromium.br'), { mode: 0o755 });
  for (const archive of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
    execFileSync('tar', ['x', '-C', building, '--no-same-owner'], { input: decompress(archive) });
  }
  try {
    fs.renameSync(building, folder);
  } catch (error) {
    fs.rmSync(building, { recursive: true, force: true });
    if (!fs.existsSync(folder)) throw error; // else another run was quicker
  }
}

/** Chromium dies without any font, and shows boxes for Chinese text without one that has its glyphs. */
function writeFontsConfiguration(folder) {
  const folders = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    path.join(folder, 'fonts'),
    path.join(sharedModules, '@expo-google-fonts/noto-sans-sc/400Regular'),
  ];
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map(name => `  <dir>${name}</dir>`).join('\n')}
  <dir prefix="xdg">fonts</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
  <include ignore_missing="yes">/etc/fonts/conf.d</include>
</fontconfig>
`;
  const file = path.join(folder, 'fonts.conf');
  if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) fs.writeFileSync(file, text);
  return file;
}

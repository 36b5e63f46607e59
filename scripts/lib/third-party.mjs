import fs from 'node:fs';
import path from 'node:path';
import { projectFolder } from './prepare.mjs';

/** Names, versions and licences of the packages whose code is in the bundles: they ask to be named wherever it goes. */
export function thirdPartyNotices() {
  const { inputs } = JSON.parse(fs.readFileSync(path.join(projectFolder, 'dist/meta.json'), 'utf8'));
  const folders = new Set(Object.keys(inputs).flatMap(input => folderOf(input) ?? []));
  return [...folders]
    .sort()
    .map(noticeOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/axios`, of any file in it. */
function folderOf(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function noticeOf(folder) {
  const place = path.join(projectFolder, folder);
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(place, 'package.json'), 'utf8'));
  const text = licenceIn(place);
  if (text === undefined) throw new Error(`${name} is bundled and has no licence text.`);
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/** A file of its own, or the end of the read-me. */
function licenceIn(place) {
  const read = name => {
    const file = fs.readdirSync(place).find(each => name.test(each));
    return file && fs.readFileSync(path.join(place, file), 'utf8');
  };
  return read(/^licen[cs]e/i) ?? /^(?:#+ *licen[cs]e *|licen[cs]e *\n-+)\n([^]+)/im.exec(read(/^readme/i) ?? '')?.[1];
}

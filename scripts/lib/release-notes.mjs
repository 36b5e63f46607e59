/** The entry of a version in a change log of Keep a Changelog, without its heading; undefined where there is none. */
export function releaseNotes(changelog, version) {
  const entry = changelog.split(/^(?=## )/m).find(each => each.startsWith(`## [${version}]`));
  const notes = entry?.replace(/^.*\n/, '').trim();
  return notes === '' ? undefined : notes;
}

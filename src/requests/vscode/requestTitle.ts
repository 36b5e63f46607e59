import { endpointAt, nameIn, pathnameOf } from '../../api/endpoints';
import { displayLanguage } from '../../base/vscode/settings';

/** What a request is called where a person reads of it: as its file calls it, else by what the call does. */
export function requestTitle({
  title,
  name,
  target,
}: {
  readonly title?: string | undefined;
  readonly name?: string | undefined;
  readonly target: string;
}): string {
  return title ?? name ?? callName(target);
}

function callName(target: string): string {
  const path = pathnameOf(target) ?? target;
  const endpoint = endpointAt(path);
  return endpoint ? nameIn(displayLanguage(), endpoint) : path;
}

import * as vscode from 'vscode';
import { displayLanguage } from '../../base/vscode/settings';
import { explain } from '../../errors/explain';
import type { HistoryEntry } from '../history';
import type { HistoryCall } from '../historyCall';

/** `get AccountObj 王府井百货`. */
export function entryLabel({ title, call }: HistoryEntry): string {
  return [title, call?.subject].filter(part => part !== undefined).join(' ');
}

/** With the day where it is not today's: entries survive restarts. */
export function clockTime(time: number): string {
  const [at, locale] = [new Date(time), displayLanguage() === 'zh' ? 'zh-CN' : 'en-GB'];
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? at.toLocaleTimeString(locale) : at.toLocaleString(locale);
}

/** `0 · 41 ms · 12.3 KB`. */
export function figures({ errorCode, milliseconds, characters, bytes = characters }: HistoryCall): string {
  return `${errorCode} · ${milliseconds} ms · ${size(bytes)}`;
}

function size(bytes: number): string {
  const [unit, value] =
    bytes < 1e3
      ? (['byte', bytes] as const)
      : bytes < 1e6
        ? (['kilobyte', bytes / 1e3] as const)
        : (['megabyte', bytes / 1e6] as const);
  // The short form of a byte has no plural in English.
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  const options = { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(displayLanguage(), options).format(value);
}

/** What a failing code means and what to do. */
export function explanation({ errorCode, path, errorMessage }: HistoryCall): string {
  const { meaning, action } = explain(errorCode, displayLanguage(), path, errorMessage);
  return vscode.l10n.t('{0} {1}. {2}', errorCode, meaning, action);
}

/** Both ids, as the vendor's support asks for them. */
export function traceIds({ traceId, thirdTraceId }: HistoryCall): string {
  return `traceId ${traceId ?? '–'}\nthirdTraceId ${thirdTraceId}`;
}

import * as vscode from 'vscode';
import { wholeNumberWithin } from '../wholeNumber';

/** One setting: its value now, and word when it changes. */
export interface Setting<T> {
  readonly value: T;
  readonly onDidChange: vscode.Event<T>;
}

function setting<T>(key: string, fallback: T, valid: (value: T) => boolean = () => true): Setting<T> {
  return settingOf(key, () => {
    const value = vscode.workspace.getConfiguration('fxiaoke').get<T>(key, fallback);
    return typeof value === typeof fallback && valid(value) ? value : fallback;
  });
}

/** The editor marks what is out of the manifest's limits, and gives it all the same: here the nearest limit counts. */
function wholeNumber(key: string, fallback: number, minimum: number, maximum: number): Setting<number> {
  const value = () => vscode.workspace.getConfiguration('fxiaoke').get<unknown>(key);
  return settingOf(key, () => wholeNumberWithin(value(), fallback, minimum, maximum));
}

function settingOf<T>(key: string, read: () => T): Setting<T> {
  return {
    get value() {
      return read();
    },
    onDidChange: (listener, thisArgs, disposables) =>
      vscode.workspace.onDidChangeConfiguration(
        event => {
          if (event.affectsConfiguration(`fxiaoke.${key}`)) listener.call(thisArgs, read());
        },
        undefined,
        disposables,
      ),
  };
}

const oneOf =
  <T>(...values: T[]) =>
  (value: T) =>
    values.includes(value);

/** Every setting of the manifest, one accessor each. */
export const settings = {
  confirmWrites: setting<'always' | 'destructive' | 'production'>(
    'confirmWrites',
    'destructive',
    oneOf('always', 'destructive', 'production'),
  ),
  openResponses: setting<'always' | 'errors' | 'never'>('openResponses', 'always', oneOf('always', 'errors', 'never')),
  pageSize: wholeNumber('pageSize', 50, 1, 100),
  timeoutSeconds: wholeNumber('request.timeoutSeconds', 30, 1, 600),
  callsPer20Seconds: wholeNumber('request.callsPer20Seconds', 100, 1, 10_000),
  showCompanions: setting<boolean>('record.showCompanions', false),
  objectsLanguage: setting<'auto' | 'zh' | 'en'>('objects.language', 'auto', oneOf('auto', 'zh', 'en')),
  reuseTab: setting<boolean>('response.reuseTab', true),
  keepResponses: setting<boolean>('history.keepResponses', true),
  historySize: wholeNumber('history.size', 100, 1, 1000),
};

/** The language of our own strings: there are two, and other kinds of Chinese get English as all strings do. */
export function displayLanguage(): 'zh' | 'en' {
  return /^zh(-cn|-hans.*)?$/i.test(vscode.env.language) ? 'zh' : 'en';
}

/** The language in which objects and fields are named: the setting, or that of our own strings. */
export function objectsLanguage(): 'zh' | 'en' {
  const { value } = settings.objectsLanguage;
  return value === 'auto' ? displayLanguage() : value;
}

/** Whether the editor itself opens files in tabs that the next one takes the place of. */
export function hasPreviewTabs(): boolean {
  return vscode.workspace.getConfiguration('workbench.editor').get<boolean>('enablePreview', true);
}

import * as vscode from 'vscode';

/** One setting: its value now, and word when it changes. */
export interface Setting<T> {
  readonly value: T;
  readonly onDidChange: vscode.Event<T>;
}

function setting<T>(key: string, fallback: T, valid: (value: T) => boolean = () => true): Setting<T> {
  const read = () => {
    const value = vscode.workspace.getConfiguration('fxiaoke').get<T>(key, fallback);
    return typeof value === typeof fallback && valid(value) ? value : fallback;
  };
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
  pageSize: setting<number>('pageSize', 50, n => Number.isInteger(n) && n >= 1 && n <= 100),
  timeoutSeconds: setting<number>('request.timeoutSeconds', 30, n => n > 0),
  callsPer20Seconds: setting<number>('request.callsPer20Seconds', 100, n => Number.isInteger(n) && n >= 1),
  showCompanions: setting<boolean>('record.showCompanions', false),
  objectsLanguage: setting<'auto' | 'zh' | 'en'>('objects.language', 'auto', oneOf('auto', 'zh', 'en')),
  reuseTab: setting<boolean>('response.reuseTab', true),
  keepResponses: setting<boolean>('history.keepResponses', true),
  historySize: setting<number>('history.size', 100, n => Number.isInteger(n) && n >= 1),
};

/** The language of our own strings: there are two, and other kinds of Chinese get English as all strings do. */
export function displayLanguage(): 'zh' | 'en' {
  return /^zh(-cn|-hans.*)?$/i.test(vscode.env.language) ? 'zh' : 'en';
}

export function objectsLanguage(): 'zh' | 'en' {
  const { value } = settings.objectsLanguage;
  return value === 'auto' ? displayLanguage() : value;
}

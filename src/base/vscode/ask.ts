import * as vscode from 'vscode';
import { AskAsTyped } from '../askAsTyped';
import { CancelledError } from '../cancelled';
import { systemClock } from '../clock';

export interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string | undefined;
  readonly placeHolder?: string;
  readonly password?: boolean;
  /** What is wrong with the answer, if anything. */
  readonly problem?: (answer: string) => string | undefined;
}

/** Asks for a line of text. Throws `CancelledError` when the person closes the box. */
export async function askText({ problem, value, ...question }: Question): Promise<string> {
  const answer = await vscode.window.showInputBox({
    ...question,
    ...(value === undefined ? {} : { value }),
    ignoreFocusOut: true,
    validateInput: text => problem?.(text.trim()),
  });
  if (answer === undefined) throw new CancelledError();
  return answer.trim();
}

/** A row of a quick pick, and what picking it gives. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks for one of several. Throws `CancelledError` when the person closes the list. */
export async function askChoice<T>(
  title: string,
  placeHolder: string,
  choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>,
): Promise<T> {
  const picked = await vscode.window.showQuickPick<Choice<T>>(
    Promise.resolve(choices).then((list): Choice<T>[] => [...list]),
    { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true },
  );
  if (picked === undefined) throw new CancelledError();
  return picked.value;
}

/** Asks for one of several, or for what is typed where `own` makes a choice of it. Throws as `askChoice` does. */
export function askChoiceOrOwn<T>(
  title: string,
  placeholder: string,
  choices: readonly Choice<T>[],
  own: (typed: string) => Choice<T> | undefined,
): Promise<T> {
  const box = vscode.window.createQuickPick<Choice<T>>();
  const list = (typed: string) => {
    const choice = own(typed);
    box.items = choice ? [{ ...choice, alwaysShow: true }, ...choices] : choices;
  };
  Object.assign(box, { title, placeholder, ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true });
  list('');
  const answer = new Promise<T>((resolve, reject) => {
    box.onDidChangeValue(text => list(text.trim()));
    box.onDidAccept(() => {
      const [picked] = box.selectedItems;
      if (picked) resolve(picked.value);
      box.hide();
    });
    box.onDidHide(() => reject(new CancelledError()));
  });
  box.show();
  return answer.finally(() => box.dispose());
}

export interface Search<T> {
  readonly title: string;
  readonly placeholder: string;
  /** Those that what was typed may mean; the first ones for an empty text. */
  readonly find: (typed: string, signal: AbortSignal) => Promise<readonly Choice<T>[]>;
  /** What was typed, where it makes a choice by itself. */
  readonly own: (typed: string) => Choice<T> | undefined;
}

/** Asks for one of many, which are searched elsewhere as the person types. Throws as `askChoice` does. */
export function askSearching<T>({ title, placeholder, find, own }: Search<T>): Promise<T> {
  const box = vscode.window.createQuickPick<Choice<T>>();
  Object.assign(box, { title, placeholder, ignoreFocusOut: true, matchOnDescription: true, busy: true });
  let found: readonly Choice<T>[] = [];
  const list = () => {
    const choice = own(box.value.trim());
    // What was found need not be spelled as it was typed.
    box.items = [...(choice ? [choice] : []), ...found].map(item => ({ ...item, alwaysShow: box.value !== '' }));
  };
  const search = new AskAsTyped(systemClock, find, choices => {
    found = choices;
    box.busy = false;
    list();
  });
  void search.begin();
  const answer = new Promise<T>((resolve, reject) => {
    box.onDidChangeValue(text => {
      box.busy = true;
      list();
      search.type(text.trim());
    });
    box.onDidAccept(() => {
      const [picked] = box.selectedItems;
      if (picked) resolve(picked.value);
      box.hide();
    });
    box.onDidHide(() => reject(new CancelledError()));
  });
  box.show();
  return answer.finally(() => {
    search.stop();
    box.dispose();
  });
}

// The one place that speaks to people: messages, questions, progress, prompts and tooltips, in which text from outside can form no link, steer nothing and hide nothing.
import * as vscode from 'vscode';
import { forMessage, forTerminal, unlinked } from '../../model/untrustedText';

/** A whole sentence of others, such as an error's text or one that another room made; of one value less is shown. */
const longestSentence = 1000;
const made: unique symbol = Symbol('made here');

/** A text that may be shown: only this file makes one. */
export interface Said {
  readonly text: string;
  readonly [made]: true;
}

const said = (text: string): Said => ({ text: unlinked(text), [made]: true });

/**
 * A text of ours in the language of the window, with `values` in place of `{0}`, `{1}`…: only `message` may have line breaks, and each
 * value is cut, so that none pushes the rest out of sight. `message` is a literal, which the linter holds.
 */
export function words(message: string, ...values: readonly (string | number | Said)[]): Said {
  const safe = values.map((value) =>
    typeof value === 'string' ? forMessage(value) : typeof value === 'number' ? value : value.text,
  );
  return said(vscode.l10n.t(message, ...safe));
}

/** A sentence that was not made by `words`: of another room, or of an error. All of it is taken for text from outside. */
export function sentence(text: string): Said {
  return said(forMessage(text, longestSentence));
}

/** One text after another, with a blank between them. */
export function together(...parts: readonly Said[]): Said {
  return said(parts.map(({ text }) => text).join(' '));
}

/** `text` for what the window shows as plain text, in one line or, as in a tooltip, in several: tree nodes, Problems, status bar, views. */
export function plain(text: string): string {
  return text.split('\n').map(forTerminal).join('\n');
}

export const say = {
  information: (message: Said, ...buttons: readonly string[]): Thenable<string | undefined> =>
    vscode.window.showInformationMessage(message.text, ...buttons),
  warning: (message: Said, ...buttons: readonly string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(message.text, ...buttons),
  error: (message: Said, ...buttons: readonly string[]): Thenable<string | undefined> =>
    vscode.window.showErrorMessage(message.text, ...buttons),
  /** In the status bar, for `milliseconds`. */
  briefly: (message: Said, milliseconds: number): void => {
    vscode.window.setStatusBarMessage(plain(message.text), milliseconds);
  },
} as const;

/** A modal question, which holds the window until it is answered; undefined is *Cancel*. */
export interface Question {
  readonly message: Said;
  readonly detail?: Said;
  readonly buttons: readonly string[];
}

export const ask = {
  information: ({ message, detail, buttons }: Question): Thenable<string | undefined> =>
    vscode.window.showInformationMessage(message.text, modal(detail), ...buttons),
  warning: ({ message, detail, buttons }: Question): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(message.text, modal(detail), ...buttons),
  error: ({ message, detail, buttons }: Question): Thenable<string | undefined> =>
    vscode.window.showErrorMessage(message.text, modal(detail), ...buttons),
} as const;

function modal(detail: Said | undefined): vscode.MessageOptions {
  return { modal: true, ...(detail !== undefined && { detail: detail.text }) };
}

/** Tells how far work is; `increment` is in per cent. */
export type Report = (progress: { readonly message?: Said; readonly increment?: number }) => void;

/** Progress as a notification that can be cancelled. */
export function showProgress<Result>(
  title: Said,
  work: (report: Report, token: vscode.CancellationToken) => Thenable<Result>,
): Thenable<Result> {
  const where = { location: vscode.ProgressLocation.Notification, title: title.text, cancellable: true };
  return vscode.window.withProgress(where, (progress, token) => {
    const report: Report = ({ message, increment }) =>
      progress.report({
        ...(message !== undefined && { message: message.text }),
        ...(increment !== undefined && { increment }),
      });
    return work(report, token);
  });
}

/** Progress without words, as a bar over the view. */
export function showProgressIn<Result>(viewId: string, work: () => Thenable<Result>): Thenable<Result> {
  return vscode.window.withProgress({ location: { viewId } }, work);
}

/** What stands over a list or a box. */
export interface Heading {
  readonly title: Said;
  /** In the list's own line, while nothing is typed. */
  readonly placeHolder: Said;
  /** Also when the window loses the focus. */
  readonly staysOpen?: boolean;
}

const headed = ({ title, placeHolder, staysOpen = false }: Heading) =>
  ({
    title: title.text,
    placeHolder: placeHolder.text,
    ignoreFocusOut: staysOpen,
    matchOnDescription: true,
    matchOnDetail: true,
  }) as const;

/** One of `items`, or undefined where the list was left. */
export function pickOne<Item extends vscode.QuickPickItem>(
  items: readonly Item[] | Promise<readonly Item[]>,
  heading: Heading,
): Thenable<Item | undefined> {
  const shown = async (): Promise<Item[]> => shownItems(await items);
  return vscode.window.showQuickPick<Item>(shown(), headed(heading));
}

/** Some of `items`, also none; undefined where the list was left. */
export function pickSome<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  heading: Heading,
): Thenable<Item[] | undefined> {
  return vscode.window.showQuickPick<Item>(shownItems(items), { ...headed(heading), canPickMany: true });
}

/** The items as they are, but for their texts. */
export function shownItems<Item extends vscode.QuickPickItem>(items: readonly Item[]): Item[] {
  return items.map((item) => ({
    ...item,
    label: forMessage(item.label),
    ...(item.description !== undefined && { description: forMessage(item.description) }),
    ...(item.detail !== undefined && { detail: forMessage(item.detail) }),
  }));
}

/** A list that is filled and watched by its caller; its items come from `shownItems`. */
export function createPick<Item extends vscode.QuickPickItem>(
  { title, placeHolder }: Heading,
  prompt: Said | undefined,
): vscode.QuickPick<Item> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title.text;
  pick.placeholder = placeHolder.text;
  pick.prompt = prompt?.text;
  return pick;
}

export interface BoxQuestion {
  readonly title: Said;
  readonly prompt: Said;
  readonly value?: string;
  /** What is wrong with the text so far. */
  readonly validate?: (text: string) => Said | undefined;
}

/** A line of text, or undefined where the box was left. It stays when the window loses the focus. */
export function askText({ title, prompt, value, validate }: BoxQuestion): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: title.text,
    prompt: prompt.text,
    ignoreFocusOut: true,
    ...(value !== undefined && { value }),
    ...(validate !== undefined && { validateInput: (text) => validate(text)?.text }),
  });
}

/** A box that is watched by its caller. */
export function createBox(title: Said): vscode.InputBox {
  const box = vscode.window.createInputBox();
  box.title = title.text;
  return box;
}

export function setPrompt(box: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>, prompt: Said): void {
  box.prompt = prompt.text;
}

/** Markdown of ours alone, such as the schema's: where a text from outside stands in it, it went through `forMarkdown` or `code` of the model. */
export function ownMarkdown(markdown: string): vscode.MarkdownString {
  return new vscode.MarkdownString(markdown);
}

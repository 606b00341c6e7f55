// Asks for the password of one file, masked and naming the file; one box at a time, so that two files do not disturb each other.
import * as vscode from 'vscode';
import { createBox, setPrompt, together, words, type Said } from '../face/say';
import { afterDrawing } from './afterDrawing';

export interface PasswordQuestion {
  readonly fileName: string;
  /** Why it is asked, in a sentence. */
  readonly prompt: Said;
  readonly signal?: AbortSignal;
  /** Whether the box offers to remember what is typed. */
  readonly offersToRemember?: boolean;
}

export interface Typed {
  /** UTF-8, nothing trimmed. Whoever uses it wipes it. */
  readonly password: Uint8Array;
  readonly remember: boolean;
}

let line: Promise<unknown> = Promise.resolve();

/** What was typed, or undefined when the box was closed. */
export function askPassword(question: PasswordQuestion): Promise<Typed | undefined> {
  const asked = line.then(() => (question.signal?.aborted === true ? undefined : box(question)));
  line = asked.catch(() => undefined);
  return asked;
}

function box({ fileName, prompt, signal, offersToRemember }: PasswordQuestion): Promise<Typed | undefined> {
  return new Promise((resolve) => {
    const input = createBox(words('Password of {0}', fileName));
    let remember = false;
    const showPrompt = (): void => {
      const kept = words('It will be remembered in the secret storage if it opens the file.');
      setPrompt(input, remember ? together(prompt, kept) : prompt);
    };
    const showButton = (): void => {
      const iconPath = new vscode.ThemeIcon(remember ? 'pass-filled' : 'save');
      const tooltip = remember ? vscode.l10n.t('Do Not Remember the Password') : vscode.l10n.t('Remember the Password');
      input.buttons = [{ iconPath, tooltip }];
    };
    const end = (typed: Typed | undefined): void => {
      signal?.removeEventListener('abort', close);
      // first, since a box that is disposed of says that it is hidden
      resolve(typed);
      input.dispose();
    };
    const close = (): void => {
      end(undefined);
    };
    input.password = true;
    input.ignoreFocusOut = true;
    showPrompt();
    input.onDidTriggerButton(() => {
      remember = !remember;
      showPrompt();
      showButton();
    });
    input.onDidAccept(() => {
      // at once: the window tells only a moment later that the box is gone
      end({ password: new TextEncoder().encode(input.value), remember });
    });
    input.onDidHide(close);
    signal?.addEventListener('abort', close);
    input.show();
    if (offersToRemember === true) {
      // its picture takes the window longer to draw than the rest of the box
      void afterDrawing().then(showButton);
    }
  });
}

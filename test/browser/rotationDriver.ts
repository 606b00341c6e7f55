// What a person does while a rotation runs: answers the password prompts of the terminal, and sees when it has come to rest.
import { setTimeout as delay } from 'node:timers/promises';
import type { Window } from '../editor/window';

/** A prompt at the end of what is shown; it may be wrapped over some rows. */
const prompt = /password(?:(?!PS \/)[^*]){0,200}:$/i;

/** Types `password` at each prompt, of the terminal or the editor, until `isDone`; each prompt is answered once. */
export async function answerPrompts(window: Window, password: string, isDone: () => Promise<boolean>): Promise<void> {
  let answered = '';
  const end = Date.now() + 240_000;
  while (!(await isDone())) {
    if (Date.now() > end) {
      throw new Error(`the run never came to rest; the terminal shows:\n${await window.terminalText()}`);
    }
    const text = (await window.terminalText()).trimEnd();
    if (prompt.test(text) && text !== answered) {
      answered = text;
      await window.typeInTerminal(password);
    }
    // the conversion asks in the editor, since no terminal takes part in it
    const box = window.page.locator('.quick-input-widget input[type=password]');
    if (await box.isVisible()) {
      await window.answer(password);
      await box.waitFor({ state: 'hidden' });
    }
    await delay(250);
  }
}

/** Waits until the Rotation view shows no progress. */
export async function atRest(window: Window): Promise<void> {
  await window
    .view('Rotation')
    .locator('.monaco-progress-container.active')
    .waitFor({ state: 'detached', timeout: 60_000 });
}

/** Clicks *Run* on a row of the rotation; the mouse leaves first, since a tooltip may lie over the row. */
export async function runRow(window: Window, text: string): Promise<void> {
  await window.page.mouse.move(700, 20);
  const row = window.treeRow('Rotation', text).first();
  if (!(await row.isVisible())) {
    // the list draws only the rows in sight
    await window.view('Rotation').locator('.monaco-list').hover();
    await window.page.mouse.wheel(0, 5000);
  }
  await row.waitFor();
  await window.rowAction(row, 'Run');
}

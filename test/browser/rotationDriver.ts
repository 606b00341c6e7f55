// What a person does while a rotation runs: answers the password prompts of the terminal, and sees when it has come to rest.
import { setTimeout as delay } from 'node:timers/promises';
import type { Window } from '../editor/window';

const prompt = /(password|Password)[^\n]*:\s*$/;

/** Types `password` at each prompt until `isDone`; each prompt is answered once. */
export async function answerPrompts(window: Window, password: string, isDone: () => Promise<boolean>): Promise<void> {
  let answered = '';
  const end = Date.now() + 400_000;
  while (!(await isDone())) {
    if (Date.now() > end) {
      throw new Error(`the run never came to rest; the terminal shows:\n${await window.terminalText()}`);
    }
    const text = (await window.terminalText()).trimEnd();
    if (prompt.test(text) && text !== answered) {
      answered = text;
      await window.typeInTerminal(password);
    }
    await delay(250);
  }
}

/** Whether nothing runs: the Rotation view shows no progress and no step is ready. */
export async function untilQuiet(window: Window): Promise<boolean> {
  const busy = await window.view('Rotation').locator('.monaco-progress-container.active').count();
  return busy === 0;
}

// Asking in steps: one quick pick after another, with a way back and the place in the row.
import * as vscode from 'vscode';
import { createPick, shownItems, type Said } from '../face/say';

export interface Place {
  readonly title: Said;
  readonly step: number;
  readonly total: number;
  /** A sentence that is too long for the box. */
  readonly prompt?: Said;
}

export interface Choice<Value> extends vscode.QuickPickItem {
  readonly value: Value;
}

export type Answer<Value> =
  { readonly answer: 'chosen'; readonly value: Value } | { readonly answer: 'back' } | { readonly answer: 'cancelled' };

/** Asks for one of `choices`; `proposed` is the one under the cursor at first. */
export function askOne<Value>(
  place: Place,
  placeHolder: Said,
  choices: readonly Choice<Value>[],
  proposed?: Value,
): Promise<Answer<Value>> {
  return ask(place, placeHolder, choices, (pick) => {
    if (proposed !== undefined) {
      pick.activeItems = pick.items.filter(({ value }) => value === proposed).slice(0, 1);
    }
    return () => {
      const [chosen] = pick.selectedItems;
      return chosen && { value: chosen.value };
    };
  });
}

/** Asks for some of `choices`, in the order they are listed in; all are picked at first. None picked is no answer. */
export function askSome<Value>(
  place: Place,
  placeHolder: Said,
  choices: readonly Choice<Value>[],
): Promise<Answer<readonly Value[]>> {
  return ask(place, placeHolder, choices, (pick) => {
    pick.canSelectMany = true;
    pick.selectedItems = pick.items;
    return () => {
      const chosen = pick.items.filter((choice) => pick.selectedItems.includes(choice)).map(({ value }) => value);
      return chosen.length === 0 ? undefined : { value: chosen };
    };
  });
}

function ask<Value, Result>(
  place: Place,
  placeHolder: Said,
  choices: readonly Choice<Value>[],
  prepare: (pick: vscode.QuickPick<Choice<Value>>) => () => { readonly value: Result } | undefined,
): Promise<Answer<Result>> {
  return new Promise((resolve) => {
    const pick = createPick<Choice<Value>>({ title: place.title, placeHolder }, place.prompt);
    if (place.total > 1) {
      pick.step = place.step;
      pick.totalSteps = place.total;
    }
    pick.ignoreFocusOut = true;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.items = shownItems(choices);
    pick.buttons = place.step > 1 ? [vscode.QuickInputButtons.Back] : [];
    const chosen = prepare(pick);
    let answer: Answer<Result> = { answer: 'cancelled' };
    const end = (given: Answer<Result>): void => {
      answer = given;
      pick.hide();
    };
    pick.onDidTriggerButton(() => end({ answer: 'back' }));
    pick.onDidAccept(() => {
      const choice = chosen();
      if (choice !== undefined) {
        end({ answer: 'chosen', value: choice.value });
      }
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(answer);
    });
    pick.show();
  });
}

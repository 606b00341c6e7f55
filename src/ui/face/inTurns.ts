// Work on thousands of things in turns: between them the host answers whoever waits.
import { setImmediate } from 'node:timers/promises';

/** Milliseconds that one turn takes before it lets go; far below what a person notices, on a slow machine too. */
const longestTurn = 8;

/** What `make` gives for each item, in their order. */
export async function inTurns<Item, Made>(items: Iterable<Item>, make: (item: Item) => Made): Promise<readonly Made[]> {
  const made: Made[] = [];
  await setImmediate();
  let began = performance.now();
  for (const item of items) {
    made.push(make(item));
    if (performance.now() - began > longestTurn) {
      await setImmediate();
      began = performance.now();
    }
  }
  return made;
}

// Leaves the window the processor while it draws a box: what is for later waits here, or the person would.
import { setTimeout } from 'node:timers/promises';

/** Milliseconds; drawing took 90 to 130 on two cores. The window does not tell when it has drawn. */
const drawing = 150;

export function afterDrawing(): Promise<void> {
  return setTimeout(drawing);
}

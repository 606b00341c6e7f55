// Names the lab's program to the tests, built where its sources were never built on this machine.
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './compile.mjs';

/** Sets EXCHANGE_LAB, so that every child uses one and the same build; out/ must be compiled. Ends the process where it does not build. */
export function buildLab() {
  const { labProgram } = createRequire(import.meta.url)(path.join(root, 'out/test/lab/labProgram.js'));
  try {
    process.env.EXCHANGE_LAB = labProgram();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

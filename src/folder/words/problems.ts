// What is wrong with a file of a rotation, and what to do, for the command line and for what is written in English.
import type { FileProblem } from '../readFile';

const sentences: Readonly<Partial<Record<FileProblem['code'], (problem: FileProblem) => string>>> = {
  'newer-version': ({ path, detail }) =>
    `${path}: written by a newer version of Exchange Certificates (format ${detail}). Update the extension, then continue this rotation`,
  future: ({ path, detail }) =>
    `${path}: claims the time ${detail}, which is later than now or than what follows it. It is not used; check the clock of the computer that wrote it`,
};

export function problemSentence(problem: FileProblem): string {
  const { path, code, detail } = problem;
  return sentences[code]?.(problem) ?? [`${path}: ${code.replaceAll('-', ' ')}`, detail].filter(Boolean).join(', ');
}

// What many observations mean together: each by itself, and where the nodes of one service differ.
import type { Observation } from '../model/observation';
import type { Expectation, ProbeFinding } from './finding';
import { compareNodes, judge } from './findings';

export interface Judged {
  readonly observation: Observation;
  readonly findings: readonly ProbeFinding[];
}

/** Compares them all, and gives the judge of each one of them; `expected` says what a plan wants of it. */
export function judgeOf(
  observations: readonly Observation[],
  expected: (observation: Observation) => Expectation,
): (observation: Observation) => Judged {
  const differing = compareNodes(observations);
  return (observation) => {
    const findings = judge(observation, expected(observation));
    const differs = differing.get(observation);
    return { observation, findings: differs ? [...findings, differs] : findings };
  };
}

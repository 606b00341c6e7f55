// What many observations mean together: each by itself, and where the nodes of one service differ.
import type { Observation } from '../model/observation';
import { compareNodes, judge, type Expectation, type ProbeFinding } from './findings';

export interface Judged {
  readonly observation: Observation;
  readonly findings: readonly ProbeFinding[];
}

/** In the order given; `expected` says what a plan wants of each. */
export function judgeAll(
  observations: readonly Observation[],
  expected: (observation: Observation) => Expectation,
): readonly Judged[] {
  const differing = compareNodes(observations);
  return observations.map((observation) => {
    const findings = judge(observation, expected(observation));
    const differs = differing.get(observation);
    return { observation, findings: differs ? [...findings, differs] : findings };
  });
}

// Looks, and after a change looks again where the planned certificate is not yet presented: services take their time.
import type { Thumbprint } from '../../model/names';
import type { Observation } from '../../model/observation';
import type { ProbeTarget } from '../../probe/probeAll';
import type { Looker, LookOptions } from './lookers';
import { pause } from './pause';

export interface LookTimes extends LookOptions {
  /** From the beginning of the first look; 0: looked once. */
  readonly repeatMilliseconds: number;
  /** Between two looks. */
  readonly pauseMilliseconds: number;
}

/** Once; with `planned`, those that do not present it again, for as long as `times` say. Every look is told of. */
export async function lookAgain(
  looker: Looker,
  targets: readonly ProbeTarget[],
  planned: Thumbprint | undefined,
  times: LookTimes,
  signal: AbortSignal,
  onObservation: (observation: Observation) => void,
): Promise<void> {
  const end = Date.now() + times.repeatMilliseconds;
  for (let open = targets; ;) {
    const asPlanned = new Set<ProbeTarget['endpoint']>();
    const onSeen = (observation: Observation): void => {
      if (observation.outcome === 'presented' && observation.certificate?.thumbprint === planned) {
        asPlanned.add(observation.endpoint);
      }
      onObservation(observation);
    };
    await looker(open, times, onSeen, signal);
    open = open.filter(({ endpoint }) => !asPlanned.has(endpoint));
    if (planned === undefined || open.length === 0 || Date.now() + times.pauseMilliseconds > end) {
      return;
    }
    await pause(times.pauseMilliseconds, signal);
  }
}

// Checks of the rotation as a whole: snapshots, decisions, and time that must pass.
import { canaryAt, continueAfterCanary, decisionOn } from '../decisions';
import { lastConnectorChange, lastCutoverOf } from '../lastChange';
import { replication } from '../replication';
import { fails, holds, unknown } from '../verdict';
import type { Judges } from './judges';
import { own } from '../../model/own';

export const organizationJudges: Judges<'snapshot-taken' | 'watched' | 'days-passed' | 'decided'> = {
  'snapshot-taken': ({ after }, { view: { found } }) =>
    found.taken >= after ? holds(found.taken) : fails(found.taken, found.taken),
  watched: ({ name }, { view, rotation }) => {
    const at = own(view.found.watched, name);
    if (at === undefined) return unknown('not-observed');
    const changed = lastConnectorChange(view, rotation, name === replication ? undefined : name);
    return changed !== null && at < changed ? unknown('observed-before-the-last-change') : holds(at);
  },
  'days-passed': ({ days, since }, { now }) => {
    if (since === null) return unknown('not-begun');
    const passed = (Date.parse(now) - Date.parse(since)) / 86_400_000;
    return passed >= days ? holds(since) : fails(since, since);
  },
  decided: ({ question, answer }, { rotation, view }) => {
    const found = decisionOn(rotation, question);
    if (found?.answer !== answer) return fails(null, found?.answer ?? '');
    const canary = question === continueAfterCanary ? canaryAt(rotation, found) : undefined;
    const changed = canary === undefined ? null : lastCutoverOf(view, canary, rotation);
    return changed !== null && found.at < changed ? unknown('decided-before-the-last-change') : holds(found.at);
  },
};

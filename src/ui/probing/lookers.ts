// Who looks at endpoints: this computer by sockets of its own, or a server of the organization by a script in the terminal.
import * as vscode from 'vscode';
import type { ServerName } from '../../model/names';
import type { Observation } from '../../model/observation';
import type { Wanted } from '../../model/wanted';
import type { ProbeTarget } from '../../probe/probeAll';
import { runOwnScript } from '../shell/ownScript';
import { organizationRooms, probeRooms } from '../rooms';

export interface LookOptions {
  /** For each look by itself. */
  readonly timeoutMilliseconds: number;
  readonly concurrency: number;
}

/** Tells each observation once it is known; rejects with the signal's reason when cancelled, else where nothing could be looked at. */
export type Looker = (
  targets: readonly ProbeTarget[],
  options: LookOptions,
  onObservation: (observation: Observation) => void,
  signal: AbortSignal,
) => Promise<void>;

export const fromHere: Looker = async (targets, options, onObservation, signal) => {
  const { probeInThread } = await probeRooms();
  await probeInThread(targets, options, onObservation, signal);
};

/** `from` looks at all of them in one script; what it tells is believed only as the result of that very run. */
export function fromServer(context: vscode.ExtensionContext, wanted: Wanted, from: ServerName): Looker {
  return async (targets, { timeoutMilliseconds: milliseconds }, onObservation, signal) => {
    if (targets.length === 0) {
      return;
    }
    const { probeStep, renderProbeScript } = await organizationRooms();
    const endpoints = targets.map(({ endpoint }) => endpoint);
    const terminal = vscode.l10n.t('Exchange endpoints');
    const text = renderProbeScript(wanted, { from, endpoints, milliseconds });
    const end = await runOwnScript(context, { name: 'look-at-endpoints', text, step: probeStep, terminal, signal });
    signal.throwIfAborted();
    if (end.end === 'no-folder') {
      throw new Error(end.why.text);
    }
    if (end.end !== 'believed') {
      throw new Error(
        {
          'no-terminal': vscode.l10n.t('no terminal could be started'),
          nothing: vscode.l10n.t('no result came back from {0}; what the terminal says tells why', from),
          unreadable: vscode.l10n.t('what {0} told cannot be read', from),
          foreign: vscode.l10n.t('the result is not the one of this run, and was not believed'),
        }[end.end],
      );
    }
    const { after, error } = end.result;
    if (after?.looked === undefined) {
      throw new Error(error?.message ?? vscode.l10n.t('{0} told nothing', from));
    }
    const { observationsFrom } = await probeRooms();
    observationsFrom(after.looked, targets).forEach(onObservation);
  };
}

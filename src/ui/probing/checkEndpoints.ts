// *Check endpoints*: looks at what all servers, one server or one endpoint present, with progress and cancel.
import type { EndpointKind } from '../../model/wanted';
import type { Observation } from '../../model/observation';
import type { ServerName, Thumbprint } from '../../model/names';
import { sameName } from '../../model/names';
import type { ProbeTarget } from '../../probe/probeAll';
import { say, sentence, showProgress, words } from '../face/say';
import type { Handlers } from '../handlers';
import { probeRooms } from '../rooms';
import { subjectOf } from '../subject';
import { usedConfig } from '../state/usedConfig';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';
import { fromHere, fromServer, type Looker } from './lookers';
import { lookAgain, type LookTimes } from './lookAgain';
import { numberSetting } from '../face/numberSettings';

/** What a tree node says it stands for, as far as this command cares. */
export interface ProbeScope {
  readonly server: ServerName;
  /** The one endpoint of a tree node. */
  readonly endpoint?: EndpointKind;
  /** Those of a plan's step. */
  readonly endpoints?: readonly EndpointKind[];
  /** What they must present after a change: looked at again until they do, or the set time is over. */
  readonly planned?: Thumbprint;
}

/** Between two looks at an endpoint that does not yet present what is planned. */
const pauseMilliseconds = 5000;

/** `gone` is aborted when the extension ends: sockets are closed then, not left to time out. */
export function probingCommands(workspace: Workspace, gone: AbortSignal): Handlers<'checkEndpoints'> {
  // One check at a time: the bounds hold for all of them together.
  let last: Promise<unknown> = Promise.resolve();
  return {
    checkEndpoints: (argument) => {
      if (!requireTrust()) {
        return [];
      }
      const check = last.then(async () => {
        const file = await usedConfig(workspace);
        if (file === null) {
          return [];
        }
        const used = {
          config: file && { ...file, wanted: file.parsed.wanted },
          observed: (seen: readonly Observation[]) => workspace.observed(seen),
        };
        return checkEndpoints(used, lookerOf(workspace, used.config), scopeOf(argument), gone);
      });
      last = check.catch(() => undefined);
      return check;
    },
  };
}

/** This computer, or the server that the configuration says. */
function lookerOf({ context }: Workspace, config: Workspace['config']): Looker {
  const from = config?.wanted?.probe.from ?? null;
  return config?.wanted && from !== null ? fromServer(context, config.wanted, from) : fromHere;
}

/** Looks, tells the workspace what was seen, and returns it; cancelled looks are missing, not guessed. */
export async function checkEndpoints(
  workspace: Pick<Workspace, 'config' | 'observed'>,
  looker: Looker,
  scope: ProbeScope | undefined,
  gone: AbortSignal,
): Promise<readonly Observation[]> {
  const wanted = workspace.config?.wanted;
  if (!wanted) {
    void say.warning(words('There is no configuration that says which endpoints to look at.'));
    return [];
  }
  const { configTargets } = await probeRooms();
  const targets = configTargets(wanted).filter(({ server, endpoint }) =>
    isWithin(scope, server, endpoint.kind ?? endpoint.protocol),
  );
  const seen = new Map<ProbeTarget['endpoint'], Observation>();
  await showProgress(
    wanted.probe.from === null
      ? words('Looking at {0} endpoints', targets.length)
      : words('Looking at {0} endpoints from {1}', targets.length, wanted.probe.from),
    async (report, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const signal = AbortSignal.any([abort.signal, gone]);
      try {
        await lookAgain(looker, targets, scope?.planned, lookTimes(), signal, (observation) => {
          const again = seen.has(observation.endpoint);
          seen.set(observation.endpoint, observation);
          report({
            increment: again ? 0 : 100 / targets.length,
            message: sentence(`${observation.server ?? ''} ${observation.endpoint.protocol}`),
          });
        });
      } catch (error) {
        if (!signal.aborted) {
          throw error;
        }
      }
    },
  );
  // as the configuration has them: they ended in any order
  const observations = targets.flatMap(({ endpoint }) => seen.get(endpoint) ?? []);
  if (!gone.aborted) {
    await workspace.observed(observations);
  }
  return observations;
}

/** By the settings as they are now. */
function lookTimes(): LookTimes {
  return {
    timeoutMilliseconds: numberSetting('probeTimeout') * 1000,
    concurrency: Math.floor(numberSetting('probeConcurrency')),
    repeatMilliseconds: numberSetting('probeRepeat') * 1000,
    pauseMilliseconds,
  };
}

function isWithin(scope: ProbeScope | undefined, server: ServerName | null, kind: EndpointKind): boolean {
  if (scope === undefined) {
    return true;
  }
  const endpoints = scope.endpoint === undefined ? scope.endpoints : [scope.endpoint];
  return server !== null && sameName(server, scope.server) && endpoints?.includes(kind) !== false;
}

function scopeOf(argument: unknown): ProbeScope | undefined {
  const subject = subjectOf(argument);
  return subject !== undefined && 'server' in subject && typeof subject.server === 'string'
    ? (subject as ProbeScope)
    : undefined;
}

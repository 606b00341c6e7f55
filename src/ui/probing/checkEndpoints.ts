// *Check endpoints*: looks at what all servers, one server or one endpoint present, with progress and cancel.
import * as vscode from 'vscode';
import type { EndpointKind } from '../../model/wanted';
import type { Observation } from '../../model/observation';
import type { ServerName } from '../../model/names';
import { sameName } from '../../model/names';
import { commands } from '../commands';
import { register } from '../register';
import { probeRooms } from '../rooms';
import { requireTrust } from '../trust';
import type { Workspace } from '../workspace';

/** What a tree node says it stands for, as far as this command cares. */
export interface ProbeScope {
  readonly server: ServerName;
  /** The one endpoint of a tree node. */
  readonly endpoint?: EndpointKind;
  /** Those of a plan's step. */
  readonly endpoints?: readonly EndpointKind[];
}

export function registerProbing(workspace: Workspace): vscode.Disposable {
  return register(commands.checkEndpoints, (argument) =>
    requireTrust() ? checkEndpoints(workspace, scopeOf(argument)) : [],
  );
}

/** Looks, tells the workspace each observation as it comes, and returns them all; cancelled looks are missing, not guessed. */
export async function checkEndpoints(
  workspace: Workspace,
  scope: ProbeScope | undefined,
): Promise<readonly Observation[]> {
  const wanted = workspace.config?.wanted;
  if (!wanted) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('There is no configuration that says which endpoints to look at.'),
    );
    return [];
  }
  const { configTargets, probeAll } = await probeRooms();
  const looks = configTargets(wanted).filter(({ server, endpoint }) =>
    isWithin(scope, server, endpoint.kind ?? endpoint.protocol),
  );
  const seconds = vscode.workspace.getConfiguration('exchangeCertificates').get<number>('probeTimeout', 30);
  const seen: Observation[] = [];
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: vscode.l10n.t('Looking at {0} endpoints', looks.length),
    },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      try {
        await probeAll(
          looks,
          { timeoutMilliseconds: seconds * 1000 },
          (observation) => {
            seen.push(observation);
            progress.report({
              increment: 100 / looks.length,
              message: `${observation.server ?? ''} ${observation.endpoint.protocol}`,
            });
          },
          abort.signal,
        );
      } catch (error) {
        if (!abort.signal.aborted) {
          throw error;
        }
      }
    },
  );
  await workspace.observed(seen);
  return seen;
}

function isWithin(scope: ProbeScope | undefined, server: ServerName | null, kind: EndpointKind): boolean {
  if (scope === undefined) {
    return true;
  }
  const endpoints = scope.endpoint === undefined ? scope.endpoints : [scope.endpoint];
  return server !== null && sameName(server, scope.server) && endpoints?.includes(kind) !== false;
}

function scopeOf(argument: unknown): ProbeScope | undefined {
  const subject =
    typeof argument === 'object' && argument !== null && 'subject' in argument ? argument.subject : undefined;
  return typeof subject === 'object' && subject !== null && 'server' in subject && typeof subject.server === 'string'
    ? (subject as ProbeScope)
    : undefined;
}

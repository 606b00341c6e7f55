// What the last looks mean: in Problems at the server's line, in the status bar, and as a table. Opens no connection.
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Finding } from '../../model/certificate';
import { sameName, toTime, type ServerName } from '../../model/names';
import { stepKinds } from '../../model/stepKinds';
import type { Expectation } from '../../probe/finding';
import type { Judged } from '../../probe/judgeOf';
import { commands } from '../commands';
import type { Handlers } from '../handlers';
import { diagnosticAt } from '../face/diagnostic';
import { expiryThresholds } from '../face/expirySettings';
import { plain } from '../face/say';
import { rangesIn } from '../face/textRange';
import type { OpenRotation } from '../state/openRotation';
import { inTurns } from '../face/inTurns';
import { probeRooms } from '../rooms';
import type { Workspace } from '../workspace';

/** Shows what is known now, and anew with each change of the workspace, until it is disposed. */
export function showEndpointResults(workspace: Workspace): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('exchange-certificates endpoints');
  const item = vscode.window.createStatusBarItem('endpoints', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Exchange endpoints');
  item.command = commands.openEndpointReport;
  let latest = 0;
  const show = async (): Promise<void> => {
    const turn = ++latest;
    // a turn of its own for each part: with thousands of endpoints the host is not held by all of them together
    await setImmediate();
    const judged = await judgedNow(workspace);
    await setImmediate();
    const problems = judged.length === 0 ? undefined : await problemsOf(judged);
    await setImmediate();
    if (turn !== latest) {
      return;
    }
    showProblems(collection, workspace, problems);
    showItem(item, judged);
  };
  void show();
  return vscode.Disposable.from(
    collection,
    item,
    workspace.onDidChange(() => void show()),
  );
}

export function endpointReportCommand(workspace: Workspace): Handlers<'openEndpointReport'> {
  return {
    openEndpointReport: async () => {
      const { reportMarkdown } = await probeRooms();
      const content = reportMarkdown(await judgedNow(workspace));
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
    },
  };
}

/** Loads the probe room only once there is something to judge. */
async function judgedNow({ observations, rotation, config }: Workspace): Promise<readonly Judged[]> {
  if (observations.length === 0) {
    return [];
  }
  const { judgeOf, stillWanted, wantedThumbprint } = await probeRooms();
  const now = toTime(new Date());
  const thresholds = expiryThresholds();
  const current = config?.wanted ? stillWanted(observations, config.wanted) : observations;
  const judge = judgeOf(current, ({ server, endpoint }): Expectation => {
    const kind = endpoint.kind ?? endpoint.protocol;
    if (rotation === undefined) {
      const wanted = config?.wanted;
      return { planned: wanted ? wantedThumbprint(wanted, kind) : null, old: null, now, thresholds };
    }
    const { from, to } = rotation.loaded.rotation;
    const planned = server !== null && kind !== 'backEnd' && isCutOver(rotation, server);
    return { planned: planned ? to.thumbprint : null, old: from.thumbprint, now, thresholds };
  });
  return inTurns(current, judge);
}

/** Whether a cutover step of the server was run: before it, the old certificate is what should be seen. */
function isCutOver(rotation: OpenRotation | undefined, server: ServerName): boolean {
  if (rotation === undefined) {
    return false;
  }
  const { plan, runs } = rotation.situation;
  const steps = plan.phases.filter(({ phase }) => phase === 'cutover').flatMap((phase) => phase.steps);
  return [...steps, ...plan.settled].some(
    ({ id, kind, target }) =>
      stepKinds[kind].cutsOver === 'server' &&
      target.server !== undefined &&
      sameName(target.server, server) &&
      runs.has(id),
  );
}

/** VS Code shows no more of one file. */
const mostProblems = 1000;

interface EndpointProblem {
  readonly server: ServerName | null;
  readonly severity: Finding['severity'];
  readonly code: string;
  readonly message: string;
}

async function problemsOf(judged: readonly Judged[]): Promise<readonly EndpointProblem[]> {
  const { wordsOf } = await probeRooms();
  const told = judged.flatMap(({ observation, findings }) => findings.map((finding) => ({ observation, finding })));
  const ofSeverity = (wanted: Finding['severity']): typeof told =>
    told.filter(({ finding }) => finding.severity === wanted);
  const shown = [...ofSeverity('error'), ...ofSeverity('warning')].slice(0, mostProblems);
  return inTurns(shown, ({ observation: { server, endpoint }, finding }) => {
    const { message, remedy } = wordsOf(finding);
    const where = `${endpoint.kind ?? endpoint.protocol} ${endpoint.host}:${endpoint.port}`;
    return {
      server,
      severity: finding.severity,
      code: finding.code,
      message: [`${where}: ${message}`, remedy].filter((text) => text !== null).join(' '),
    };
  });
}

function showProblems(
  collection: vscode.DiagnosticCollection,
  { config }: Workspace,
  problems: readonly EndpointProblem[] | undefined,
): void {
  collection.clear();
  if (config === undefined || problems === undefined) {
    return;
  }
  const rangeOf = rangesIn(config.text);
  const places = new Map(
    config.parsed.positions
      .filter(({ kind }) => kind === 'server')
      .map(({ name, nameRange }) => [name.toUpperCase(), rangeOf(nameRange)]),
  );
  const diagnostics = problems.flatMap(({ server, severity, code, message }) => {
    const range = places.get(server?.toUpperCase() ?? '');
    if (range === undefined) {
      return [];
    }
    return [diagnosticAt(range, { severity, code, message })];
  });
  collection.set(config.uri, diagnostics);
}

function showItem(item: vscode.StatusBarItem, judged: readonly Judged[]): void {
  if (judged.length === 0) {
    item.hide();
    return;
  }
  const having = (severity: Finding['severity']): number =>
    judged.filter(({ findings }) => findings.some((finding) => finding.severity === severity)).length;
  const [errors, warnings] = [having('error'), having('warning')];
  const icon = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'pass';
  const count =
    icon === 'pass'
      ? vscode.l10n.t('{0} endpoints', judged.length)
      : vscode.l10n.t('{0} of {1} endpoints', errors > 0 ? errors : warnings, judged.length);
  item.text = `$(${icon}) ${count}`;
  const last = judged.reduce((at, { observation }) => (observation.at > at ? observation.at : at), '');
  const tooltip = vscode.l10n.t('{0} with errors, {1} with warnings; last checked at {2}', errors, warnings, last);
  item.tooltip = plain(tooltip);
  item.accessibilityInformation = { label: `${item.name ?? ''}: ${judged.length}, ${plain(tooltip)}` };
  item.show();
}

// What commands, views, editors and language help do: loaded when one of them is first used, or there is something to show.
import * as vscode from 'vscode';
import type { Handlers } from './handlers';
import { configurationCommands } from './language/configuration';
import { showDiagnostics } from './language/diagnostics';
import { insertCmdletCommand } from './language/insertCmdlet';
import { languageHelp, type LanguageHelp } from './language/languageHelp';
import { thumbprintCommands } from './language/thumbprints';
import { showTrackedKeys, trackingCommand } from './language/trackedKeys';
import { conversionCommands } from './pfxEditor/convert';
import { forgettingCommands } from './pfxEditor/forgetPasswords';
import { pfxEditors, type PfxEditors } from './pfxEditor/pfxEditor';
import { probingCommands } from './probing/checkEndpoints';
import { endpointReportCommand, showEndpointResults } from './probing/endpointResults';
import { rotationCommands } from './rotation/rotation';
import { showRotation } from './rotation/rotationView';
import { assumptionsCommand } from './terminal/checkAssumptions';
import { terminalCheckCommand } from './terminal/checkTerminal';
import { sessionCommand } from './terminal/openSession';
import { snapshotCommand } from './terminal/takeSnapshot';
import { showOrganization } from './tree/organizationView';
import type { Views } from './views';
import type { Workspace } from './workspace';

export interface Features {
  readonly handlers: Handlers;
  readonly languageHelp: LanguageHelp;
  readonly pfxEditors: PfxEditors;
  readonly dispose: () => void;
}

export function createFeatures(workspace: Workspace, views: Views): Features {
  const gone = new AbortController();
  const editors = pfxEditors(workspace);
  const shown = vscode.Disposable.from(
    editors,
    showOrganization(workspace, views.organization),
    showRotation(workspace, views.rotation),
    showDiagnostics(workspace),
    showTrackedKeys(workspace),
    showEndpointResults(workspace),
  );
  return {
    handlers: {
      ...configurationCommands(workspace),
      ...trackingCommand(workspace),
      ...insertCmdletCommand(),
      ...thumbprintCommands(workspace),
      ...conversionCommands(workspace),
      ...forgettingCommands(workspace),
      ...probingCommands(workspace, gone.signal),
      ...endpointReportCommand(workspace),
      ...snapshotCommand(workspace),
      ...terminalCheckCommand(workspace),
      ...assumptionsCommand(workspace),
      ...sessionCommand(workspace),
      ...rotationCommands(workspace),
    },
    languageHelp: languageHelp(workspace),
    pfxEditors: editors,
    dispose: () => {
      gone.abort();
      shown.dispose();
    },
  };
}

// What the editor runs first: makes the workspace's state and lets each feature register itself.
import type * as vscode from 'vscode';
import { registerDiagnostics } from './ui/language/diagnostics';
import { registerInsertCmdlet } from './ui/language/insertCmdlet';
import { registerLanguageHelp } from './ui/language/languageHelp';
import { registerThumbprints } from './ui/language/thumbprints';
import { registerPfxEditor } from './ui/pfxEditor/pfxEditor';
import { registerConversion } from './ui/pfxEditor/convert';
import { registerForgetting } from './ui/pfxEditor/forgetPasswords';
import { registerProbing } from './ui/probing/checkEndpoints';
import { registerRotation } from './ui/rotation/rotation';
import { registerRotationView } from './ui/rotation/rotationView';
import { registerSessions } from './ui/terminal/openSession';
import { registerAssumptions } from './ui/terminal/checkAssumptions';
import { registerTerminalCheck } from './ui/terminal/checkTerminal';
import { registerSnapshot } from './ui/terminal/takeSnapshot';
import { registerConfiguration } from './ui/language/configuration';
import { registerOrganizationView } from './ui/tree/organizationView';
import { createWorkspace } from './ui/workspace';

export function activate(context: vscode.ExtensionContext): void {
  const workspace = createWorkspace(context);
  context.subscriptions.push(
    workspace,
    registerOrganizationView(workspace),
    registerRotationView(workspace),
    registerDiagnostics(workspace),
    registerConfiguration(workspace),
    registerLanguageHelp(workspace),
    registerInsertCmdlet(),
    registerThumbprints(workspace),
    registerPfxEditor(workspace),
    registerConversion(workspace),
    registerForgetting(workspace),
    registerProbing(workspace),
    registerSnapshot(workspace),
    registerTerminalCheck(workspace),
    registerAssumptions(workspace),
    registerSessions(workspace),
    registerRotation(workspace),
  );
  void workspace.refresh();
}

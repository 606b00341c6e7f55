// What the plan renders, as read-only documents: the plan itself, one side of a difference, and the script before it is written.
import * as vscode from 'vscode';
import { renderedScheme } from '../commands';
import type { Workspace } from '../workspace';

export function registerRenderedScripts(workspace: Workspace): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  // a plan that is open is the one made now
  const told = workspace.onDidChange(() => {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === renderedScheme) {
        changed.fire(uri);
      }
    }
  });
  const provided = vscode.workspace.registerTextDocumentContentProvider(renderedScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => workspace.rotation?.rendered.get(uri.path.replace(/^\//, '')) ?? '',
  });
  return vscode.Disposable.from(changed, told, provided);
}

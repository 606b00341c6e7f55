// What the plan renders, as read-only documents: one side of a difference, and the script before it is written.
import * as vscode from 'vscode';
import { renderedScheme } from '../commands';
import type { Workspace } from '../workspace';

export function registerRenderedScripts(workspace: Workspace): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(renderedScheme, {
    provideTextDocumentContent: (uri) => workspace.rotation?.rendered.get(uri.path.replace(/^\//, '')) ?? '',
  });
}

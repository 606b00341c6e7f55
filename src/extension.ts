// What the editor runs first: says what there is, and loads what it does when it is first used.
import type * as vscode from 'vscode';
import { registerLanguageHelp } from './ui/language/registerLanguageHelp';
import { registerPfxEditors } from './ui/pfxEditor/registerEditors';
import { registerCommands } from './ui/register';
import { registerRenderedScripts } from './ui/rotation/renderedScripts';
import { words } from './ui/face/say';
import { tellFailure } from './ui/startFailure';
import type { Features } from './ui/features';
import { createViews } from './ui/views';
import { createWorkspace } from './ui/workspace';

/** Loads a part when it is first asked for; `begun` is undefined before that. */
function loader<Part>(load: () => Promise<Part>) {
  let begun: Promise<Part> | undefined;
  return { load: (): Promise<Part> => (begun ??= load()), begun: (): Promise<Part> | undefined => begun };
}

const featureRooms = loader(() => import('./ui/chunks/features.js'));

/** A lock that outlived its window would keep others out of the rotation; a window that never used the features has none. */
export async function deactivate(): Promise<void> {
  await (await featureRooms.begun())?.releaseLocks();
}

export function activate(context: vscode.ExtensionContext): void {
  const workspace = createWorkspace(context, async () => (await featureRooms.load()).workspaceFiles(context));
  const views = createViews();
  let loading: Promise<Features> | undefined;
  const load = async (): Promise<Features> => {
    const { createFeatures } = await featureRooms.load();
    const features = createFeatures(workspace, views);
    context.subscriptions.push(features);
    return features;
  };
  const features = (): Promise<Features> => (loading ??= load());
  context.subscriptions.push(
    workspace,
    views.organization.view,
    views.rotation.view,
    workspace.onDidChange(() => {
      // once they are there, they follow the workspace by themselves
      if (!workspace.isEmpty) {
        features().catch((error: unknown) => tellFailure(words('Parts of the extension could not be loaded.'), error));
      }
    }),
    views.organization.view.onDidChangeVisibility(({ visible }) => (visible ? void workspace.refresh() : undefined)),
    registerCommands(context.extension, async () => (await features()).handlers),
    registerPfxEditors(async () => (await features()).pfxEditors),
    registerRenderedScripts(workspace),
  );
  // a turn later, since whoever starts the editor waits for this function: the editor asks for help when it is there
  setImmediate(() => {
    const help = async () => (await features()).languageHelp;
    context.subscriptions.push(registerLanguageHelp(help, workspace.onDidChange));
    void workspace.begin();
  });
}

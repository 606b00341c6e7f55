// The PFX inspector: a read-only custom editor that asks for the password and shows what is public in the file.
import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import { commands, pfxViewType } from '../commands';
import { copyText } from '../copy';
import { showFailure } from '../output';
import type { Workspace } from '../workspace';
import { inspect, type InspectEnd } from '../pfxInspection';
import { labels } from './labels';
import { fromPage, type ToPage } from './protocol';

interface PfxDocument extends vscode.CustomDocument {
  readonly uri: vscode.Uri;
}

export function registerPfxEditor(workspace: Workspace): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider<PfxDocument> = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: (document, panel) => openEditor(workspace, document.uri, panel),
  };
  return vscode.window.registerCustomEditorProvider(pfxViewType, provider, {
    supportsMultipleEditorsPerDocument: true,
  });
}

function openEditor(workspace: Workspace, uri: vscode.Uri, panel: vscode.WebviewPanel): void {
  const media = vscode.Uri.joinPath(workspace.context.extensionUri, 'media', 'pfx');
  const { webview } = panel;
  let shown: ToPage = { type: 'reading' };
  let looking: AbortController | undefined;
  const show = (message: ToPage): void => {
    shown = message;
    void webview.postMessage(message);
  };
  const look = async (): Promise<void> => {
    looking?.abort();
    const mine = new AbortController();
    looking = mine;
    show({ type: 'working', message: vscode.l10n.t('Reading the file…') });
    try {
      const end = await inspect(uri, mine.signal, (message) => show({ type: 'working', message }));
      // the tab may be closed, or the file changed, while the password was typed: only the newest look counts
      if (!mine.signal.aborted) {
        show(asMessage(end, uri));
      }
    } catch (error) {
      if (!mine.signal.aborted) {
        show({
          type: 'failed',
          message: vscode.l10n.t(
            'The file could not be looked at: {0}',
            error instanceof Error ? error.message : String(error),
          ),
        });
        showFailure(vscode.l10n.t('{0} could not be looked at.', vscode.workspace.asRelativePath(uri)), error);
      }
    }
  };
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), uri.path.split('/').at(-1) ?? ''),
  );
  watcher.onDidChange(() => void look());
  panel.onDidDispose(() => {
    looking?.abort();
    watcher.dispose();
  });
  webview.onDidReceiveMessage(async (value: unknown) => {
    const message = fromPage(value);
    switch (message?.type) {
      case 'ready':
        void webview.postMessage(shown);
        break;
      case 'password':
        await look();
        break;
      case 'copy':
        await copyText(message.what, message.text);
        break;
      case 'rotate':
        await vscode.commands.executeCommand(commands.rotate, uri);
        break;
      case 'convert':
        await vscode.commands.executeCommand(commands.convertForWindowsServer2016, uri);
        break;
      case undefined:
        break;
    }
  });
  webview.options = { enableScripts: true, localResourceRoots: [media] };
  webview.html = page(webview, media);
  void look();
}

function asMessage(end: InspectEnd, uri: vscode.Uri): ToPage {
  return end.end === 'cancelled'
    ? {
        type: 'cancelled',
        message: vscode.l10n.t('No password was given, so nothing of the contents is shown.'),
        action: vscode.l10n.t('Enter Password'),
      }
    : {
        type: 'inspection',
        inspection: end.view.inspection,
        uri: uri.toString(),
        fileName: uri.path.split('/').at(-1) ?? '',
        labels: labels(),
      };
}

/** A page without a value in it: everything shown comes by message and is set as text. */
function page(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = crypto.randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(media, 'page.js')).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(media, 'page.css')).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>PFX</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main id="root" aria-live="polite"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

// The inspector's page, made when there is something to see, since a page that comes up takes the focus from the password's box.
import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import { moment } from './moment';

export interface InspectorPage {
  readonly isMade: boolean;
  /** Once; later calls do nothing. */
  readonly make: () => void;
  /** The page has said that it is there. */
  readonly isReady: () => void;
  /** Ends once the page that was made is there; at once where none was. */
  readonly settled: () => Promise<void>;
}

export function inspectorPage(webview: vscode.Webview, media: vscode.Uri): InspectorPage {
  let isMade = false;
  const ready = moment();
  webview.options = { enableScripts: true, localResourceRoots: [media] };
  return {
    get isMade() {
      return isMade;
    },
    make: () => {
      if (!isMade) {
        isMade = true;
        webview.html = html(webview, media);
      }
    },
    isReady: ready.come,
    settled: () => (isMade ? ready.has : Promise.resolve()),
  };
}

/** A page without a value in it: everything shown comes by message and is set as text. */
function html(webview: vscode.Webview, media: vscode.Uri): string {
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
<main id="root"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

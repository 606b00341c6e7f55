// The least an inspector can do, to measure ours against: asks as soon as its editor is opened, reads nothing, and shows a line after Enter.
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const provider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: (_, { webview }) => {
      webview.options = { enableScripts: true };
      void vscode.window.showInputBox({ password: true, ignoreFocusOut: true }).then(() => {
        webview.html = '<p class="certificate">shown</p>';
      });
    },
  };
  subscriptions.push(vscode.window.registerCustomEditorProvider('peer.least', provider));
};

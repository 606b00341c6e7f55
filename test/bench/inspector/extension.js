// The least an inspector can do, to measure ours against: asks as soon as its editor is opened, reads nothing, and shows a line after Enter.
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const provider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async (_, { webview }) => {
      webview.options = { enableScripts: true };
      webview.html = '<p class="status">waiting</p><main id="root"></main>';
      await vscode.window.showInputBox({ password: true, ignoreFocusOut: true });
      webview.html = '<main id="root"><p class="certificate">shown</p></main>';
    },
  };
  subscriptions.push(vscode.window.registerCustomEditorProvider('peer.least', provider));
};

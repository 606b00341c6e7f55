// Says at start that the inspector opens PFX and certificate files; the inspector itself is loaded with the first of them.
import * as vscode from 'vscode';
import { certificateViewType, pfxViewType } from '../commands';
import type { PfxEditors } from './pfxEditor';

export function registerPfxEditors(editors: () => Promise<PfxEditors>): vscode.Disposable {
  const register = (viewType: string, kind: Parameters<PfxEditors['open']>[2]): vscode.Disposable => {
    const provider: vscode.CustomReadonlyEditorProvider = {
      openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
      // The editor draws a page only when this ends, and leaves the focus where it is if it was taken meanwhile: the box keeps it.
      resolveCustomEditor: async ({ uri }, panel) => (await editors()).open(uri, panel, kind),
    };
    return vscode.window.registerCustomEditorProvider(viewType, provider, { supportsMultipleEditorsPerDocument: true });
  };
  return vscode.Disposable.from(register(pfxViewType, 'pfx'), register(certificateViewType, 'certificates'));
}

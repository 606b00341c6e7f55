// The PFX inspector: a read-only custom editor that asks for the password and shows what is public in the file.
import * as vscode from 'vscode';
import { afterDrawing } from '../password/afterDrawing';
import { commands } from '../commands';
import { copyText } from '../face/copy';
import { nameOf } from '../face/nameOf';
import { words } from '../face/say';
import { showFailure } from '../output';
import { rememberedPasswords } from '../password/rememberedPasswords';
import { pfxRooms } from '../rooms';
import type { Workspace } from '../workspace';
import { inspect, inspectCertificates, sha256Of, type InspectEnd } from '../password/pfxInspection';
import { inspectedFiles, type InspectedFiles } from './inspectedFiles';
import { judgeOf } from './judgement';
import type { PageInput } from './pageInput';
import { inspectorPage } from './inspectorPage';
import { moment } from './moment';
import { pageView } from './pageView';
import { fromPage, type FromPage, type ToPage } from './protocol';

export interface PfxEditors {
  /** Ends once there is something to see: the box, or the page. */
  open(uri: vscode.Uri, panel: vscode.WebviewPanel, kind: PageInput['kind']): Promise<void>;
  /** What was found in them stands in Problems until then. */
  readonly dispose: () => void;
}

export function pfxEditors(workspace: Workspace): PfxEditors {
  const inspected = inspectedFiles(workspace);
  return {
    open: (uri, panel, kind) => openEditor(workspace, inspected, uri, panel, kind),
    dispose: () => {
      inspected.subscription.dispose();
    },
  };
}

type Inspected = Extract<InspectEnd, { end: 'inspected' }>;

function openEditor(
  workspace: Workspace,
  inspected: InspectedFiles,
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
  kind: PageInput['kind'],
): Promise<void> {
  const media = vscode.Uri.joinPath(workspace.context.extensionUri, 'media', 'pfx');
  const passwords = rememberedPasswords(workspace.context);
  const title = nameOf(uri);
  const { webview } = panel;
  const page = inspectorPage(webview, media);
  const opened = moment();
  let shown: ToPage = { type: 'reading' };
  let looking: AbortController | undefined;
  let last: Inspected | undefined;
  const show = (message: ToPage): void => {
    shown = message;
    page.make();
    opened.come();
    void webview.postMessage(message);
  };
  const showInspection = async (end: Inspected, signal: AbortSignal): Promise<void> => {
    const message = await asMessage(workspace, uri, end, kind);
    // judging took a moment, in which the file may have changed or the tab been closed
    if (!signal.aborted && JSON.stringify(message) !== JSON.stringify(shown)) {
      show(message);
    }
  };
  const look = async (mustAsk = false): Promise<void> => {
    looking?.abort();
    const mine = new AbortController();
    looking = mine;
    const box = { hasAsked: false };
    const onAsked = (): void => {
      box.hasAsked = true;
      void afterDrawing().then(() => {
        // behind the box, which has the focus by now: there it can load while the password is typed
        if (!page.isMade && !mine.signal.aborted) {
          show(shown);
        }
      });
    };
    last = undefined;
    void inspected.forget(uri);
    const tell = (message: string, progress?: { readonly done: number; readonly total: number }): void => {
      if (mine.signal.aborted) {
        return;
      }
      const done = progress === undefined || progress.total === 0 ? null : progress.done / progress.total;
      const working: ToPage = { type: 'working', title, message, cancel: vscode.l10n.t('Cancel'), progress: done };
      // before the password is asked there is nothing to see, and a page that comes up takes the focus from its box
      if (page.isMade || done !== null) {
        show(working);
      } else {
        shown = working;
      }
    };
    tell(vscode.l10n.t('Reading the file…'));
    try {
      const end = await (kind === 'pfx'
        ? inspect(uri, mine.signal, tell, { passwords, mustAsk, beforeAsking: page.settled, onAsked })
        : inspectCertificates(uri, mine.signal, tell));
      // only the newest look counts
      if (mine.signal.aborted) {
        return;
      }
      if (end.end === 'cancelled') {
        show(cancelled(title));
      } else {
        last = end;
        await showInspection(end, mine.signal);
        if (box.hasAsked && panel.active) {
          // the box had the focus, and would give it back to whatever had it before
          panel.reveal();
        }
        await inspected.seen(uri, end);
      }
    } catch (error) {
      if (!mine.signal.aborted) {
        const why = error instanceof Error ? error.message : String(error);
        show(failed(title, vscode.l10n.t('The file could not be read: {0}', why)));
        showFailure(words('{0} could not be read.', vscode.workspace.asRelativePath(uri)), error);
      }
    }
  };
  const lookAgain = async (): Promise<void> => {
    // touched, or written with the same bytes: nobody is asked again for that
    const sha256 = await sha256Of(uri);
    if (last === undefined || sha256 !== last.sha256) {
      await look();
    }
  };
  const answers: { readonly [Type in FromPage['type']]: (message: Extract<FromPage, { type: Type }>) => unknown } = {
    ready: () => {
      page.isReady();
      return webview.postMessage(shown);
    },
    // a file that nobody was asked for: Windows protected it for groups, and this person says that it has a password, too
    password: () => look(last !== undefined && last.view.inspection.outcome !== 'wrong-password'),
    cancel: () => {
      looking?.abort();
      show(cancelled(title));
    },
    copy: ({ what, text }) => copyText(what, text),
    rotate: () => vscode.commands.executeCommand(commands.rotate, uri),
    convert: () => vscode.commands.executeCommand(commands.convertForWindowsServer2016, uri),
    'convert-to-aes': () => vscode.commands.executeCommand(commands.convertToAes256, uri),
    forget: async () => {
      await vscode.commands.executeCommand(commands.forgetPassword, uri);
      if (last !== undefined && looking !== undefined) {
        await showInspection(last, looking.signal);
      }
    },
  };
  const subscriptions = vscode.Disposable.from(
    watch(uri, lookAgain, () => {
      looking?.abort();
      last = undefined;
      void inspected.forget(uri);
      show(failed(title, vscode.l10n.t('The file is no longer there.')));
    }),
    workspace.onDidChange(() => {
      if (last !== undefined && looking !== undefined) {
        void showInspection(last, looking.signal);
      }
    }),
    webview.onDidReceiveMessage(async (value: unknown) => {
      const message = fromPage(value);
      if (message !== undefined) {
        await (answers[message.type] as (message: FromPage) => unknown)(message);
      }
    }),
  );
  panel.onDidDispose(() => {
    looking?.abort();
    // nobody waits for a page that never comes
    page.isReady();
    opened.come();
    subscriptions.dispose();
  });
  void look();
  return opened.has;
}

/** Calls back when the file is written, replaced or deleted. Its name may hold what a glob reads otherwise, so the folder is watched. */
function watch(uri: vscode.Uri, changed: () => unknown, deleted: () => unknown): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*'),
  );
  const ifMine = (run: () => unknown) => (other: vscode.Uri) => {
    if (other.toString() === uri.toString()) {
      run();
    }
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(ifMine(changed)),
    watcher.onDidCreate(ifMine(changed)),
    watcher.onDidDelete(ifMine(deleted)),
  );
}

function cancelled(title: string): ToPage {
  return {
    type: 'cancelled',
    title,
    message: vscode.l10n.t('No password was given, so nothing of the contents is shown.'),
    action: vscode.l10n.t('Enter Password'),
  };
}

function failed(title: string, message: string): ToPage {
  return { type: 'failed', title, message, action: vscode.l10n.t('Look Again') };
}

async function asMessage(
  workspace: Workspace,
  uri: vscode.Uri,
  { view, sha256 }: Inspected,
  kind: PageInput['kind'],
): Promise<ToPage> {
  const [rooms, judge, remembered] = await Promise.all([
    pfxRooms(),
    judgeOf(workspace, uri),
    rememberedPasswords(workspace.context).get(sha256),
  ]);
  const isRemembered = remembered !== undefined;
  remembered?.fill(0);
  const input = { uri: uri.toString(), fileName: nameOf(uri), view, kind, isRemembered, judge, now: new Date() };
  return { type: 'inspection', view: pageView(rooms, input) };
}

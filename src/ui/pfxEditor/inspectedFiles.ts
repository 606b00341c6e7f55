// What was found in the PFX files looked into, as diagnostics of the configuration that names them, at the entry that does.
import * as vscode from 'vscode';
import { positionOf } from '../../config/positions';
import type { AdvisedFinding } from '../../model/certificate';
import type { WantedCertificate } from '../../model/wanted';
import type { PfxView } from '../../pfx/view';
import { entriesNaming, judgesOf } from '../state/judgingConfig';
import { sha256Of } from '../password/pfxInspection';
import { pfxRooms } from '../rooms';
import { diagnosticAt } from '../face/diagnostic';
import { nameOf } from '../face/nameOf';
import { rangesIn } from '../face/textRange';
import type { ConfigFile, Workspace } from '../workspace';
import { judgedFile } from './judgedFile';
import { judgeOf, type Judged } from './judgement';

/** A file as it was looked into. */
export interface SeenFile {
  readonly view: PfxView;
  readonly sha256: string;
}

export interface InspectedFiles {
  readonly subscription: vscode.Disposable;
  /** What a file was seen to hold, until it is seen again. */
  seen(uri: vscode.Uri, file: SeenFile): Promise<void>;
  /** The file changed or went away. */
  forget(uri: vscode.Uri): Promise<void>;
}

interface Placed {
  readonly config: ConfigFile;
  readonly entry: WantedCertificate;
  readonly findings: readonly AdvisedFinding[];
}

export function inspectedFiles(workspace: Judged & Pick<Workspace, 'onDidChange'>): InspectedFiles {
  const collection = vscode.languages.createDiagnosticCollection('exchange-certificates-pfx');
  const files = new Map<string, SeenFile>();
  let asked = 0;
  const show = async (): Promise<void> => {
    const mine = ++asked;
    const placed = await Promise.all(
      [...files].map(async ([key, file]) => {
        const uri = vscode.Uri.parse(key, true);
        // nobody may have watched it since its tab was closed
        const isSame = (await sha256Of(uri)) === file.sha256;
        return { uri, placed: isSame ? await place(workspace, uri, file.view) : [] };
      }),
    );
    // only the newest answer counts
    if (mine !== asked) {
      return;
    }
    collection.clear();
    const byConfig = new Map<ConfigFile, vscode.Diagnostic[]>();
    for (const { uri, placed: all } of placed) {
      for (const { config, entry, findings } of all) {
        byConfig.set(config, [...(byConfig.get(config) ?? []), ...diagnosticsOf(uri, config, entry, findings)]);
      }
    }
    for (const [config, diagnostics] of byConfig) {
      collection.set(config.uri, diagnostics);
    }
  };
  const changed = workspace.onDidChange(() => {
    if (files.size > 0) {
      void show();
    }
  });
  return {
    seen(uri, file) {
      files.set(uri.toString(), file);
      return show();
    },
    forget(uri) {
      return files.delete(uri.toString()) ? show() : Promise.resolve();
    },
    subscription: vscode.Disposable.from(changed, collection),
  };
}

/** [] where no configuration names the file. */
async function place(workspace: Judged, uri: vscode.Uri, view: PfxView): Promise<readonly Placed[]> {
  const config = (await judgesOf(workspace.configs, uri)).naming[0];
  if (config === undefined) {
    return [];
  }
  const { outcome, message } = view.inspection;
  if (outcome !== 'opened') {
    const [entry] = await entriesNaming(config, uri);
    const isOfFile = outcome !== 'wrong-password' && entry !== undefined;
    return isOfFile ? [{ config, entry, findings: [{ code: outcome, severity: 'error', message, remedy: null }] }] : [];
  }
  const judged = judgedFile(await pfxRooms(), view, await judgeOf(workspace, uri), new Date());
  const own = judged.certificates.flatMap(({ judgement, findings }) =>
    judgement === undefined ? [] : [{ config, entry: judgement.entry, findings }],
  );
  const [first] = own;
  return first === undefined ? [] : [...own, { ...first, findings: [...judged.unread, ...judged.file] }];
}

function diagnosticsOf(
  uri: vscode.Uri,
  { text, parsed }: ConfigFile,
  entry: WantedCertificate,
  findings: readonly AdvisedFinding[],
): readonly vscode.Diagnostic[] {
  const position = positionOf(parsed.positions, 'certificate', entry.name);
  if (position === undefined) {
    return [];
  }
  const range = rangesIn(text)(position.nameRange);
  return findings.map(({ code, severity, message, remedy }) => {
    const sentence = remedy === null ? message : `${message} ${remedy}`;
    return diagnosticAt(range, { severity, code, message: `${nameOf(uri)}: ${sentence}` });
  });
}

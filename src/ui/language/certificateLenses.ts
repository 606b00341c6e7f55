// Lenses over each certificate entry of a configuration: how long what is installed still holds, and *Rotate*.
import * as vscode from 'vscode';
import type { Installation } from '../../snapshot/certificatesOf';
import { commands } from '../commands';
import { expiry } from '../face/dates';
import { plain } from '../face/say';
import { organizationRooms } from '../rooms';
import type { ConfigFile, Workspace } from '../workspace';
import { rangesIn } from '../face/textRange';

/** More would push the entry's own text aside. */
const mostShown = 3;

/** VS Code asks only while `editor.codeLens` is on. */
export function certificateLenses(workspace: Workspace): vscode.CodeLensProvider {
  return {
    async provideCodeLenses(document) {
      const file = workspace.configs.find(({ uri }) => uri.toString() === document.uri.toString());
      return file === undefined ? [] : lensesOf(workspace, file);
    },
  };
}

async function lensesOf(workspace: Workspace, file: ConfigFile): Promise<vscode.CodeLens[]> {
  const { wanted, positions } = file.parsed;
  const { installations, isOf, positionOf } = await organizationRooms();
  const isShown = workspace.config?.uri.toString() === file.uri.toString();
  const found = isShown ? workspace.found : undefined;
  const installed = found === undefined ? [] : installations(found);
  const rangeOf = rangesIn(file.text);
  return (wanted?.certificates ?? []).flatMap((entry) => {
    const place = positionOf(positions, 'certificate', entry.name);
    if (place === undefined) {
      return [];
    }
    const own = installed.filter(({ certificate }) => isOf(entry, certificate) === true).sort(bySoonestEnd);
    const told = own.slice(0, mostShown).map(lifeOf);
    const { start } = rangeOf(place.range);
    const range = new vscode.Range(start, start);
    return [
      ...(isShown && told.length === 0 ? [nothingTold(found !== undefined)] : told),
      ...(vscode.workspace.isTrusted
        ? [{ title: vscode.l10n.t('Rotate…'), command: commands.rotate, arguments: [file.uri] }]
        : []),
    ].map((command) => new vscode.CodeLens(range, command));
  });
}

function bySoonestEnd(one: Installation, other: Installation): number {
  return endOf(one) < endOf(other) ? -1 : 1;
}

const endOf = ({ certificate }: Installation): string => certificate.facts?.notAfter ?? '';

function lifeOf({ certificate: { thumbprint, facts }, servers }: Installation): vscode.Command {
  const life = facts === null ? vscode.l10n.t('end not told') : expiry(facts.notAfter);
  return {
    title: `${thumbprint.slice(0, 4)}…${thumbprint.slice(-4)} ${life}`,
    tooltip: plain(vscode.l10n.t('Copy the thumbprint {0}, found on {1}', thumbprint, servers.join(', '))),
    command: commands.copyThumbprint,
    arguments: [{ thumbprint }],
  };
}

function nothingTold(hasSnapshot: boolean): vscode.Command {
  return {
    title: hasSnapshot ? vscode.l10n.t('not found in the snapshot') : vscode.l10n.t('no snapshot yet'),
    command: commands.takeSnapshot,
    tooltip: vscode.l10n.t('Take Snapshot'),
  };
}

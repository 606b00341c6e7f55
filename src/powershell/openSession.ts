// Sessions for work by hand: a script that opens one and leaves it open, and the line that a terminal gets for it.
import type { Wanted, WantedServer } from '../model/wanted';
import { cmdlets } from './cmdlets';
import { commentText, quote, quoteList } from './quote';
import { runLine } from './runLine';
import { loadSession } from './script';
import { exchangeAddresses } from './scriptContext';

/**
 * The script that makes Exchange's commands callable in this terminal, for the whole organization; it lies beside
 * session.ps1. The session lasts as long as the terminal.
 */
export function renderOpenOrganization(wanted: Wanted): string {
  const reads = cmdlets.filter(({ place }) => place === 'exchange');
  return script('Open a session to Exchange for work by hand', wanted.organization, [
    `$commands = ${quoteList(reads.map(({ name }) => name))}`,
    `Connect-Exchange -Address ${quoteList(exchangeAddresses(wanted, null))} -Also $commands`,
    "Write-Host -Object ('Exchange commands are here by {0}. They end with this terminal.' -f $Opened.means)",
  ]);
}

/** The script that opens a session on one server and keeps it as `$ServerSession`; it lies beside session.ps1. */
export function renderOpenServer(server: WantedServer): string {
  return script('Open a session on a server for work by hand', server.name, [
    `$global:ServerSession = Get-ServerSession ${quote(server.fqdn)}`,
  ]);
}

/** The line for `renderOpenOrganization`'s file. */
export function openOrganizationLine(path: string): string {
  return runLine({ script: path });
}

/** The line for `renderOpenServer`'s file; entering works only from a typed line, never from a script (docs/facts-powershell.md#entering). */
export function openServerLine(path: string): string {
  return `${runLine({ script: path })}; Enter-PSSession -Session $ServerSession`;
}

function script(purpose: string, target: string, body: readonly string[]): string {
  const header = [`# Purpose: ${purpose}`, `# Target:  ${commentText(target)}`, '# Undo:    close the terminal'];
  return `\uFEFF${[...header, ...loadSession(), ...body].join('\n')}\n`;
}

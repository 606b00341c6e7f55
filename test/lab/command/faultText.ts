// A fault that is set, in words: which server or domain controller, and what a person will meet there.

/** As `fault.list` tells it: what `fault.set` took, with what is left of its turns. */
export interface LabFault {
  readonly server?: string;
  readonly operation?: string;
  readonly lag?: string;
  readonly down?: boolean;
  readonly denied?: boolean;
  readonly diskFull?: boolean;
  readonly clockMinutes?: number;
  readonly denyCmdlets?: readonly string[];
  readonly slowMs?: number;
  readonly error?: string;
  readonly breakAfter?: number;
  readonly kill?: boolean;
  readonly interject?: { readonly operation: string; readonly arguments?: Readonly<Record<string, unknown>> };
  readonly after?: number;
  readonly times?: number;
}

/** The two cells of its row: where, and what. */
export function faultRow(fault: LabFault): [where: string, what: string] {
  return [
    fault.lag ?? fault.server ?? '(everywhere)',
    fault.denyCmdlets ? deniedRights(fault.denyCmdlets) : said(fault),
  ];
}

const deniedRights = (cmdlets: readonly string[]): string => `no right to ${cmdlets.join(', ')}`;

function said(fault: LabFault): string {
  if (fault.lag !== undefined) return 'tells what Active Directory held when it began to lag';
  if (fault.down === true) return 'is down';
  if (fault.denied === true) return 'lets us in no more: neither sessions nor calls';
  if (fault.diskFull === true) return 'has no room on its disk';
  if (fault.clockMinutes !== undefined) return clock(fault.clockMinutes);
  return `${call(fault)} ${consequence(fault)}`;
}

const clock = (minutes: number): string =>
  `has a clock that is ${String(Math.abs(minutes))} minutes ${minutes < 0 ? 'behind' : 'ahead'}`;

function call({ operation, after, times }: LabFault): string {
  const what = operation ?? 'call';
  const which =
    times === undefined ? `every ${what}` : times === 1 ? `the next ${what}` : `the next ${String(times)} ${what}`;
  return after === undefined ? which : `${which} after ${String(after)} more`;
}

function consequence({ slowMs, error, breakAfter, kill, interject }: LabFault): string {
  if (interject !== undefined)
    return `is met by another: ${interject.operation} ${named(interject.arguments)}`.trimEnd();
  const end = kill === true ? 'kills the terminal' : `fails: ${error ?? 'it is broken off'}`;
  if (breakAfter !== undefined) return `${end}, after ${String(breakAfter)} of its changes`;
  return slowMs !== undefined && error === undefined && kill !== true ? `takes ${String(slowMs)} ms longer` : end;
}

/** `-Identity x -TlsCertificateName $null`, as it would be typed. */
function named(given: Readonly<Record<string, unknown>> = {}): string {
  return Object.entries(given)
    .map(
      ([name, value]) =>
        `-${name} ${value === null ? '$null' : typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(' ');
}

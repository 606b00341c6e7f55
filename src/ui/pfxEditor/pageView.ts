// An inspected file as the page shows it: what the file is, what was found, and a card for each certificate.
import { env, l10n } from 'vscode';
import type { Inspection, WindowsServer } from '../../model/inspection';
import { certificateCard, type CertificateRooms } from './certificateCard';
import { findingsView } from './findings';
import { judgedFile } from './judgedFile';
import { cut, listed, most } from './mostShown';
import type { PageInput } from './pageInput';
import { row, type ActionView, type PageView, type RowView } from './protocol';

export function pageView(rooms: CertificateRooms, input: PageInput): PageView {
  const { inspection } = input.view;
  const isOpened = inspection.outcome === 'opened';
  const { certificates, file, unread } = judgedFile(rooms, input.view, input.judge, input.now);
  return {
    uri: input.uri,
    title: input.fileName,
    isOpened,
    message: inspection.message,
    actions: actions(input),
    rowsHeading: l10n.t('File'),
    rows: isOpened && input.kind === 'pfx' ? fileRows(inspection) : [],
    findings: findingsView(file, l10n.t('Findings about the file')),
    certificates: certificates
      .slice(0, most.certificates)
      .map((judged, at) => certificateCard(rooms, input, at, judged)),
    unread: unreadView([
      ...unread.map(({ message }) => message),
      ...(certificates.length > most.certificates
        ? [l10n.t('{0} certificates more, which the file holds.', certificates.length - most.certificates)]
        : []),
    ]),
  };
}

function unreadView(items: readonly string[]): PageView['unread'] {
  return items.length === 0 ? null : { heading: l10n.t('Not shown'), items: listed(items, most.findings + 2).map(cut) };
}

function actions({ view: { inspection }, kind, isRemembered }: PageInput): readonly ActionView[] {
  if (inspection.outcome === 'wrong-password' || isProtectedForGroups(inspection)) {
    return [{ type: 'password', label: l10n.t('Enter Password'), isPrimary: true }];
  }
  if (kind === 'certificates' || inspection.privateKeys === 0) {
    return [];
  }
  const all: readonly (ActionView & { readonly isOffered: boolean })[] = [
    { type: 'rotate', label: l10n.t('Rotate to This Certificate…'), isPrimary: true, isOffered: true },
    { type: 'convert', label: l10n.t('Convert for Windows Server 2016…'), isPrimary: false, isOffered: true },
    { type: 'convert-to-aes', label: l10n.t('Convert to AES-256…'), isPrimary: false, isOffered: true },
    { type: 'forget', label: l10n.t('Forget the Password'), isPrimary: false, isOffered: isRemembered },
  ];
  return all.flatMap(({ isOffered, ...action }) => (isOffered ? [action] : []));
}

/** Not opened, and it may have a password beside the groups. */
function isProtectedForGroups({ outcome, findings }: Inspection): boolean {
  return outcome === 'unsupported' && findings.some(({ code }) => code === 'protected-for');
}

function turns(iterations: number): string {
  return iterations === 1 ? l10n.t('1 iteration') : l10n.t('{0} iterations', iterations.toLocaleString(env.language));
}

const windows: Readonly<Record<WindowsServer, string>> = {
  windowsServer2016: 'Windows Server 2016',
  windowsServer2019: 'Windows Server 2019',
  windowsServer2022: 'Windows Server 2022',
};

function fileRows({ encryption, mac, importsOn, privateKeys }: Inspection): readonly RowView[] {
  const parts = { certificates: l10n.t('certificates'), key: l10n.t('key') } as const;
  const answer = (value: boolean | null): string =>
    value === null ? l10n.t('not known') : value ? l10n.t('yes') : l10n.t('no');
  const imports = Object.entries(windows) as [WindowsServer, string][];
  return [
    row(l10n.t('Private keys'), String(privateKeys)),
    // several keys are as a rule encrypted alike: said once; in whatever order a tool writes them
    ...[...new Map(encryption.map((part) => [JSON.stringify(part), part])).values()]
      .sort((one, other) => one.part.localeCompare(other.part))
      .map(({ part, algorithm, hash, iterations }) =>
        row(
          l10n.t('Encryption, {0}', parts[part]),
          [algorithm, hash, iterations === null ? null : turns(iterations)].filter((text) => text !== null).join(', '),
        ),
      ),
    row(
      l10n.t('Integrity (MAC)'),
      mac === null
        ? l10n.t('none: nothing protects the file against change')
        : `${mac.algorithm}, ${turns(mac.iterations)}`,
    ),
    row(l10n.t('Imports on'), imports.map(([key, name]) => `${name}: ${answer(importsOn[key])}`).join(' · ')),
  ];
}

// One certificate of an inspected file as the page shows it: its facts, what Exchange will make of it, and what it changes.
import { l10n, workspace } from 'vscode';
import type { AlternativeName } from '../../certificate/alternativeNames';
import type { compareCertificates } from '../../model/compareCertificates';
import type { CertificateFacts } from '../../model/certificate';
import type { PfxView } from '../../pfx/view';
import { isKnownDate } from '../../model/names';
import { daysUntil } from '../face/dates';
import { comparisonView } from './comparison';
import type { Judgement } from './judgement';
import { findingsView } from './findings';
import type { JudgedCertificate, JudgingRooms } from './judgedFile';
import { cut, listed, most } from './mostShown';
import type { PageInput } from './pageInput';
import { row, type CertificateView, type RowView } from './protocol';
import { usageName } from '../../model/usageName';

/** What the page asks of the rooms, which are loaded late. */
export interface CertificateRooms extends JudgingRooms {
  readonly compareCertificates: typeof compareCertificates;
}

export function certificateCard(
  { compareCertificates: compare }: CertificateRooms,
  { view, now }: PageInput,
  at: number,
  { judgement, findings }: JudgedCertificate,
): CertificateView {
  const [facts, inspected] = [view.facts[at], view.inspection.certificates[at]];
  if (facts === undefined || inspected === undefined) {
    throw new RangeError(`no certificate ${at}`);
  }
  return {
    thumbprint: facts.thumbprint,
    tlsCertificateName: facts.tlsCertificateName,
    heading: facts.subject === '' ? l10n.t('(empty subject)') : cut(facts.subject),
    badges: badges(facts, inspected.hasPrivateKey, view.chains.flat().includes(at), view.chains.length > 0),
    copyWord: l10n.t('Copy'),
    rows: [...rows(facts, inspected.friendlyName, now), ...details(view, at), ...judgementRows(judgement)].map(
      (one) => ({
        ...one,
        value: cut(one.value),
      }),
    ),
    findings: findingsView(findings, l10n.t('For Exchange')),
    comparison:
      judgement?.replaces == null ? null : comparisonView(judgement.replaces, compare(judgement.replaces, facts)),
  };
}

function badges(facts: CertificateFacts, hasKey: boolean, isInChain: boolean, areChains: boolean): readonly string[] {
  return [
    ...(hasKey ? [l10n.t('private key')] : []),
    ...(facts.isSelfIssued && facts.isCertificateAuthority
      ? [l10n.t('root')]
      : facts.isCertificateAuthority
        ? [l10n.t('authority')]
        : []),
    ...(areChains && !isInChain ? [l10n.t('not part of a chain')] : []),
  ];
}

function rows(facts: CertificateFacts, friendlyName: string | null, now: Date): readonly RowView[] {
  // a cut text is nothing to copy
  const copied = (term: string, value: string): RowView =>
    cut(value) === value ? { term, value, copy: l10n.t('Copy {0}', term) } : row(term, value);
  const day = (time: string): string =>
    isKnownDate(time) ? time.replace('T', ' ').replace('Z', ' UTC') : l10n.t('not known: that time does not exist');
  return [
    copied(l10n.t('Thumbprint (SHA-1)'), facts.thumbprint),
    copied(l10n.t('SHA-256'), facts.sha256),
    copied('TlsCertificateName', facts.tlsCertificateName),
    row(l10n.t('Issuer'), facts.issuer),
    row(l10n.t('Valid from'), day(facts.notBefore)),
    row(
      l10n.t('Valid until'),
      isKnownDate(facts.notAfter)
        ? `${day(facts.notAfter)} (${remaining(daysUntil(facts.notAfter, now))})`
        : day(facts.notAfter),
    ),
    copied(l10n.t('Serial number'), facts.serialNumber),
    row(l10n.t('Key'), facts.keySize === null ? facts.keyAlgorithm : `${facts.keyAlgorithm} ${facts.keySize}`),
    row(l10n.t('Signature'), facts.signatureAlgorithm),
    row(
      l10n.t('Extended key usage'),
      facts.extendedKeyUsage === null
        ? l10n.t('any: the extension is absent')
        : listed(facts.extendedKeyUsage.map(usageName), most.names).join(', '),
    ),
    row(l10n.t('Friendly name'), friendlyName ?? ''),
  ];
}

function remaining(days: number): string {
  return days < 0 ? l10n.t('expired') : days === 1 ? l10n.t('1 day left') : l10n.t('{0} days left', days);
}

function details({ facts, details: all, chains, providers }: PfxView, at: number): readonly RowView[] {
  const detail = all[at];
  const chain = chains.find(([first]) => first === at);
  return [
    row(
      l10n.t('Alternative names'),
      listed((detail?.alternativeNames ?? []).map(alternativeName), most.names).join(', '),
    ),
    row(l10n.t('Key usage'), (detail?.keyUsage ?? []).join(', ')),
    row(l10n.t('Path length'), detail?.pathLength == null ? '' : String(detail.pathLength)),
    row(l10n.t('Subject key identifier'), detail?.subjectKeyIdentifier ?? ''),
    row(l10n.t('Authority key identifier'), detail?.authorityKeyIdentifier ?? ''),
    row(l10n.t('Key provider'), providers[at] ?? ''),
    row(
      l10n.t('Chain in the file'),
      chain === undefined || chain.length < 2
        ? ''
        : listed(
            chain.map((index) => cut(facts[index]?.subject ?? '')),
            most.chain,
          ).join(' \u2192 '),
    ),
  ];
}

function judgementRows(judgement: Judgement | undefined): readonly RowView[] {
  if (judgement === undefined) {
    return [];
  }
  const { config, entry, installedOn } = judgement;
  return [
    row(l10n.t('Judged by'), l10n.t('{0}, certificate {1}', workspace.asRelativePath(config), entry.name)),
    row(
      l10n.t('Installed on'),
      installedOn === null
        ? l10n.t('not known: no snapshot was taken')
        : installedOn.join(', ') || l10n.t('no server of the snapshot'),
    ),
  ];
}

function alternativeName({ kind, value }: AlternativeName): string {
  const words: Readonly<Record<AlternativeName['kind'], string>> = {
    dns: '',
    ip: 'IP',
    email: l10n.t('e-mail'),
    uri: 'URI',
    directory: l10n.t('directory'),
    'registered-id': l10n.t('registered id'),
    other: l10n.t('other'),
  };
  return kind === 'dns' ? value : `${words[kind]} ${value}`;
}

// The words for what changes from an installed certificate to the one that replaces it.
import { l10n } from 'vscode';
import type { Difference } from '../../model/compareCertificates';
import type { CertificateFacts } from '../../model/certificate';
import { cut, listed, most } from './mostShown';
import { row, type CertificateView, type RowView } from './protocol';
import { usageName } from '../../model/usageName';

const terms: Readonly<Record<Difference['code'], () => string>> = {
  names: () => l10n.t('Names'),
  usage: () => l10n.t('Extended key usage'),
  subject: () => l10n.t('Subject'),
  issuer: () => l10n.t('Issuer'),
  key: () => l10n.t('Key'),
  signature: () => l10n.t('Signature'),
  end: () => l10n.t('Valid until'),
};

export function comparisonView(
  old: CertificateFacts,
  differences: readonly Difference[],
): NonNullable<CertificateView['comparison']> {
  return {
    heading: l10n.t('Beside the installed certificate {0}', old.thumbprint),
    rows: differences.length === 0 ? [row(l10n.t('Changes'), l10n.t('none'))] : differences.map(asRow),
  };
}

function asRow(difference: Difference): RowView {
  const term = terms[difference.code]();
  if (!('lost' in difference)) {
    return row(term, cut(l10n.t('{0}, was {1}', difference.to, difference.from)));
  }
  const name = difference.code === 'usage' ? usageName : (text: string): string => text;
  const names = (all: readonly string[]): string => listed(all.map(name), most.names).join(', ');
  return row(
    term,
    cut(
      [
        ...(difference.lost.length > 0 ? [l10n.t('lost: {0}', names(difference.lost))] : []),
        ...(difference.added.length > 0 ? [l10n.t('added: {0}', names(difference.added))] : []),
      ].join('; '),
    ),
  );
}

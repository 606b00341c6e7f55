// Findings as the page shows them, the gravest first.
import { l10n } from 'vscode';
import type { AdvisedFinding } from '../../model/certificate';
import { cut, most } from './mostShown';
import type { FindingsView } from './protocol';

/** Null where there is nothing to say. */
export function findingsView(findings: readonly AdvisedFinding[], heading: string): FindingsView | null {
  const words = { error: l10n.t('Error'), warning: l10n.t('Warning'), information: l10n.t('Note') } as const;
  const order = ['error', 'warning', 'information'] as const;
  const all = order.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const items = all.slice(0, most.findings).map((finding) => ({ ...finding, message: cut(finding.message) }));
  if (all.length > items.length) {
    const message = l10n.t('{0} findings more are not shown.', all.length - items.length);
    items.push({ severity: 'warning', code: 'more-findings', message, remedy: null });
  }
  return items.length === 0
    ? null
    : {
        heading,
        items: items.map(({ severity, code, message, remedy }) => ({
          severity,
          word: words[severity],
          code,
          message,
          remedy: remedy ?? '',
        })),
      };
}

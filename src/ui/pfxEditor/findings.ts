// Findings as the page shows them, the gravest first.
import { l10n } from 'vscode';
import type { AdvisedFinding } from '../../model/certificate';
import type { FindingsView } from './protocol';

/** Null where there is nothing to say. */
export function findingsView(findings: readonly AdvisedFinding[], heading: string): FindingsView | null {
  const words = { error: l10n.t('Error'), warning: l10n.t('Warning'), information: l10n.t('Note') } as const;
  const order = ['error', 'warning', 'information'] as const;
  const items = order.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
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

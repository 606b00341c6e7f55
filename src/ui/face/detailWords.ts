// The words for what the organization tree says beside a name: details and differences.
import { l10n } from 'vscode';
import type { Difference } from '../../snapshot/difference';
import type { Detail } from '../../snapshot/organizationTree';
import type { ObservationOutcome } from '../../model/observation';
import { day, expiry } from './dates';

type DetailWords = { readonly [Code in Detail['code']]: (detail: Extract<Detail, { code: Code }>) => string };
type DifferenceWords = {
  readonly [Code in Difference['code']]: (difference: Extract<Difference, { code: Code }>) => string;
};

const details: DetailWords = {
  count: ({ count }) => String(count),
  exchange: ({ version }) => l10n.t('Exchange {0}', version),
  windows: ({ version }) => l10n.t('Windows {0}', version),
  'not-reached': () => l10n.t('not reached'),
  'not-looked': () => l10n.t('no snapshot yet'),
  'not-found': () => l10n.t('not found'),
  'not-in-config': () => l10n.t('not in the configuration'),
  'not-told': () => l10n.t('not told'),
  expires: ({ notAfter }) => expiry(notAfter),
  thumbprint: ({ thumbprint }) => thumbprint,
  services: ({ services }) => services.join(' '),
  uses: ({ uses }) => (uses.length === 0 ? l10n.t('no use found') : l10n.t('used by {0}', uses.join(', '))),
  'on-servers': ({ servers }) => l10n.t('on {0}', servers.join(', ')),
  'wants-certificate': ({ certificate }) => l10n.t('wants {0}', certificate),
  'wants-none': () => l10n.t('wants no certificate'),
  carries: ({ tlsCertificateName }) => tlsCertificateName,
  'carries-none': () => l10n.t('names no certificate'),
  disabled: () => l10n.t('disabled'),
  address: ({ host, port }) => `${host}:${port}`,
  probed: ({ outcome, detail }) =>
    [outcomeWords(outcome), detail].filter((text) => text !== null && text !== '').join(': '),
  stopped: () => l10n.t('not offered: the service is stopped'),
};

const differences: DifferenceWords = {
  'organization-differs': ({ found, wanted }) =>
    l10n.t('The snapshot is of the organization {0}, not {1}.', found, wanted),
  'server-not-found': ({ candidates }) => `${l10n.t('The organization has no such server.')}${meant(candidates)}`,
  'server-not-in-config': () => l10n.t('The configuration does not name this server.'),
  'server-not-reached': ({ problem }) => l10n.t('The server was not reached: {0}', problem ?? l10n.t('no reason told')),
  'fqdn-differs': ({ found, wanted }) => l10n.t('Its full name is {0}, the configuration says {1}.', found, wanted),
  'connector-not-found': ({ candidates }) => `${l10n.t('No connector of this name was found.')}${meant(candidates)}`,
  'carries-certificate': ({ found }) => l10n.t('It must name no certificate and names {0}.', found),
  'carries-no-certificate': ({ certificate }) => l10n.t('It names no certificate; "{0}" is wanted.', certificate),
  'carries-another': ({ found, certificate }) => l10n.t('It names {0}, which is none of "{1}".', found, certificate),
  'name-not-told': () => l10n.t('Its certificate was not told.'),
  'not-in-config': ({ certificate }) =>
    l10n.t('It names a certificate of "{0}" and is not in the configuration.', certificate),
  'certificate-not-installed': () => l10n.t('No certificate of this entry is installed.'),
  'certificates-not-told': () => l10n.t('The installed certificates were not told.'),
  'certificate-expired': ({ notAfter }) => l10n.t('It ended on {0}.', day(notAfter)),
};

const outcomes: Readonly<Record<ObservationOutcome, () => string>> = {
  presented: () => l10n.t('presented'),
  'starttls-not-offered': () => l10n.t('STARTTLS not offered; look for event 12014'),
  'starttls-refused': () => l10n.t('STARTTLS refused'),
  'injected-before-tls': () => l10n.t('bytes injected before TLS'),
  timeout: () => l10n.t('no answer in time'),
  closed: () => l10n.t('connection closed'),
  'not-this-protocol': () => l10n.t('another protocol answered'),
  'handshake-failed': () => l10n.t('TLS handshake failed'),
  unreachable: () => l10n.t('unreachable'),
};

export function outcomeWords(outcome: ObservationOutcome): string {
  return outcomes[outcome]();
}

export function detailWords(detail: Detail): string {
  return (details[detail.code] as (detail: Detail) => string)(detail);
}

export function differenceWords(difference: Difference): string {
  return (differences[difference.code] as (difference: Difference) => string)(difference);
}

function meant(candidates: Extract<Difference, { code: 'server-not-found' }>['candidates']): string {
  const [first] = candidates;
  if (first === undefined) {
    return '';
  }
  return first.odd.length > 0
    ? ` ${l10n.t('"{0}" differs only by {1}.', first.name, first.odd.map(({ name }) => name).join(', '))}`
    : ` ${l10n.t('Did you mean {0}?', candidates.map(({ name }) => `"${name}"`).join(', '))}`;
}

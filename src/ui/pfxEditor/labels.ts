// The words of the PFX page: only the extension can translate, so the page gets them with each inspection.
import { l10n } from 'vscode';
import type { Labels } from './protocol';

export function labels(): Labels {
  return {
    copy: l10n.t('Copy'),
    file: l10n.t('File'),
    findings: l10n.t('Findings'),
    error: l10n.t('Error'),
    warning: l10n.t('Warning'),
    information: l10n.t('Note'),
    rotate: l10n.t('Rotate to This Certificate…'),
    convert: l10n.t('Convert for Windows Server 2016…'),
    enterPassword: l10n.t('Enter Password'),
    emptySubject: l10n.t('(empty subject)'),
    privateKey: l10n.t('private key'),
    privateKeys: l10n.t('Private keys'),
    thumbprint: l10n.t('Thumbprint (SHA-1)'),
    sha256: l10n.t('SHA-256'),
    tlsCertificateName: 'TlsCertificateName',
    issuer: l10n.t('Issuer'),
    notBefore: l10n.t('Valid from'),
    notAfter: l10n.t('Valid until'),
    dnsNames: l10n.t('DNS names'),
    serialNumber: l10n.t('Serial number'),
    key: l10n.t('Key'),
    friendlyName: l10n.t('Friendly name'),
    encryption: l10n.t('Encryption'),
    certificates: l10n.t('Certificates'),
    mac: l10n.t('Integrity (MAC)'),
    noMac: l10n.t('none: nothing protects the file against change'),
    iterations: l10n.t('iterations'),
    importsOn: l10n.t('Imports on'),
    windowsServer2016: 'Windows Server 2016',
    windowsServer2019: 'Windows Server 2019',
    windowsServer2022: 'Windows Server 2022',
    yes: l10n.t('yes'),
    no: l10n.t('no'),
    unknown: l10n.t('not known'),
    none: l10n.t('none'),
  };
}

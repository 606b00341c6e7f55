// What the inspector shows of a .pem, .cer, .crt, .der or .p7b file: the same view as a PFX, without keys and encryption.
import { certificatePool, chainOf } from '../certificate/chain';
import { readCertificateFile } from '../certificate/certificateFile';
import { certificateDetails } from '../certificate/details';
import type { PfxView } from './view';
import { count } from './words';

/** Never throws. `opened` where one certificate or more could be read; each part that could not is a finding. */
export function certificateView(bytes: Uint8Array): PfxView {
  const { certificates, problems } = readCertificateFile(bytes);
  const ders = certificates.map(({ der }) => der);
  const pool = certificatePool(ders);
  const found = certificates.length > 0;
  return {
    inspection: {
      outcome: found ? 'opened' : 'damaged',
      message: found
        ? `Opened: ${count(certificates.length, 'certificate')}.`
        : 'No certificate could be read in this file.',
      certificates: certificates.map(({ facts }) => ({ ...facts, hasPrivateKey: false, friendlyName: null })),
      privateKeys: 0,
      encryption: [],
      mac: null,
      importsOn: { windowsServer2016: null, windowsServer2019: null, windowsServer2022: null },
      findings: problems.map((message) => ({
        code: 'certificate-unreadable',
        severity: 'warning',
        message,
        remedy: null,
      })),
    },
    facts: certificates.map(({ facts }) => facts),
    details: ders.map((der) => certificateDetails(der)),
    chains: certificates.flatMap(({ facts }, at) => (facts.isCertificateAuthority ? [] : [chainOf(pool, at).order])),
    providers: certificates.map(() => null),
  };
}

// What the inspector shows of a .pem, .cer, .crt, .der or .p7b file: the same view as a PFX, without keys and encryption.
import { certificatePool, chainOf } from '../certificate/chain';
import { readCertificateFile } from '../certificate/certificateFile';
import { certificateDetails } from '../certificate/details';
import { suitability, type SuitabilityContext } from '../certificate/suitability';
import type { Time } from '../model/names';
import { inspectedCertificate } from './inspection';
import type { PfxView } from './view';
import { count } from './words';

/** What is known of a certificate that lies in a file without its key. */
function unknownBut(now: Time): SuitabilityContext {
  return { now, hasPrivateKey: null, hostnames: null, services: null, provider: undefined, replaces: null };
}

/** Never throws. `opened` where one certificate or more could be read; each part that could not is a finding. */
export function certificateView(bytes: Uint8Array, now: Time): PfxView {
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
      certificates: certificates.map(({ facts }) => inspectedCertificate(facts, null, false)),
      privateKeys: 0,
      encryption: [],
      mac: null,
      importsOn: { windowsServer2016: null, windowsServer2019: null, windowsServer2022: null },
      findings: [
        ...problems.map((message) => ({
          code: 'certificate-unreadable',
          severity: 'warning' as const,
          message,
          remedy: null,
        })),
        ...certificates.flatMap(({ facts }) =>
          facts.isCertificateAuthority ? [] : suitability(facts, unknownBut(now)),
        ),
      ],
    },
    facts: certificates.map(({ facts }) => facts),
    details: ders.map((der) => certificateDetails(der)),
    chains: certificates.flatMap(({ facts }, at) => (facts.isCertificateAuthority ? [] : [chainOf(pool, at).order])),
    providers: certificates.map(() => null),
  };
}

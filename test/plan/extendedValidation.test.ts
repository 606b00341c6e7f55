// Certificates with extended validation: what is read from their DER meets what a Windows server prints of them.
import assert from 'node:assert/strict';
import { readCertificate } from '../../src/certificate/readCertificate';
import type { CertificateFacts } from '../../src/model/certificate';
import type { Found } from '../../src/model/found';
import { judgeCheck } from '../../src/plan/judgeCheck';
import { viewOf } from '../../src/plan/view';
import { corpusFile } from '../pfx/corpus';
import { a, b, followed, found, now, outbound, planOf, relay, rotation, stepOf, withEveryServer } from './organization';

const subject =
  'CN=www.mydomain.com, O="Contoso, Inc.", L=Reno, S=Nevada, C=US, SERIALNUMBER=4860621, OID.2.5.4.15=Private Organization, OID.1.3.6.1.4.1.311.60.2.1.2=Delaware, OID.1.3.6.1.4.1.311.60.2.1.3=US';
/** As Windows prints them on the servers, written here by hand. */
const onWindows = {
  old: `<I>CN=DigiCert EV RSA CA G2, O=DigiCert Inc, C=US<S>${subject}`,
  fresh: `<I>CN=DigiCert EV RSA CA G3, O=DigiCert Inc, C=US<S>${subject}`,
} as const;

/** `like` with the names of the certificate in `file`. */
function named(like: CertificateFacts, file: string): CertificateFacts {
  const facts = readCertificate(corpusFile(file));
  assert.ok('thumbprint' in facts);
  return { ...like, subject: facts.subject, issuer: facts.issuer, tlsCertificateName: facts.tlsCertificateName };
}

const old = named(a, 'ev-a.der');
const fresh = named(b, 'ev-b.der');
const toFresh = { ...rotation().to, certificate: fresh };

/** The sample with the old certificate of extended validation, its connectors holding what the server printed. */
function organization(carried: string = onWindows.old): Found {
  const rename = (value: string | null): string | null => (value === a.tlsCertificateName ? carried : value);
  const row = <Row extends { readonly tlsCertificateName: string | null }>(one: Row): Row => ({
    ...one,
    tlsCertificateName: rename(one.tlsCertificateName),
  });
  const base = found();
  return {
    ...withEveryServer(base, (server) => ({
      certificates: (server.certificates ?? []).map((one) =>
        one.thumbprint === a.thumbprint ? { ...one, facts: old } : one,
      ),
      receiveConnectors: (server.receiveConnectors ?? []).map(row),
    })),
    sendConnectors: (base.sendConnectors ?? []).map(row),
    hybrid: base.hybrid === null ? null : row(base.hybrid),
  };
}

describe('a certificate with extended validation', () => {
  it('is asked about where a connector and the hybrid configuration hold its name as Windows prints it', () => {
    const made = planOf({ baseline: organization(), found: organization(), rotation: rotation({ to: toFresh }) });
    assert.deepEqual(made.refusals, []);
    const asked = made.questions.map(({ id }) => id);
    assert.ok(asked.includes(`follow:receive-connector:${relay}`), asked.join());
    assert.ok(asked.includes('follow:hybrid'), asked.join());
  });

  it('has its connectors set to the name that Windows will print, and proves them by it', () => {
    const to = rotation({ to: toFresh, decisions: followed });
    const step = stepOf(
      planOf({ baseline: organization(), found: organization(), rotation: to }),
      'send-connector',
      outbound,
    );
    assert.ok(step !== undefined);
    const proof = step.after.find(({ check }) => check === 'send-connector');
    assert.ok(proof !== undefined);
    const judged = (carried: string) => judgeCheck(proof, { view: viewOf(organization(carried)), rotation: to, now });
    assert.equal(judged(onWindows.fresh).verdict, 'holds');
    assert.equal(judged(onWindows.old).verdict, 'fails');
  });
});

// The words of what is found about the certificates sent: trust, ends, strength and shape.
import type { ServingCode } from '../certificate/servingFindings';
import { own } from '../model/own';
import type { FindingWords, Words } from './finding';

type ChainCode =
  | ServingCode
  | 'self-signed'
  | 'not-trusted'
  | 'chain-incomplete'
  | 'chain-out-of-order'
  | 'chain-extra'
  | 'chain-not-read'
  | 'issuer-expired'
  | 'issuer-not-yet-valid'
  | 'issuer-expiring'
  | 'old-tls';

/** OpenSSL's codes as Node.js names them (nodejs.org, "X509 certificate error codes"); another is shown as it is. */
const reasons: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: 'its root is not in this store',
  UNABLE_TO_GET_ISSUER_CERT: 'an issuer is neither sent nor in this store',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'an issuer is neither sent nor in this store',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the issuer is neither sent nor in this store',
  CERT_HAS_EXPIRED: 'a certificate that leads to the root has expired',
  CERT_NOT_YET_VALID: 'a certificate that leads to the root is not valid yet',
  CERT_SIGNATURE_FAILURE: 'a signature is wrong',
  INVALID_CA: 'a certificate that issued another may issue none',
  INVALID_PURPOSE: 'a certificate must not be used for a server',
  PATH_LENGTH_EXCEEDED: 'the chain is longer than one of its authorities allows',
};

function why(reason: string | null): string {
  if (reason === null) return '';
  const words = own(reasons, reason);
  return words === undefined ? ` (${reason})` : `: ${words} (${reason})`;
}

function days(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}

interface Serving {
  readonly subject: string | null;
  readonly message: string;
  readonly remedy: string;
}

function serving({ subject, message, remedy }: Serving): FindingWords {
  return { message: subject === null ? message : `The issuing certificate ${subject}: ${message}`, remedy };
}

export const chainWords: Pick<Words, ChainCode> = {
  'key-too-small': serving,
  'weak-signature': serving,
  'unusual-signature': serving,
  'no-server-auth': serving,
  'is-authority': serving,
  'self-signed': ({ subject, trusted }) => ({
    message: `The certificate is self-signed (${subject})${trusted === true ? ', and the store trusts it' : ', so no client trusts it by itself'}.`,
    remedy:
      "Exchange's setup makes such certificates for its back end and for mail between servers. Where clients connect, enable a certificate of an authority that they trust.",
  }),
  'not-trusted': ({ store, reason }) => ({
    message: `The chain is not trusted by ${store}${why(reason)}.`,
    remedy:
      'Import missing intermediate certificates on the server; for an authority of your own, give its root with --ca or probe.ca.',
  }),
  'chain-incomplete': ({ issuer }) => ({
    message: `The certificate of the issuer (${issuer}) was not sent.`,
    remedy:
      "Import the intermediate certificate into the server's Intermediate Certification Authorities (CA) store. Nothing is to be done where the issuer is a root that every client has.",
  }),
  'chain-out-of-order': () => ({
    message: 'The chain is not sent in order.',
    remedy: 'Check what is between this computer and the server: Windows sends a chain in order.',
  }),
  'chain-extra': ({ count }) => ({
    message:
      count === 1
        ? 'One certificate is sent twice, or does not belong to the chain.'
        : `${count} certificates are sent twice, or do not belong to the chain.`,
    remedy: 'Clients ignore them. Take them out of the file that the server reads its chain from.',
  }),
  'chain-not-read': ({ sent, read }) => ({
    message: `The server sent ${sent} certificates, of which ${read} were read.`,
    remedy: 'Check with openssl s_client -showcerts what the server sends: clients refuse so long or damaged a list.',
  }),
  'issuer-expired': ({ subject, notAfter }) => ({
    message: `The issuing certificate ${subject} expired at ${notAfter}.`,
    remedy: "Import the authority's current intermediate certificate on the server, and remove the expired one.",
  }),
  'issuer-not-yet-valid': ({ subject, notBefore }) => ({
    message: `The issuing certificate ${subject} is not valid before ${notBefore}.`,
    remedy: 'Check the clocks of the server and of this computer.',
  }),
  'issuer-expiring': ({ subject, notAfter, days: left }) => ({
    message: `The issuing certificate ${subject} expires in ${days(left)}, at ${notAfter}.`,
    remedy: "Import the authority's next intermediate certificate on the server, or rotate to a certificate of it.",
  }),
  'old-tls': ({ version }) => ({
    message: `The newest version of TLS that the server speaks is ${version}, which clients refuse.`,
    remedy: 'Enable TLS 1.2 on the server, as "Exchange Server TLS configuration best practices" of Microsoft says.',
  }),
};

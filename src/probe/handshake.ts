// A TLS handshake for the sake of looking: who is presented, in which version, and why it failed where it did.
import { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { Trust } from '../model/observation';
import { forRecord } from '../model/untrustedText';
import { secureContext } from './secureContext';
import { tapSocket } from './tappedSocket';
import type { TrustStore } from './trustStore';
import { readAlert } from './wire/alerts';
import { handshakeSecret } from './wire/handshakeKeys';
import { recordType } from './wire/records';
import { readSentChain } from './wire/sentChain';

/** Bytes a server may send before the handshake is over; OpenSSL itself takes 100 KiB of certificates. */
const longestHandshake = 256 * 1024;

/** DER of the certificates, the leaf first; `asSent` is false where only the ones Node could link are known. */
export interface ReceivedChain {
  readonly certificates: readonly Buffer[];
  readonly asSent: boolean;
}

export type HandshakeEnd =
  | {
      readonly end: 'presented';
      readonly chain: ReceivedChain;
      readonly tls: { readonly version: string; readonly cipher: string };
      readonly ocspStapled: boolean;
      /** null where no store was given. */
      readonly trust: Trust | null;
    }
  /** `chain` is what came before it failed. */
  | { readonly end: 'handshake-failed'; readonly detail: string; readonly chain: ReceivedChain | null }
  /** Bytes that are no TLS record. */
  | { readonly end: 'clear-text'; readonly detail: string }
  /** The server ended the connection without a word. */
  | { readonly end: 'closed'; readonly detail: string };

/** Never rejects. `servername` is sent as SNI unless it is an address, which RFC 6066 section 3 does not allow. */
export function shakeHands(socket: Socket, servername: string, store?: TrustStore): Promise<HandshakeEnd> {
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    let length = 0;
    let secret: Buffer | null = null;
    let ocspStapled = false;
    let verdict: HandshakeEnd | undefined;

    const sentChain = (): ReceivedChain | null => {
      const certificates = readSentChain(Buffer.concat(received), secret);
      return certificates ? { certificates, asSent: true } : null;
    };
    const finish = (end: HandshakeEnd): void => {
      resolve((verdict ??= end));
      secure.destroy();
    };
    const fail = (detail: string): void => {
      finish(length === 0 ? { end: 'closed', detail } : { end: 'handshake-failed', detail, chain: sentChain() });
    };
    const hear = (chunk: Buffer): boolean => {
      if (length === 0 && chunk[0] !== recordType.handshake && chunk[0] !== recordType.alert) {
        finish({ end: 'clear-text', detail: forRecord(chunk.toString('utf8')) });
        return false;
      }
      length += chunk.length;
      received.push(chunk);
      if (length <= longestHandshake) return true;
      fail(`more than ${longestHandshake} bytes before the handshake ended`);
      return false;
    };

    const tapped = tapSocket(socket, hear);
    const secure = connect(connectOptions(tapped, servername, store));
    secure.on('keylog', (line: Buffer) => (secret ??= handshakeSecret(line.toString('latin1')) ?? null));
    secure.on('OCSPResponse', (response: Buffer | null) => (ocspStapled = response !== null));
    secure.on('error', (error: NodeJS.ErrnoException) => {
      fail(readAlert(Buffer.concat(received)) ?? error.code ?? error.message);
    });
    secure.on('close', () => fail('closed'));
    secure.once('secureConnect', () => {
      const tls = { version: secure.getProtocol() ?? 'unknown', cipher: secure.getCipher().standardName };
      const chain = believable(sentChain(), secure, store);
      const presented: HandshakeEnd = { end: 'presented', chain, tls, ocspStapled, trust: trustOf(secure, store) };
      verdict ??= presented;
      // close_notify goes out before the socket ends (RFC 8446 section 6.1); no answer is waited for.
      tapped.once('finish', () => finish(presented));
      secure.end();
    });
  });
}

function connectOptions(
  socket: Duplex,
  servername: string,
  store: TrustStore | undefined,
): ConnectionOptions & { readonly requestOCSP: boolean } {
  return {
    socket,
    secureContext: secureContext(store),
    rejectUnauthorized: false,
    // Names are judged apart: what is left is the chain alone.
    checkServerIdentity: () => undefined,
    requestOCSP: true,
    ...(isIP(servername) === 0 && { servername }),
  };
}

function trustOf({ authorized, authorizationError }: TLSSocket, store: TrustStore | undefined): Trust | null {
  if (!store) return null;
  // Node gives the code as a text, whatever its types say.
  return { store: store.name, trusted: authorized, reason: authorized ? null : String(authorizationError) };
}

/** What was read on the wire, where its leaf is the one whose key the handshake proved; else what Node tells, without the store's own. */
function believable(wire: ReceivedChain | null, secure: TLSSocket, store: TrustStore | undefined): ReceivedChain {
  const leaf = secure.getPeerX509Certificate();
  if (wire && leaf && wire.certificates[0]?.equals(leaf.raw)) return wire;
  const certificates: Buffer[] = [];
  // Node's types say there is always one; without a certificate it is an empty object, and a root names itself.
  let next: Partial<DetailedPeerCertificate> | undefined = secure.getPeerCertificate(true);
  while (next?.raw && !includes(certificates, next.raw) && (certificates.length === 0 || !holds(store, next.raw))) {
    certificates.push(next.raw);
    next = next.issuerCertificate;
  }
  return { certificates, asSent: false };
}

function includes(certificates: readonly Buffer[], one: Buffer): boolean {
  return certificates.some((known) => known.equals(one));
}

function holds(store: TrustStore | undefined, certificate: Buffer): boolean {
  const pem = new X509Certificate(certificate).toString();
  return store?.roots.some((root) => root.trim() === pem.trim()) === true;
}

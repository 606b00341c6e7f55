// The certificates a server sent, as it sent them: Node tells only the ones it could link, in its own order.
import { ByteReader } from './byteReader';
import { opener } from './handshakeKeys';
import { type HandshakeMessage, messageType, readMessages, readRecords, recordType, type TlsRecord } from './records';
import { readServerHello, tls13 } from './serverHello';

/** DER of each certificate, the leaf first. */
export type SentChain = readonly Buffer[];

/**
 * Reads the Certificate message of the server's side of a handshake.
 * `secret` is TLS 1.3's server handshake traffic secret, null where there was none; undefined: the message can't be read.
 */
export function readSentChain(received: Buffer, secret: Buffer | null): SentChain | undefined {
  const records = readRecords(received);
  const clear = readMessages(
    records.filter(({ type }) => type === recordType.handshake).map(({ fragment }) => fragment),
  );
  // A HelloRetryRequest is a ServerHello too (RFC 8446 section 4.1.4), with the same suite as the one that follows.
  const hello = clear.find(({ type }) => type === messageType.serverHello);
  const choice = hello && readServerHello(hello.body);
  if (!choice) return undefined;
  if (choice.version !== tls13) return readCertificate(clear, false);
  return secret ? readCertificate(openMessages(records, choice.cipherSuite, secret), true) : undefined;
}

/** The messages in the protected records, as far as the handshake's key opens them. */
function openMessages(records: readonly TlsRecord[], cipherSuite: number, secret: Buffer): readonly HandshakeMessage[] {
  const open = opener(cipherSuite, secret);
  const fragments: Buffer[] = [];
  for (const record of records) {
    if (record.type !== recordType.applicationData) continue;
    const opened = open?.(record);
    if (opened?.type !== recordType.handshake) break;
    fragments.push(opened.content);
  }
  return readMessages(fragments);
}

/** RFC 5246 section 7.4.2; RFC 8446 section 4.4.2 adds a context before the list and extensions behind each certificate. */
function readCertificate(messages: readonly HandshakeMessage[], isTls13: boolean): SentChain | undefined {
  const message = messages.find(({ type }) => type === messageType.certificate);
  if (!message) return undefined;
  const reader = new ByteReader(message.body);
  if (isTls13) reader.vector(1);
  const list = new ByteReader(reader.vector(3) ?? Buffer.alloc(0));
  const chain: Buffer[] = [];
  while (list.left > 0) {
    const certificate = list.vector(3);
    if (!certificate || (isTls13 && !list.vector(2))) return undefined;
    chain.push(certificate);
  }
  return chain.length > 0 ? chain : undefined;
}

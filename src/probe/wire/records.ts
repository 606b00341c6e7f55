// Splits what the server sent into TLS records, and handshake fragments into messages (RFC 8446 sections 4 and 5.1; RFC 5246 section 6.2).
import { ByteReader } from './byteReader';

export interface TlsRecord {
  readonly type: number;
  /** The five bytes before the fragment: TLS 1.3 authenticates them. */
  readonly header: Buffer;
  readonly fragment: Buffer;
}

export interface HandshakeMessage {
  readonly type: number;
  readonly body: Buffer;
}

export const recordType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;
export const messageType = { serverHello: 2, certificate: 11 } as const;

/** The complete records at the start of `bytes`; a cut-off last one is left out. */
export function readRecords(bytes: Buffer): readonly TlsRecord[] {
  const records: TlsRecord[] = [];
  const reader = new ByteReader(bytes);
  for (;;) {
    const header = reader.take(5);
    const fragment = header && reader.take(header.readUInt16BE(3));
    if (!fragment) return records;
    records.push({ type: header.readUInt8(0), header, fragment });
  }
}

/** The complete messages in the fragments laid end to end: a message may span records, and a record may hold several. */
export function readMessages(fragments: readonly Buffer[]): readonly HandshakeMessage[] {
  const messages: HandshakeMessage[] = [];
  const reader = new ByteReader(Buffer.concat(fragments));
  for (;;) {
    const type = reader.number(1);
    const body = reader.vector(3);
    if (type === undefined || !body) return messages;
    messages.push({ type, body });
  }
}

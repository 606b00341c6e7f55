// Finds PEM blocks in a text, with their places, and turns them into DER.

export interface PemBlock {
  /** What stands after BEGIN: `CERTIFICATE`, `PRIVATE KEY`, … */
  readonly label: string;
  /** Offsets in the text, of the first dash and behind the last. */
  readonly from: number;
  readonly to: number;
  /** The decoded bytes; undefined when they are no base64 or the block has headers (an encrypted key of the old kind). */
  readonly der: Uint8Array | undefined;
}

const begin = /-----BEGIN ([A-Z0-9 ]{1,64})-----/g;

/** All complete PEM blocks of `text`, in order (RFC 7468; text around and between them is allowed). */
export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(begin)].flatMap((match) => {
    const [opening, label = ''] = match;
    const from = match.index + opening.length;
    // the next dashes must be this block's end: so each part of a long text is looked at once
    const to = text.indexOf('-----', from);
    const closing = `-----END ${label}-----`;
    if (to === -1 || !text.startsWith(closing, to)) return [];
    return [{ label, from: match.index, to: to + closing.length, der: decode(text.slice(from, to)) }];
  });
}

/** The block that holds `offset`, such as the cursor's. */
export function pemBlockAt(text: string, offset: number): PemBlock | undefined {
  return pemBlocks(text).find(({ from, to }) => from <= offset && offset <= to);
}

/** Whether a block holds an X.509 certificate; TRUSTED CERTIFICATE is OpenSSL's, with bytes behind the certificate. */
export function isCertificateBlock({ label }: PemBlock): boolean {
  return label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE';
}

function decode(body: string): Uint8Array | undefined {
  const base64 = body.replace(/\s+/g, '');
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

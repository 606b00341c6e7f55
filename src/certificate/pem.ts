// Finds PEM blocks in a text, with their places, and turns them into DER.

export interface PemBlock {
  /** What stands after BEGIN: `CERTIFICATE`, `PRIVATE KEY`, … */
  readonly label: string;
  /** Offsets in the text, of the first dash and behind the last. */
  readonly from: number;
  readonly to: number;
  /** The decoded bytes; undefined when they are no base64 or the block has headers (an encrypted key of the old kind). */
  readonly der: Uint8Array | undefined;
  /** Whether the block is a key with the headers Proc-Type and DEK-Info. */
  readonly isOldEncrypted: boolean;
}

const begin = /-----BEGIN ([A-Z0-9# ]{1,64})-----/g;

/** A block that begins and has no end of its label before the next dashes: it was cut off, or two texts were mixed. */
export interface CutBlock {
  readonly label: string;
  readonly from: number;
}

/** All complete PEM blocks of `text`, in order (RFC 7468; text around and between them is allowed). */
export function pemBlocks(text: string): readonly PemBlock[] {
  return allBlocks(text).flatMap((block) => ('to' in block ? [block] : []));
}

/** The blocks that `pemBlocks` leaves out, in order. */
export function cutBlocks(text: string): readonly CutBlock[] {
  return allBlocks(text).flatMap((block) => ('to' in block ? [] : [block]));
}

function allBlocks(text: string): readonly (PemBlock | CutBlock)[] {
  return [...text.matchAll(begin)].map((match) => {
    const [opening, label = ''] = match;
    const from = match.index + opening.length;
    // the next dashes must be this block's end: so each part of a long text is looked at once
    const to = text.indexOf('-----', from);
    const closing = `-----END ${label}-----`;
    if (to === -1 || !text.startsWith(closing, to)) return { label, from: match.index };
    const body = text.slice(from, to);
    return {
      label,
      from: match.index,
      to: to + closing.length,
      der: decode(body),
      isOldEncrypted: oldEncrypted.test(body),
    };
  });
}

/** The headers of an encrypted key as OpenSSL wrote it before PKCS#8 (RFC 1421 section 4.6). */
const oldEncrypted = /^\s*Proc-Type:\s*4,\s*ENCRYPTED/;

/** The block that holds `offset`, such as the cursor's. */
export function pemBlockAt(text: string, offset: number): PemBlock | undefined {
  return pemBlocks(text).find(({ from, to }) => from <= offset && offset <= to);
}

/** Whether a block holds an X.509 certificate; TRUSTED CERTIFICATE is OpenSSL's, with bytes behind the certificate. */
export function isCertificateBlock({ label }: PemBlock): boolean {
  return label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE';
}

/** Whether a block may hold certificates in PKCS#7; its labels vary by tool (RFC 7468 section 8, and the one with a number sign of Netscape). */
export function isBundleBlock({ label }: PemBlock): boolean {
  return label === 'PKCS7' || label === 'CMS' || label === 'PKCS #7 SIGNED DATA';
}

function decode(body: string): Uint8Array | undefined {
  const base64 = body.replace(/\s+/g, '');
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

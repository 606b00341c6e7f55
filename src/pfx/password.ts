// The forms in which tools feed one password to a key derivation.

/** `bmp` is for the PKCS#12 KDF, with its closing zero unless it is the null password; `utf8` is for PBKDF2. */
export interface PasswordForm {
  readonly bmp: Uint8Array;
  readonly utf8: Uint8Array;
  readonly kind: 'standard' | 'null' | 'old-openssl' | 'wide' | 'latin1';
}

/**
 * The forms worth trying for a password given as UTF-8, likeliest first: the standard's; for the empty password the null one (no bytes);
 * for one beyond ASCII also what OpenSSL before 1.1.0, NSS and Latin-1 tools made of it.
 */
export function passwordForms(utf8: Uint8Array): readonly PasswordForm[] {
  if (utf8.length === 0) {
    const none = new Uint8Array(0);
    return [
      { bmp: new Uint8Array(2), utf8: none, kind: 'standard' },
      { bmp: none, utf8: none, kind: 'null' },
    ];
  }
  const units = utf16Units(utf8);
  const bmp = bigEndian(units);
  const forms: PasswordForm[] = [{ bmp, utf8, kind: 'standard' }];
  if (utf8.some((byte) => byte > 0x7f)) {
    forms.push({ bmp: bigEndian([...utf8]), utf8: bmp, kind: 'old-openssl' });
    forms.push({ bmp, utf8: bmp.subarray(0, -2), kind: 'wide' });
    if (units.every((unit) => unit < 256)) forms.push({ bmp, utf8: Uint8Array.from(units), kind: 'latin1' });
  } else {
    forms.push({ bmp, utf8: bmp, kind: 'wide' });
  }
  return forms;
}

/** Overwrites every form; the caller's own bytes among them. */
export function wipe(forms: readonly PasswordForm[]): void {
  for (const { bmp, utf8 } of forms) {
    bmp.fill(0);
    utf8.fill(0);
  }
}

function bigEndian(units: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(units.length * 2 + 2);
  units.forEach((unit, at) => {
    bytes[at * 2] = unit >> 8;
    bytes[at * 2 + 1] = unit & 0xff;
  });
  return bytes;
}

/** UTF-8 to UTF-16 without a string in between, which could not be wiped; a stray byte is taken as Latin-1. */
function utf16Units(utf8: Uint8Array): number[] {
  const units: number[] = [];
  for (let at = 0; at < utf8.length;) {
    const first = utf8[at] ?? 0;
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
    const tail = utf8.subarray(at + 1, at + 1 + more);
    const whole = first < 0xf5 && tail.length === more && tail.every((byte) => (byte & 0xc0) === 0x80);
    if (!whole || more === 0) {
      units.push(first);
      at += 1;
      continue;
    }
    const point = tail.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), first & (0x3f >> more));
    if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
    else units.push(point);
    at += 1 + more;
  }
  return units;
}

// Which protocols begin in clear text, by which dialogue, and which port says which.
import type { Protocol } from '../../model/observation';
import type { DialogueRules } from './dialogue';
import { imap } from './imap';
import { pop3 } from './pop3';
import { smtp } from './smtp';

/** null: TLS from the first byte (RFC 8314 section 3, RFC 9110 section 4.2.2). */
export const dialogues: Readonly<Record<Protocol, DialogueRules | null>> = {
  smtp,
  smtps: null,
  imap,
  imaps: null,
  pop3,
  pop3s: null,
  https: null,
};

const wellKnown: Readonly<Partial<Record<number, Protocol>>> = {
  25: 'smtp',
  110: 'pop3',
  143: 'imap',
  443: 'https',
  444: 'https',
  465: 'smtps',
  587: 'smtp',
  993: 'imaps',
  995: 'pop3s',
};

/** The protocol of a port where nobody said: TLS from the first byte on a port that is not well known. */
export function protocolOfPort(port: number): Protocol {
  return wellKnown[port] ?? 'https';
}

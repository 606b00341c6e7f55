// POP3 up to TLS: greeting, CAPA, STLS (RFC 1939, RFC 2449, RFC 2595 section 4).
import type { Dialogue, DialogueEnd, DialogueRules } from './dialogue';

export const pop3: DialogueRules = {
  begin: pop3Dialogue,
  farewell: 'QUIT',
  // RFC 2449 section 4 says 512 octets.
  longestLine: 2048,
};

export function* pop3Dialogue(): Dialogue {
  const greeting = yield null;
  if (isError(greeting)) return { end: 'closed', detail: greeting };
  if (!isOk(greeting)) return foreign;

  let offered: boolean | null = null;
  const capa = yield 'CAPA';
  if (isOk(capa)) {
    // RFC 2449 section 5: one capability a line, ended by a line with a dot alone; RFC 1939 section 3 stuffs other dots.
    offered = false;
    for (let line = yield null; line !== '.'; line = yield null)
      if (line.split(' ', 1)[0]?.toUpperCase() === 'STLS') offered = true;
    if (!offered) return { end: 'starttls-not-offered', detail: 'CAPA without STLS' };
  } else if (!isError(capa)) return foreign;

  // A server without CAPA (RFC 2449 section 5: -ERR) may still know STLS: then its refusal means that it does not.
  const answer = yield 'STLS';
  if (isOk(answer)) return { end: 'start-tls' };
  if (!isError(answer)) return foreign;
  return { end: offered ? 'starttls-refused' : 'starttls-not-offered', detail: answer };
}

const foreign: DialogueEnd = { end: 'not-this-protocol', detail: 'not a POP3 response' };

/** RFC 1939 section 3: the status indicators are in upper case. */
function isOk(line: string): boolean {
  return /^\+OK(?: |$)/u.test(line);
}

function isError(line: string): boolean {
  return /^-ERR(?: |$)/u.test(line);
}

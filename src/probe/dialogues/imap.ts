// IMAP up to TLS: greeting, CAPABILITY, STARTTLS (RFC 9051; RFC 3501 says the same here).
import type { Dialogue, DialogueEnd, DialogueRules } from './dialogue';

interface Completion {
  readonly status: 'OK' | 'NO' | 'BAD' | 'BYE';
  readonly line: string;
  readonly capabilities: readonly string[];
}

export const imap: DialogueRules = {
  begin: imapDialogue,
  farewell: 'a3 LOGOUT',
  // RFC 9051 section 4 names no longest line; 8,192 octets is what RFC 7162 section 4 tells both sides to expect.
  longestLine: 8192,
};

export function* imapDialogue(): Dialogue {
  const greeting = yield null;
  // RFC 9051 section 7.1: the greeting is an untagged OK, PREAUTH or BYE.
  const [, welcome] = /^\* (OK|PREAUTH|BYE)(?: |$)/iu.exec(greeting) ?? [];
  if (welcome === undefined) return foreign;
  if (welcome.toUpperCase() === 'BYE') return { end: 'closed', detail: greeting };
  // Section 6.2.1: STARTTLS is valid only in the not authenticated state, and PREAUTH is past it (section 11.1 warns of it).
  if (welcome.toUpperCase() === 'PREAUTH') return { end: 'starttls-not-offered', detail: greeting };

  // A capability list in the greeting is a hint only: asked again, since not every server puts one there.
  const told = yield* complete('a1', 'CAPABILITY');
  if (!told) return foreign;
  if (told.status === 'BYE') return { end: 'closed', detail: told.line };
  if (told.status !== 'OK' || !told.capabilities.includes('STARTTLS'))
    return { end: 'starttls-not-offered', detail: told.capabilities.join(' ') || told.line };

  const answer = yield* complete('a2', 'STARTTLS');
  if (!answer) return foreign;
  if (answer.status === 'BYE') return { end: 'closed', detail: answer.line };
  return answer.status === 'OK' ? { end: 'start-tls' } : { end: 'starttls-refused', detail: answer.line };
}

const foreign: DialogueEnd = { end: 'not-this-protocol', detail: 'not an IMAP response' };

/** Sends a command and reads up to its tagged response, or BYE (RFC 9051 section 2.2.2); undefined where a line is no response. */
function* complete(tag: string, command: string): Generator<string | null, Completion | undefined, string> {
  let capabilities: readonly string[] = [];
  for (let send: string | null = `${tag} ${command}`; ; send = null) {
    const line = yield send;
    const [, lineTag, word = '', rest = ''] = /^(\S+) (\S+)(?: (.*))?$/su.exec(line) ?? [];
    const status = word.toUpperCase();
    if (lineTag === '*') {
      if (status === 'BYE') return { status, line, capabilities };
      // Section 7.2.2: names of capabilities are told in any case.
      if (status === 'CAPABILITY') capabilities = rest.toUpperCase().split(' ');
      continue;
    }
    if (lineTag !== tag || (status !== 'OK' && status !== 'NO' && status !== 'BAD')) return undefined;
    return { status, line, capabilities };
  }
}

// SMTP up to TLS: greeting, EHLO, STARTTLS (RFC 5321, RFC 3207).
import type { Dialogue, DialogueEnd, DialogueRules } from './dialogue';

interface Reply {
  readonly code: string;
  readonly texts: readonly string[];
}

export const smtp: DialogueRules = {
  begin: smtpDialogue,
  farewell: 'QUIT',
  // RFC 5321 section 4.5.3.1.5 says 512 octets; servers that write long greetings are many.
  longestLine: 2048,
};

/** @param clientName what EHLO says: a name or an address literal (RFC 5321 section 4.1.4). */
export function* smtpDialogue(clientName: string): Dialogue {
  const greeting = yield* reply(null);
  if (!greeting) return foreign;
  // RFC 5321 section 3.1: 554 is "no SMTP service here"; section 3.8: 421 may come at any time.
  if (greeting.code !== '220') return { end: 'closed', detail: spell(greeting) };

  const hello = yield* reply(`EHLO ${clientName}`);
  if (!hello) return foreign;
  if (hello.code === '421') return { end: 'closed', detail: spell(hello) };
  // RFC 3207 section 4: STARTTLS is a keyword of the EHLO reply, so a server without EHLO does not offer it.
  if (hello.code !== '250') return { end: 'starttls-not-offered', detail: spell(hello) };
  // RFC 5321 section 4.1.1.1: the first line is the greeting; keywords are told in any case.
  const keywords = hello.texts.slice(1).map((text) => text.split(' ', 1)[0]?.toUpperCase());
  if (!keywords.includes('STARTTLS')) return { end: 'starttls-not-offered', detail: spell(hello) };

  const answer = yield* reply('STARTTLS');
  if (!answer) return foreign;
  if (answer.code === '421') return { end: 'closed', detail: spell(answer) };
  // RFC 3207 section 4: 220 ready; 501 and 454 are refusals, as is all else.
  return answer.code === '220' ? { end: 'start-tls' } : { end: 'starttls-refused', detail: spell(answer) };
}

const foreign: DialogueEnd = { end: 'not-this-protocol', detail: 'not an SMTP reply' };

/** One reply of one or many lines, or undefined where the line is none: RFC 5321 section 4.2.1, the code the same in each. */
function* reply(command: string | null): Generator<string | null, Reply | undefined, string> {
  const texts: string[] = [];
  let first: string | undefined;
  for (let send = command; ; send = null) {
    const [, code, mark = ' ', text = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/su.exec(yield send) ?? [];
    if (code === undefined || code !== (first ??= code)) return undefined;
    texts.push(text);
    if (mark === ' ') return { code, texts };
  }
}

function spell({ code, texts }: Reply): string {
  return `${code} ${texts.join(' | ')}`;
}

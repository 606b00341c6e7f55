// The STARTTLS dialogues on scripted lines, clause by clause of their RFCs.
import assert from 'node:assert/strict';
import type { Dialogue } from '../../src/probe/dialogues/dialogue';
import { imapDialogue } from '../../src/probe/dialogues/imap';
import { pop3Dialogue } from '../../src/probe/dialogues/pop3';
import { protocolOfPort } from '../../src/probe/dialogues/protocols';
import { smtpDialogue } from '../../src/probe/dialogues/smtp';

/** Plays `script` and returns how the dialogue ended and, in order, what it said. */
function play(
  dialogue: Dialogue,
  ...script: readonly string[]
): { end: string; detail: string; said: readonly string[] } {
  const said: string[] = [];
  let step = dialogue.next();
  for (const line of script) {
    assert.ok(!step.done, `the dialogue was over before "${line}"`);
    if (step.value !== null) said.push(step.value);
    step = dialogue.next(line);
  }
  if (!step.done) return { end: 'waiting', detail: '', said: step.value === null ? said : [...said, step.value] };
  return { end: step.value.end, detail: step.value.end === 'start-tls' ? '' : step.value.detail, said };
}

const smtp = (...script: string[]): ReturnType<typeof play> => play(smtpDialogue('[192.0.2.1]'), ...script);
const imap = (...script: string[]): ReturnType<typeof play> => play(imapDialogue(), ...script);
const pop3 = (...script: string[]): ReturnType<typeof play> => play(pop3Dialogue(), ...script);

describe('the SMTP dialogue', () => {
  it('says EHLO with its address, then STARTTLS, and nothing else', () =>
    assert.deepEqual(smtp('220 a', '250-a', '250 STARTTLS', '220 go'), {
      end: 'start-tls',
      detail: '',
      said: ['EHLO [192.0.2.1]', 'STARTTLS'],
    }));
  it('sends nothing before the whole greeting is there (RFC 5321 4.3.1)', () =>
    assert.deepEqual(smtp('220-a', '220-b').said, []));
  it('takes a greeting of many lines (4.2.1)', () =>
    assert.equal(smtp('220-a', '220-b', '220 c', '250-a', '250 STARTTLS', '220 go').end, 'start-tls'));
  it('takes a reply of a code alone (4.2)', () =>
    assert.equal(smtp('220', '250-a', '250 STARTTLS', '220').end, 'start-tls'));
  it('sends nothing before the whole EHLO reply is there', () =>
    assert.deepEqual(smtp('220 a', '250-a', '250-STARTTLS').said, ['EHLO [192.0.2.1]']));
  it('takes keywords in any case (4.1.1.1)', () =>
    assert.equal(smtp('220 a', '250-a', '250-size 1', '250 StartTls', '220 go').end, 'start-tls'));
  it('takes the first line of the EHLO reply for a greeting, not a keyword (4.1.1.1)', () =>
    assert.equal(smtp('220 a', '250 STARTTLS').end, 'starttls-not-offered'));
  it('says that STARTTLS is not offered, and what is', () =>
    assert.deepEqual(smtp('220 a', '250-a', '250-SIZE', '250 XSTARTTLS'), {
      end: 'starttls-not-offered',
      detail: '250 a | SIZE | XSTARTTLS',
      said: ['EHLO [192.0.2.1]'],
    }));
  it('takes a refused EHLO for a server without STARTTLS (RFC 3207 4)', () =>
    assert.equal(smtp('220 a', '502 no').end, 'starttls-not-offered'));
  it('tells a refusal to start TLS (RFC 3207 4: 454)', () =>
    assert.equal(smtp('220 a', '250-a', '250 STARTTLS', '454 not now').detail, '454 not now'));
  it('takes 250 as an answer to STARTTLS for a refusal', () =>
    assert.equal(smtp('220 a', '250-a', '250 STARTTLS', '250 ok').end, 'starttls-refused'));
  it('takes 554 as a greeting for a closed door (3.1)', () => assert.equal(smtp('554 no service').end, 'closed'));
  it('takes 421 for a closed door at EHLO (3.8)', () => assert.equal(smtp('220 a', '421 bye').end, 'closed'));
  it('takes 421 for a closed door at STARTTLS (3.8)', () =>
    assert.equal(smtp('220 a', '250-a', '250 STARTTLS', '421 bye').end, 'closed'));
  it('knows that SSH is not SMTP', () => assert.equal(smtp('SSH-2.0-OpenSSH_9.2').end, 'not-this-protocol'));
  it('takes codes that differ within a reply for another protocol (4.2.1)', () =>
    assert.equal(smtp('220-a', '250 b').end, 'not-this-protocol'));
  it('takes a code of four digits for another protocol', () => assert.equal(smtp('2200 a').end, 'not-this-protocol'));
});

describe('the IMAP dialogue', () => {
  const capable = ['* CAPABILITY IMAP4rev1 STARTTLS', 'a1 OK done'] as const;
  it('asks for capabilities, then STARTTLS, and nothing else', () =>
    assert.deepEqual(imap('* OK hi', ...capable, 'a2 OK go'), {
      end: 'start-tls',
      detail: '',
      said: ['a1 CAPABILITY', 'a2 STARTTLS'],
    }));
  it('takes capabilities and statuses in any case (RFC 9051 7.2.2)', () =>
    assert.equal(imap('* ok hi', '* capability imap4 starttls', 'a1 ok', 'a2 ok').end, 'start-tls'));
  it('waits for the tagged response, whatever comes before it (2.2.2)', () =>
    assert.deepEqual(imap('* OK hi', '* CAPABILITY STARTTLS', '* OK still here').said, ['a1 CAPABILITY']));
  it('does not believe a capability list in the greeting alone', () =>
    assert.equal(imap('* OK [CAPABILITY STARTTLS] hi', '* CAPABILITY IMAP4', 'a1 OK').end, 'starttls-not-offered'));
  it('says which capabilities there are where STARTTLS is none', () =>
    assert.equal(imap('* OK hi', '* CAPABILITY IMAP4 XSTARTTLS', 'a1 OK').detail, 'IMAP4 XSTARTTLS'));
  it('says that a server past authentication offers no STARTTLS (6.2.1)', () =>
    assert.equal(imap('* PREAUTH hi').end, 'starttls-not-offered'));
  it('takes BYE as a greeting for a closed door (7.1.5)', () => assert.equal(imap('* BYE busy').end, 'closed'));
  it('takes BYE in the midst for a closed door', () =>
    assert.equal(imap('* OK hi', ...capable, '* BYE shutting down').end, 'closed'));
  it('tells a refusal to start TLS', () =>
    assert.equal(imap('* OK hi', ...capable, 'a2 NO later').detail, 'a2 NO later'));
  it('takes BAD for a refusal too', () =>
    assert.equal(imap('* OK hi', ...capable, 'a2 BAD what').end, 'starttls-refused'));
  it('takes a refused CAPABILITY for a server without STARTTLS', () =>
    assert.equal(imap('* OK hi', 'a1 BAD what').end, 'starttls-not-offered'));
  it('knows that another tag is not its own', () =>
    assert.equal(imap('* OK hi', 'a9 OK done').end, 'not-this-protocol'));
  it('knows that POP3 is not IMAP', () => assert.equal(imap('+OK ready').end, 'not-this-protocol'));
});

describe('the POP3 dialogue', () => {
  it('asks for capabilities, then STLS, and nothing else', () =>
    assert.deepEqual(pop3('+OK hi', '+OK', 'USER', 'STLS', '.', '+OK go'), {
      end: 'start-tls',
      detail: '',
      said: ['CAPA', 'STLS'],
    }));
  it('waits for the end of the list (RFC 2449 5)', () =>
    assert.deepEqual(pop3('+OK hi', '+OK', 'STLS').said, ['CAPA']));
  it('takes capabilities in any case', () => assert.equal(pop3('+OK hi', '+OK', 'stls', '.', '+OK').end, 'start-tls'));
  it('says that STLS is not offered', () =>
    assert.equal(pop3('+OK hi', '+OK', 'USER', '.').end, 'starttls-not-offered'));
  it('tries STLS where the server knows no CAPA', () =>
    assert.equal(pop3('+OK hi', '-ERR what', '+OK go').end, 'start-tls'));
  it('takes a refusal then for STLS not being offered', () =>
    assert.equal(pop3('+OK hi', '-ERR what', '-ERR what').end, 'starttls-not-offered'));
  it('tells a refusal to start TLS (RFC 2595 4)', () =>
    assert.equal(pop3('+OK hi', '+OK', 'STLS', '.', '-ERR not now').detail, '-ERR not now'));
  it('takes -ERR as a greeting for a closed door', () => assert.equal(pop3('-ERR busy').end, 'closed'));
  it('knows the status indicators in upper case only (RFC 1939 3)', () =>
    assert.equal(pop3('+ok hi').end, 'not-this-protocol'));
  it('knows that IMAP is not POP3', () => assert.equal(pop3('* OK hi').end, 'not-this-protocol'));
});

describe('the protocol of a port', () => {
  const expected = {
    25: 'smtp',
    110: 'pop3',
    143: 'imap',
    443: 'https',
    444: 'https',
    465: 'smtps',
    587: 'smtp',
    993: 'imaps',
    995: 'pop3s',
    8443: 'https',
  };
  for (const [port, protocol] of Object.entries(expected))
    it(`${port} is ${protocol}`, () => assert.equal(protocolOfPort(Number(port)), protocol));
});

// What a look makes of servers that are slow, broken or hostile: the right outcome, in bounded time and memory.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { ObservationOutcome, Protocol } from '../../src/model/observation';
import { probeEndpoint } from '../../src/probe/probeEndpoint';
import { pki } from './pki';
import { look, ManualClock, says, serve, speakTls, whenSettled, type Script } from './scriptedServer';

const ehlo = '250-mail\r\n250 STARTTLS\r\n';
const upToTls = (reply = '220 go\r\n', last?: Script): Script => says('220 mail ESMTP\r\n', [ehlo, reply], last);

before('the certificates are made', () => void pki());

describe('a look at a hostile server', () => {
  const ends = (title: string, protocol: Protocol, script: Script, outcome: ObservationOutcome, detail: RegExp): void =>
    void it(`${title}: ${outcome}`, async () => {
      const seen = await look(protocol, script);
      assert.equal(seen.outcome, outcome, JSON.stringify(seen));
      assert.match(seen.detail ?? '', detail);
      assert.equal(seen.certificate, null);
    });

  ends(
    'commands injected in the segment of the STARTTLS reply',
    'smtp',
    upToTls('220 go\r\n250 evil\r\n'),
    'injected-before-tls',
    /^250 evil/,
  );
  ends(
    'a byte injected in the segment of the STARTTLS reply',
    'smtp',
    upToTls('220 go\r\nx'),
    'injected-before-tls',
    /^x$/,
  );
  ends(
    'text after the STARTTLS reply, once TLS was begun',
    'smtp',
    upToTls('220 go\r\n', (socket) => socket.once('data', () => socket.write('250 evil\r\n'))),
    'injected-before-tls',
    /^250 evil/,
  );
  ends(
    'an answer to STARTTLS given before it was asked',
    'smtp',
    says('220 mail\r\n', [`${ehlo}220 go\r\n`, '220 go\r\n']),
    'injected-before-tls',
    /220 go/,
  );
  ends(
    'commands injected behind a2 OK',
    'imap',
    says('* OK\r\n', ['* CAPABILITY STARTTLS\r\na1 OK\r\n', 'a2 OK\r\n* OK evil\r\n']),
    'injected-before-tls',
    /evil/,
  );
  ends(
    'commands injected behind +OK',
    'pop3',
    says('+OK\r\n', ['+OK\r\nSTLS\r\n.\r\n', '+OK\r\n+OK evil\r\n']),
    'injected-before-tls',
    /evil/,
  );
  ends(
    'no STARTTLS in EHLO',
    'smtp',
    says('220 mail\r\n', ['250-mail\r\n250 SIZE\r\n']),
    'starttls-not-offered',
    /SIZE/,
  );
  ends('EHLO refused', 'smtp', says('220 mail\r\n', ['502 unimplemented\r\n']), 'starttls-not-offered', /502/);
  ends('STARTTLS refused', 'smtp', upToTls('454 not now\r\n'), 'starttls-refused', /454 not now/);
  ends('a door closed by greeting', 'smtp', says('554 go away\r\n'), 'closed', /554/);
  ends('a connection closed without a greeting', 'smtp', (socket) => socket.end(), 'closed', /^$/);
  ends('a connection closed in the midst of a line', 'smtp', (socket) => socket.end('220 ma'), 'closed', /^220 ma$/);
  ends(
    'a connection reset after EHLO',
    'smtp',
    says('220 mail\r\n', ['250-'], (socket) => socket.resetAndDestroy()),
    'closed',
    /250-|ECONNRESET/,
  );
  ends(
    'a connection closed after the STARTTLS reply',
    'smtp',
    upToTls('220 go\r\n', (socket) => socket.end()),
    'closed',
    /./,
  );
  ends('a connection closed on a port of TLS', 'https', (socket) => socket.end(), 'closed', /./);
  ends(
    'a line without an end',
    'smtp',
    (socket) => socket.write('220 '.padEnd(1_000_000, 'x')),
    'not-this-protocol',
    /line-too-long/,
  );
  ends(
    'a reply without an end',
    'smtp',
    (socket) => socket.write('220-x\r\n'.repeat(100_000)),
    'not-this-protocol',
    /too-many-bytes/,
  );
  ends(
    'capabilities without an end',
    'imap',
    says('* OK\r\n', ['* CAPABILITY X\r\n'.repeat(100_000)]),
    'not-this-protocol',
    /too-many-bytes/,
  );
  ends(
    'a list without an end',
    'pop3',
    says('+OK\r\n', ['+OK\r\n'.padEnd(300_000, 'X\r\n')]),
    'not-this-protocol',
    /too-many-bytes/,
  );
  ends(
    'binary rubbish with line breaks',
    'imap',
    (socket) => socket.write(Buffer.from([0, 255, 27, 10, 13, 10])),
    'not-this-protocol',
    /IMAP/,
  );
  ends(
    'HTTP on a port of TLS',
    'https',
    (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'not-this-protocol',
    /^HTTP/,
  );
  ends(
    'SMTP on a port of TLS',
    'smtps',
    (socket) => socket.write('220 \u001b[31mmail\r\n'),
    'not-this-protocol',
    /^220 \\u\{1b\}\[31mmail/,
  );
  ends(
    'a TLS alert',
    'https',
    (socket) => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 112])),
    'handshake-failed',
    /^alert 112 unrecognized_name$/,
  );
  ends(
    'a TLS record of rubbish',
    'https',
    (socket) => socket.write(Buffer.from([22, 3, 3, 0, 4, 9, 9, 9, 9])),
    'handshake-failed',
    /./,
  );
  ends(
    'handshake records without an end',
    'https',
    (socket) => socket.write(Buffer.concat(Array<Buffer>(200_000).fill(Buffer.from([22, 3, 3, 0, 4, 0, 0, 0, 0])))),
    'handshake-failed',
    /./,
  );

  it('keeps the greeting with its control characters spelt out', async () => {
    const seen = await look('smtp', says('220 \u001b]0;owned\u0007<b>\u202email\r\n', ['502 no\r\n']));
    assert.equal(seen.banner, '220 \\u{1b}]0;owned\\u{7}<b>\\u{202e}mail');
  });

  it('sends EHLO, STARTTLS and TLS alone, and never a mail transaction', async () => {
    let heard = '';
    await look('smtp', (socket) => {
      socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
      upToTls('220 go\r\n')(socket);
      socket.on('data', () => heard.includes('\x16\x03') && socket.end());
    });
    assert.match(heard, /^EHLO \[127\.0\.0\.1\]\r\nSTARTTLS\r\n\x16\x03/);
  });

  it('takes leave where TLS does not follow', async () => {
    const heard = await new Promise<string>((resolve) => {
      let text = '';
      void look('smtp', (socket) => {
        socket.on('data', (chunk) => (text += chunk.toString('latin1'))).once('end', () => resolve(text));
        says('220 mail\r\n', ['250 mail\r\n'])(socket);
      });
    });
    assert.equal(heard, 'EHLO [127.0.0.1]\r\nQUIT\r\n');
  });

  it('reads a dialogue that comes byte by byte', async () => {
    const drip =
      (text: string): Script =>
      (socket) => {
        const next = (at: number): void => {
          if (at < text.length) socket.write(text.charAt(at), () => setImmediate(next, at + 1));
        };
        next(0);
      };
    const seen = await look('smtp', (socket) => {
      const parts = [drip(ehlo), (other: Socket) => other.write('220 go\r\n', () => speakTls(pki().a)(other))];
      drip('220-mail\r\n220 ESMTP\r\n')(socket);
      socket.on('data', function answer() {
        const part = parts.shift();
        if (parts.length === 0) socket.off('data', answer);
        part?.(socket);
      });
    });
    assert.equal(seen.outcome, 'presented', JSON.stringify(seen));
  });

  it('presents names of ANSI, HTML and line breaks as data', async () => {
    const seen = await look('https', speakTls(pki().hostile));
    assert.equal(seen.outcome, 'presented');
    assert.match(seen.certificate?.subject ?? '', /<img src=x/);
    assert.equal(seen.nameMatches, true);
  });

  it('reads no chain of 1 MB', async () => {
    const { a, r12, bundle } = pki();
    const chain = bundle('megabyte.pem', a, ...Array<typeof r12>(1200).fill(r12));
    assert.ok(readFileSync(chain).length > 1_000_000);
    const before = process.memoryUsage().arrayBuffers;
    const seen = await look('https', speakTls(a, chain));
    assert.equal(seen.outcome, 'handshake-failed', JSON.stringify(seen));
    assert.match(seen.detail ?? '', /EXCESSIVE_MESSAGE_SIZE|262144/);
    assert.ok(process.memoryUsage().arrayBuffers - before < 8_000_000);
  });

  it('reads the first 20 of many certificates, says how many there were, and calls no chain of them whole', async () => {
    const { a, r12, bundle } = pki();
    const seen = await look('https', speakTls(a, bundle('thirty.pem', a, ...Array<typeof r12>(29).fill(r12))));
    assert.equal(seen.outcome, 'presented');
    assert.deepEqual([seen.chain.length, seen.sent, seen.chainComplete, seen.chainInOrder], [20, 30, null, null]);
  });
});

describe('the time of a look', () => {
  /** Looks with a clock that `script` moves. */
  const timed = (protocol: Protocol, script: (clock: ManualClock) => Script): ReturnType<typeof look> => {
    const clock = new ManualClock();
    return look(protocol, script(clock), { clock });
  };

  it('ends where no greeting comes', async () => {
    const seen = await timed('smtp', (clock) => () => whenSettled(() => clock.pass(30_000)));
    assert.deepEqual([seen.outcome, seen.detail, seen.milliseconds], ['timeout', 'greeting', 30_000]);
  });
  it('ends where a greeting drips for ever', async () => {
    const seen = await timed('pop3', (clock) => (socket) => {
      const drip = (): void => {
        clock.pass(1000);
        if (!socket.destroyed) socket.write('+', () => whenSettled(drip));
      };
      whenSettled(drip);
    });
    assert.deepEqual([seen.outcome, seen.detail], ['timeout', 'greeting']);
  });
  it('ends in the midst of the dialogue and keeps the greeting', async () => {
    const seen = await timed('imap', (clock) =>
      says('* OK hi\r\n', ['* CAPA'], () => whenSettled(() => clock.pass(30_000))),
    );
    assert.deepEqual([seen.outcome, seen.detail, seen.banner], ['timeout', 'dialogue', '* OK hi']);
  });
  it('ends where TLS is never answered', async () => {
    const seen = await timed('https', (clock) => (socket) => socket.once('data', () => clock.pass(30_000)));
    assert.deepEqual([seen.outcome, seen.detail], ['timeout', 'handshake']);
  });
  it('is enough for a server that greets late', async () => {
    const seen = await timed('smtp', (clock) => (socket) => {
      whenSettled(() => {
        clock.pass(29_000);
        upToTls('220 go\r\n', speakTls(pki().a))(socket);
      });
    });
    assert.deepEqual([seen.outcome, seen.milliseconds], ['presented', 29_000]);
  });
  it('counts from the beginning of the look, in UTC', async () => {
    const seen = await timed('https', () => speakTls(pki().a));
    assert.equal(seen.at, '2026-11-22T20:14:00Z');
  });
});

describe('a look at nothing', () => {
  const endpoint = { protocol: 'https', host: '127.0.0.1', port: 1, servername: 'www.mydomain.com' } as const;
  it('says that nobody listens', async () => {
    const seen = await probeEndpoint(endpoint);
    assert.deepEqual([seen.outcome, seen.detail], ['unreachable', 'ECONNREFUSED']);
  });
  it('says that a name leads nowhere', async () =>
    assert.equal((await probeEndpoint({ ...endpoint, host: 'nowhere.invalid' })).outcome, 'unreachable'));
  it('says that a port is none', async () =>
    assert.equal((await probeEndpoint({ ...endpoint, port: 70_000 })).detail, 'ERR_SOCKET_BAD_PORT'));
  it('counts no answer at all within its time as unreachable', async () => {
    const clock = new ManualClock();
    const seen = probeEndpoint({ ...endpoint, host: '192.0.2.1' }, { clock });
    clock.pass(30_000);
    assert.deepEqual([(await seen).outcome, (await seen).detail], ['unreachable', 'ETIMEDOUT']);
  });
});

describe('a cancelled look', () => {
  const stages: Readonly<Record<string, [Protocol, (abort: () => void) => Script]>> = {
    'before the greeting': ['smtp', (abort) => () => whenSettled(abort)],
    'in the dialogue': ['smtp', (abort) => says('220 mail\r\n', ['250-'], abort)],
    'in the handshake': ['https', (abort) => (socket) => socket.once('data', abort)],
  };
  for (const [stage, [protocol, script]] of Object.entries(stages))
    it(`${stage} rejects with its reason and leaves no socket open`, async () => {
      const cancel = new AbortController();
      const reason = new Error('enough');
      const began = performance.now();
      const cancelled = look(
        protocol,
        script(() => cancel.abort(reason)),
        {},
        cancel.signal,
      );
      await assert.rejects(cancelled, reason);
      assert.ok(performance.now() - began < 9_000, 'it ended by its time-out only');
    });
  it('before its beginning opens no socket', async () => {
    const server = await serve(() => assert.fail('connected'));
    await assert.rejects(
      probeEndpoint(
        { protocol: 'https', host: '127.0.0.1', port: server.port, servername: '' },
        {},
        AbortSignal.abort(),
      ),
    );
    await server.close();
  });
});

// Every reader of what a stranger wrote, each with real files to begin with; what one says is handed back to be judged.
import { certificateDetails } from '../../src/certificate/details';
import { pemBlockAt } from '../../src/certificate/pem';
import { readCertificate } from '../../src/certificate/readCertificate';
import { completions } from '../../src/config/completions';
import { fixesFor } from '../../src/config/fixes';
import { hoverAt } from '../../src/config/hovers';
import { nothingKnown } from '../../src/config/knownNames';
import { parseConfig } from '../../src/config/parseConfig';
import { template } from '../../src/config/template';
import { verifyJournal } from '../../src/folder/journal';
import { readJson } from '../../src/folder/readFile';
import { readResult } from '../../src/folder/readResult';
import { rotationSchema } from '../../src/folder/schema';
import { certificateView } from '../../src/pfx/certificateView';
import { element, explicit, integer, oid, sequence } from '../../src/pfx/derWriter';
import { inspection } from '../../src/pfx/inspection';
import { openPfx } from '../../src/pfx/openPfx';
import { defaultLimits } from '../../src/pfx/outcome';
import { imapDialogue } from '../../src/probe/dialogues/imap';
import { pop3Dialogue } from '../../src/probe/dialogues/pop3';
import { smtpDialogue } from '../../src/probe/dialogues/smtp';
import { LineBuffer } from '../../src/probe/lineBuffer';
import { readPresented } from '../../src/probe/presented';
import { readAlert } from '../../src/probe/wire/alerts';
import { readSentChain } from '../../src/probe/wire/sentChain';
import { compareWithConfig } from '../../src/snapshot/compareWithConfig';
import { foundFrom } from '../../src/snapshot/foundFrom';
import { parseSnapshot, readRows } from '../../src/snapshot/parseSnapshot';
import { config } from '../config/marked';
import { corpus, corpusFile, utf8 } from '../pfx/corpus';
import { plan } from '../../src/plan/plan';
import { renderFolder } from '../../src/folder/renderFolder';
import { now, rotation, wanted } from '../plan/organization';
import { snapshot } from '../snapshot/raw';
import { mutatedBytes, mutatedJson, mutatedText, pick, type Random } from './mutate';

/** One case: changes something real and reads it; gives what was said. */
type Case = (random: Random) => unknown;

/** Each prepares its files once. */
export const targets: Readonly<Record<string, () => Case | Promise<Case>>> = {
  pfx: () => {
    // low, so that a mutated count does not make the run long; what is over it is refused as anything over a limit is
    const limits = { ...defaultLimits, iterations: 5_000, totalIterations: 20_000 };
    const sources = corpus
      .filter(({ file }) => !file.includes('600000'))
      .map(({ file, password }) => ({ password, bytes: corpusFile(file) }));
    return async (random) => {
      const { bytes, password } = pick(sources, random);
      return inspection(await openPfx(mutatedBytes(bytes, random), utf8(password), { limits }), now);
    };
  },
  der: async () => {
    const sources = await ders();
    return (random) => {
      const bytes = mutatedBytes(pick(sources, random), random);
      const read = readCertificate(bytes);
      return [read, 'problem' in read ? null : certificateDetails(bytes), certificateView(bytes, now).inspection];
    };
  },
  pem: async () => {
    const text = (await ders()).map(pem).join('');
    return (random) => {
      const changed = mutatedText(text.slice(0, 1 + Math.floor(random() * 20_000)), random);
      return [
        certificateView(Buffer.from(changed), now).inspection,
        pemBlockAt(changed, Math.floor(random() * 9_000))?.label,
      ];
    };
  },
  pkcs7: async () => {
    const bytes = pkcs7((await ders()).slice(0, 3));
    return (random) => certificateView(mutatedBytes(bytes, random), now).inspection;
  },
  yaml: () => {
    const sources = [config(), template(), template("O'Brien #1", [{ name: 'S1', fqdn: 's1.x.org' }])];
    return (random) => {
      const text = mutatedText(pick(sources, random), random);
      const { problems, positions } = parseConfig(text);
      const offset = Math.floor(random() * (text.length + 1));
      const help = [hoverAt(text, offset), completions(text, offset, positions, nothingKnown)];
      return [problems, help, problems.slice(0, 20).flatMap((one) => fixesFor(one, text))];
    };
  },
  snapshot: () => {
    const text = JSON.stringify(snapshot());
    const wants = wanted();
    return (random) => {
      const read = parseSnapshot(mutatedJson(text, random));
      if (read.snapshot === null) return read.problems;
      const found = foundFrom(read.snapshot);
      return [read.problems, compareWithConfig(wants, found), rendered(found)];
    };
  },
  rotation: () => {
    const text = JSON.stringify(rotation());
    const found = foundFrom(snapshot());
    return (random) => {
      const read = readJson('rotation.json', mutatedJson(text, random), rotationSchema);
      return 'problem' in read ? read.problem : rendered(found, read.value);
    };
  },
  journal: () => {
    const line = { at: now, by: 'user@host', previous: '0'.repeat(64) };
    const lines = [
      { ...line, event: 'created', rotation: 'x' },
      { ...line, event: 'snapshot', path: 'snapshots/a.json', sha256: 'a'.repeat(64) },
      { ...line, event: 'decision', question: 'q', answer: 'a' },
      { ...line, event: 'result', step: '0123abcd', path: 'results/a.json', sha256: 'a'.repeat(64), outcome: 'done' },
    ].map((one) => JSON.stringify(one));
    return (random) => verifyJournal(lines.map((one) => (random() < 0.4 ? mutatedJson(one, random) : one)).join('\n'));
  },
  results: () => {
    const text = JSON.stringify({
      ...{ version: 1, step: '0123abcd', run: '5b0c1d5e9a7f4c11', script: '0'.repeat(64), server: 'SERVER1' },
      ...{ started: now, ended: now, outcome: 'done', changed: true, before: null, error: null },
      after: {
        servers: snapshot().servers.slice(0, 1),
        snapshot: snapshot(),
        copiesDeleted: true,
        restarted: ['SERVER1'],
      },
    });
    return (random) => readResult('a.json', mutatedJson(text, random), { parseSnapshot, readRows });
  },
  tls: async () => {
    const chain = await ders();
    return (random) => {
      const sent = Buffer.from(mutatedBytes(flight(chain.slice(0, 1 + Math.floor(random() * 3))), random));
      const certificates = readSentChain(sent, null) ?? [];
      return [readAlert(sent), readPresented({ certificates: [...certificates], asSent: true }, 'www.mydomain.com')];
    };
  },
  mail: () => {
    const spoken = [
      '220 mail ESMTP\r\n250-mail\r\n250-STARTTLS\r\n250 SIZE\r\n220 go\r\n',
      '* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK done\r\na2 OK begin\r\n',
      '+OK ready\r\n+OK list\r\nSTLS\r\n.\r\n+OK begin\r\n',
    ];
    return (random) => {
      const dialogue = pick([() => smtpDialogue('[127.0.0.1]'), imapDialogue, pop3Dialogue], random)();
      const buffer = new LineBuffer(2048, 64 * 1024);
      dialogue.next();
      const said = Buffer.from(mutatedText(pick(spoken, random), random));
      for (let at = 0; at < said.length;) {
        const length = 1 + Math.floor(random() * 300);
        buffer.push(said.subarray(at, at + length));
        at += length;
        for (let next = buffer.next(); next.kind !== 'incomplete'; next = buffer.next()) {
          if (next.kind !== 'line') return next;
          const step = dialogue.next(next.line);
          if (step.done === true) return step.value;
        }
      }
      return 'incomplete';
    };
  },
};

/** A plan, and every text that is made of it. */
function rendered(found: ReturnType<typeof foundFrom>, intent = rotation()): unknown {
  const inputs = { config: '', rotation: '', baseline: '', found: '', now };
  const made = plan({ wanted: wanted(), baseline: found, found, rotation: intent, inputs });
  return [made.refusals, renderFolder(made, { rotation: intent, wanted: wanted(), found }).size];
}

async function ders(): Promise<readonly Uint8Array[]> {
  const opened = await Promise.all(
    corpus
      .filter(({ file, outcome }) => outcome === 'opened' && !file.includes('600000'))
      .filter((_, at) => at % 5 === 0)
      .map(({ file, password }) => openPfx(corpusFile(file), utf8(password))),
  );
  const all = opened.flatMap((one) => (one.kind === 'opened' ? one.certificates.map(({ der }) => der) : []));
  return [...new Map(all.map((der) => [Buffer.from(der).toString('base64'), der])).values()];
}

const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** A SignedData of certificates alone (RFC 5652 section 5.1). */
function pkcs7(certificates: readonly Uint8Array[]): Uint8Array {
  const data = sequence(oid('1.2.840.113549.1.7.1'));
  const signed = sequence(integer(1), element(0x31), data, explicit(0, ...certificates), element(0x31));
  return sequence(oid('1.2.840.113549.1.7.2'), explicit(0, signed));
}

/** A Certificate message of TLS 1.2 in one record behind a ServerHello (RFC 5246 section 7.4). */
function flight(certificates: readonly Uint8Array[]): Buffer {
  const length = (size: number, bytes: number): Buffer => {
    const written = Buffer.alloc(bytes);
    written.writeUIntBE(size, 0, bytes);
    return written;
  };
  const sized = (content: Buffer, bytes: number): Buffer => Buffer.concat([length(content.length, bytes), content]);
  const hello = Buffer.concat([Buffer.from([3, 3]), Buffer.alloc(32, 7), Buffer.from([0, 0xc0, 0x2f, 0])]);
  const list = sized(Buffer.concat(certificates.map((one) => sized(Buffer.from(one), 3))), 3);
  const messages = Buffer.concat([Buffer.from([2]), sized(hello, 3), Buffer.from([11]), sized(list, 3)]);
  return Buffer.concat([Buffer.from([22, 3, 3]), sized(messages, 2)]);
}

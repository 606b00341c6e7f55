// A process of its own that opens one hostile file in the worker and prints its outcome and the megabytes it took at most: memoryOf KIND
import { corpusFile, utf8 } from './corpus';
import { element, explicit, integer, octetString, oid, sequence } from '../../src/pfx/derWriter';
import { openInThread } from '../../src/pfx/openInThread';

const data = oid('1.2.840.113549.1.7.1');
const size = 9_800_000;

function pfx(content: Uint8Array): Uint8Array {
  return sequence(integer(3), sequence(data, explicit(0, content)));
}

/** Fifty strings, each in the next: a careless reader joins the chunks of all of them anew. */
function nested(): Uint8Array {
  let chunk = octetString(new Uint8Array(size - 1_000));
  for (let at = 0; at < 50; at++) chunk = element(0x24, chunk);
  return chunk;
}

/** 990 certificates of 4,500 elements each. */
function certificates(): Uint8Array {
  const algorithm = sequence(oid('1.2.840.113549.1.1.11'));
  const time = element(0x17, Buffer.from('260101000000Z'));
  const bits = element(3, new Uint8Array(1));
  const key = sequence(sequence(oid('1.2.3')), bits);
  const tiny = element(0xa5, Buffer.alloc(9_000, Buffer.from([5, 0])));
  const bags = Array.from({ length: 990 }, (_, at) => {
    const signed = sequence(integer(at), algorithm, sequence(), sequence(time, time), sequence(), key, tiny);
    const certificate = octetString(sequence(signed, algorithm, bits));
    const value = sequence(oid('1.2.840.113549.1.9.22.1'), explicit(0, certificate));
    return sequence(oid('1.2.840.113549.1.12.10.1.3'), explicit(0, value));
  });
  return octetString(sequence(sequence(data, explicit(0, octetString(sequence(...bags))))));
}

function encrypted(): Uint8Array {
  const scheme = sequence(oid('1.2.840.113549.1.12.1.6'), sequence(octetString(new Uint8Array(8)), integer(1)));
  const content = sequence(data, scheme, element(0x80, new Uint8Array(size)));
  return octetString(sequence(sequence(oid('1.2.840.113549.1.7.6'), explicit(0, sequence(integer(0), content)))));
}

/** Four safes under scrypt of 67 megabytes each. */
function costly(): Uint8Array {
  const safes = [1, 2, 3, 4].map((salt) => {
    const parameters = sequence(octetString(Uint8Array.of(salt)), integer(65_536), integer(8), integer(1));
    const cipher = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(new Uint8Array(16)));
    const scheme = sequence(sequence(oid('1.3.6.1.4.1.11591.4.11'), parameters), cipher);
    const content = sequence(data, sequence(oid('1.2.840.113549.1.5.13'), scheme), element(0x80, new Uint8Array(16)));
    return sequence(oid('1.2.840.113549.1.7.6'), explicit(0, sequence(integer(0), content)));
  });
  return octetString(sequence(...safes));
}

const made: Readonly<Record<string, () => Uint8Array>> = {
  elements: () => octetString(element(0x30, Buffer.alloc(size, Buffer.from([5, 0])))),
  chunks: nested,
  certificates,
  cipher: encrypted,
  scrypt: costly,
};

async function run(): Promise<void> {
  const now = '2026-11-22T20:14:00Z';
  const bytes = pfx((made[process.argv[2] ?? ''] ?? encrypted)());
  // the first opening pays for the code
  await openInThread({ bytes: corpusFile('iterations-1.pfx'), password: utf8('secret'), now });
  const before = process.memoryUsage().rss;
  const answer = await openInThread({ bytes, password: utf8('x'), now });
  const most = process.resourceUsage().maxRSS * 1024;
  const outcome = answer.kind === 'answered' ? answer.view.inspection.outcome : answer.kind;
  console.log(outcome, Math.round((most - before) / 1_000_000));
}

void run();

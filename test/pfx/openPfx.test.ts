// Opening: every file of the corpus comes to the outcome, and holds the certificates and keys, that other tools say.
import assert from 'node:assert/strict';
import { inspection } from '../../src/pfx/inspection';
import { openPfx, type OpenOptions } from '../../src/pfx/openPfx';
import { defaultLimits, type PfxOutcome } from '../../src/pfx/outcome';
import { corpus, corpusFile, utf8, type Truth } from './corpus';

const now = '2026-11-22T20:14:00Z';

function open({ file, password }: Pick<Truth, 'file' | 'password'>, options: OpenOptions = {}): Promise<PfxOutcome> {
  return openPfx(corpusFile(file), utf8(password), options);
}

function witnessed(truth: Truth): Truth {
  return corpus.find(({ file, outcome }) => file === truth.same && outcome === 'opened') ?? truth;
}

async function subjectsIn(file: string): Promise<readonly string[]> {
  const outcome = await open({ file, password: 'secret' });
  assert.ok(outcome.kind === 'opened');
  return outcome.certificates.map(({ facts }) => facts.subject);
}

async function assertHolds(truth: Truth, options: OpenOptions = {}): Promise<void> {
  const outcome = await open(truth, options);
  assert.equal(outcome.kind, truth.outcome, inspection(outcome, now).message);
  if (outcome.kind === 'not-pkcs12') assert.equal(outcome.what, truth.what);
  if (outcome.kind === 'refused') assert.equal(outcome.limit, truth.limit);
  if (outcome.kind !== 'opened') return;
  const { certificates = [], privateKeys } = witnessed(truth);
  const key = ({ thumbprint, hasPrivateKey }: { thumbprint: string; hasPrivateKey: boolean }) =>
    `${thumbprint} ${hasPrivateKey}`;
  const shown = [...inspection(outcome, now).certificates].sort((one, other) => key(one).localeCompare(key(other)));
  const told = [...certificates].sort((one, other) => key(one).localeCompare(key(other)));
  assert.equal(shown.length, told.length);
  assert.equal(outcome.keys.length, (privateKeys ?? 0) - (truth.lostKeys ?? 0));
  told.forEach(({ keySize, friendlyName, ...facts }, at) => {
    const { tlsCertificateName, keyAlgorithm, keySize: size, friendlyName: name, ...rest } = shown[at]!;
    assert.deepEqual(rest, truth.lostKeys === undefined ? facts : { ...facts, hasPrivateKey: false });
    assert.equal(tlsCertificateName, `<I>${facts.issuer}<S>${facts.subject}`);
    if (keySize !== null) assert.equal(size, keySize, keyAlgorithm);
    if (truth.noNames !== true) assert.equal(name, friendlyName);
  });
  if (truth.finding !== undefined) {
    assert.ok(inspection(outcome, now).findings.some(({ code }) => code === truth.finding));
  }
}

describe('opening a PFX file', () => {
  for (const truth of corpus) {
    it(`${truth.file} with ${JSON.stringify(truth.password)} is ${truth.outcome}`, () => assertHolds(truth));
  }

  it('names algorithm and identifier of what it does not support', async () => {
    const outcome = await open({ file: 'unsupported-cipher.pfx', password: 'secret' });
    assert.equal(
      inspection(outcome, now).message,
      'The file uses Blowfish-CBC (1.3.6.1.4.1.3029.1.2), which is not supported. Export it again with a password, AES-256 and SHA-256.',
    );
  });

  for (const [file, password, next] of [
    ['openssl-default.pfx', 'wrong', /Check capitals, the keyboard layout, and blanks/],
    ['page.pfx', '', /download it again/],
    ['java.jks', '', /keytool -importkeystore -srcstoretype JKS/],
    ['truncated.pfx', 'secret', /Copy it again as binary/],
    ['unsupported-mac.pfx', 'secret', /Export it again with a password, AES-256/],
    ['iterations-mac.pfx', 'secret', /Export it again with 600,000 iterations or fewer/],
    ['scrypt-memory.pfx', 'secret', /Export it again with PBKDF2/],
    ['key-cast5.pfx', 'secret', /Not all of it could be read: see the findings/],
  ] as const) {
    it(`says what to do next with ${file} and ${JSON.stringify(password)}`, async () => {
      assert.match(inspection(await open({ file, password }), now).message, next);
    });
  }

  it('does not say that there is no private key where one could not be read', async () => {
    for (const [file, code] of [
      ['key-cast5.pfx', 'key-unsupported'],
      ['key-other-password.pfx', 'key-other-password'],
    ] as const) {
      const codes = inspection(await open({ file, password: 'secret' }), now).findings.map((finding) => finding.code);
      assert.ok(codes.includes(code), file);
      assert.ok(!codes.includes('no-private-key'), file);
    }
    const without = inspection(await open({ file: 'no-key.pfx', password: 'secret' }), now).findings;
    assert.ok(without.some(({ code }) => code === 'no-private-key'));
  });

  it('says that the chain is missing where the certificate stands alone, and only there', async () => {
    const codes = async (file: string) =>
      inspection(await open({ file, password: 'secret' }), now).findings.map(({ code }) => code);
    assert.ok((await codes('leaf-only.pfx')).includes('chain-missing'));
    assert.ok(!(await codes('openssl-default.pfx')).includes('chain-missing'));
  });

  it('says at which byte of the file a bag is damaged', async () => {
    const bytes = corpusFile('bare.pfx');
    const certificateBag = Buffer.from(bytes).indexOf(Buffer.from('060b2a864886f70d010c0a0103', 'hex'));
    // the tag of its SEQUENCE, four bytes before
    bytes[certificateBag - 4] = 0x24;
    const { message } = inspection(await openPfx(bytes, utf8('')), now);
    assert.match(message, new RegExp(`a bag is not what it should be at byte ${certificateBag - 4}\\.`));
  });

  it('says that a wrong password ends in a line break', async () => {
    const outcome = await open({ file: 'openssl-default.pfx', password: 'secret\n' });
    assert.match(inspection(outcome, now).message, /ends in a line break/);
  });

  it('puts the owner of the key first and its chain behind it, whatever the order in the file', async () => {
    assert.deepEqual(await subjectsIn('shuffled.pfx'), [
      'CN=www.mydomain.com',
      "CN=R13, O=Let's Encrypt, C=US",
      'CN=Lab Root X1, O="Lab Root, Inc.", C=US',
      'CN=www.mydomain.com',
      'CN=ec.mydomain.com',
    ]);
  });

  it('finds the key owner although the local key id names another certificate', async () => {
    const outcome = await open({ file: 'id-wrong.pfx', password: '' });
    assert.ok(outcome.kind === 'opened');
    assert.equal(outcome.certificates.filter(({ key }) => key !== null).length, 1);
    assert.equal(outcome.certificates[0]?.facts.subject, 'CN=www.mydomain.com');
  });

  it('judges iteration counts before it derives anything', async () => {
    let derived = 0;
    const progress = () => derived++;
    for (const file of ['iterations-mac.pfx', 'iterations-bags.pfx', 'iterations-giant.pfx'])
      await open({ file, password: 'secret' }, { progress });
    assert.equal(derived, 0);
  });

  it('names the count it refuses', async () => {
    const outcome = await open({ file: 'iterations-mac.pfx', password: 'secret' });
    assert.match(inspection(outcome, now).message, /2,147,483,647 iterations/);
  });

  it('says of a count beyond any number that it is more', async () => {
    const outcome = await open({ file: 'iterations-giant.pfx', password: 'secret' });
    assert.match(inspection(outcome, now).message, /asks for more than 9,007,199,254,740,991 iterations/);
  });

  it('says how much of a file that was cut off is missing, and where', async () => {
    const { length } = corpusFile('openssl-default.pfx');
    const { message } = inspection(await open({ file: 'truncated.pfx', password: 'secret' }), now);
    assert.equal(
      message,
      `The file is damaged: ${length - 1_500} bytes are missing at byte 1500. Copy it again as binary, or export it again.`,
    );
  });

  it('names each self-signed certificate where several have keys', async () => {
    const { findings } = inspection(await open({ file: 'java.p12', password: 'secret' }), now);
    assert.deepEqual(
      findings.flatMap(({ code, message }) =>
        code === 'self-signed' ? [message.replace(/ is self-signed.*/, '')] : [],
      ),
      ['CN=first.mydomain.com, O=Lab', 'CN=second.mydomain.com'],
    );
  });

  it("puts what could be a server's certificate first where no key tells, its chain behind it", async () => {
    assert.deepEqual(await subjectsIn('no-key.pfx'), [
      'CN=www.mydomain.com',
      "CN=R13, O=Let's Encrypt, C=US",
      'CN=Lab Root X1, O="Lab Root, Inc.", C=US',
      'CN=ec.mydomain.com',
    ]);
  });

  it('adds the counts of all parts up against the limit in all', async () => {
    const limits = { ...defaultLimits, iterations: 3_000, totalIterations: 5_000 };
    const outcome = await open({ file: 'openssl-default.pfx', password: 'secret' }, { limits });
    assert.ok(outcome.kind === 'refused');
    assert.equal(outcome.limit, 'total-iterations');
  });

  it('refuses a file that is too large at once', async () => {
    const outcome = await openPfx(new Uint8Array(20_000_000), utf8(''));
    assert.ok(outcome.kind === 'refused');
    assert.equal(outcome.limit, 'size');
  });

  it('refuses a file of very many tiny elements without reading them all', async () => {
    const head = Buffer.from('308327c00c020103308327c004', 'hex');
    const outcome = await openPfx(Buffer.concat([head, Buffer.alloc(0x27c004, Buffer.from([5, 0]))]), utf8(''));
    assert.ok(outcome.kind === 'refused');
    assert.equal(outcome.limit, 'elements');
  });

  it('says once what a file holds many times', async () => {
    const bytes = corpusFile('crl-bag.pfx');
    const outcome = await openPfx(bytes, utf8(''));
    assert.ok(outcome.kind === 'opened');
    const notes = outcome.notes.flatMap((note) => Array.from({ length: 100 }, () => note));
    const messages = inspection({ ...outcome, notes }, now).findings.map(({ message }) => message);
    assert.equal(new Set(messages).size, messages.length);
    assert.ok(messages.includes('The file also holds a revocation list, which is not shown.'));
  });

  it('refuses too many certificates by their number', async () => {
    const outcome = await open(
      { file: 'openssl-default.pfx', password: 'secret' },
      { limits: { ...defaultLimits, certificates: 2 } },
    );
    assert.ok(outcome.kind === 'refused');
    assert.equal(outcome.limit, 'certificates');
  });

  it('never throws for a file cut off at any byte', async () => {
    const whole = corpusFile('iterations-1.pfx');
    const kinds = new Set<string>();
    for (let end = 0; end < whole.length; end++) kinds.add((await openPfx(whole.slice(0, end), utf8('secret'))).kind);
    assert.deepEqual([...kinds].sort(), ['damaged', 'not-pkcs12']);
  });

  it('overwrites the password it was given', async () => {
    const password = utf8('secret');
    await openPfx(corpusFile('openssl-default.pfx'), password);
    assert.deepEqual(password, new Uint8Array(6));
  });

  it('tells progress up to the whole', async () => {
    let last: readonly [number, number] = [0, 0];
    await open(
      { file: 'openssl-legacy.pfx', password: 'secret' },
      { progress: (done, total) => (last = [done, total]) },
    );
    assert.ok(last[1] > 2048);
    assert.ok(last[0] > 0.9 * last[1]);
  });
});

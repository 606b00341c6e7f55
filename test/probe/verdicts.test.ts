// What is found at real servers that present what a client may refuse: a line for each, trusted by the root of the tests alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { toTime } from '../../src/model/names';
import { usualThresholds } from '../../src/model/expiry';
import type { Observation } from '../../src/model/observation';
import { judge } from '../../src/probe/findings';
import { probeEndpoint } from '../../src/probe/probeEndpoint';
import { storeOf, systemStore, type TrustStore } from '../../src/probe/trustStore';
import { pki, type Identity, type Pki } from './pki';
import { freePort, startOpenssl } from './realServers';

const www = 'www.mydomain.com';
const names = [`subjectAltName=DNS:${www}`];
const oldKeys = ['-cipher', 'DEFAULT@SECLEVEL=0'];

interface Served {
  readonly leaf: Identity;
  /** Sent behind the leaf. */
  readonly above?: readonly Identity[];
  readonly settings?: readonly string[];
}

function store(): TrustStore {
  return storeOf('the root of the tests', readFileSync(pki().root.certificate));
}

async function seenAt(
  served: Served,
  trust: TrustStore | undefined,
  furtherNames?: readonly string[],
): Promise<Observation> {
  const { leaf, above = [], settings = [] } = served;
  const port = await freePort();
  const chain = above.length === 0 ? [] : ['-cert_chain', pki().bundle(`verdict-${port}.pem`, ...above)];
  const stop = await startOpenssl(port, leaf, ...chain, ...settings);
  try {
    const endpoint = { protocol: 'https', host: '127.0.0.1', port, servername: www } as const;
    return await probeEndpoint(
      { ...endpoint, ...(furtherNames && { furtherNames }) },
      { timeoutMilliseconds: 20_000, ...(trust && { trust }) },
    );
  } finally {
    await stop();
  }
}

function found(observation: Observation): readonly string[] {
  const expectation = { planned: null, old: null, now: toTime(new Date()), thresholds: usualThresholds };
  return judge(observation, expectation).map(({ code, severity }) => `${severity} ${code}`);
}

describe('at a real server is found', () => {
  /** `serve` makes what is presented; the server's chain is judged by the tests' root. */
  const finds = (title: string, serve: (all: Pki) => Served, expected: readonly string[]): void =>
    void it(title, async () => {
      const seen = await seenAt(serve(pki()), store());
      assert.deepEqual(found(seen), expected, JSON.stringify(seen));
    });

  finds('nothing, where all is well', ({ b, r13 }) => ({ leaf: b, above: [r13] }), []);
  finds(
    "a self-signed certificate as Exchange's setup makes it: an end entity that may sign no certificate",
    ({ make }) => ({
      leaf: make(
        'exchange',
        '/CN=SERVER1',
        ['basicConstraints=critical,CA:FALSE', 'keyUsage=digitalSignature,keyEncipherment', ...names],
        null,
      ),
    }),
    ['error self-signed'],
  );
  finds(
    'a self-signed certificate that is an authority',
    ({ make }) => ({ leaf: make('own-ca', `/CN=${www}`, ['basicConstraints=critical,CA:TRUE', ...names], null) }),
    ['error self-signed', 'warning is-authority'],
  );
  finds('a leaf sent twice beside a whole chain: a note', ({ b, r13 }) => ({ leaf: b, above: [b, r13] }), [
    'information chain-extra',
  ]);
  finds('a stray certificate beside a whole chain: a note', ({ b, r12, r13 }) => ({ leaf: b, above: [r13, r12] }), [
    'information chain-extra',
  ]);
  finds('a missing intermediate', ({ b }) => ({ leaf: b }), ['error not-trusted', 'warning chain-incomplete']);
  finds('a list of certificates that was cut', ({ b, r13 }) => ({ leaf: b, above: Array<Identity>(29).fill(r13) }), [
    'warning chain-not-read',
    'information chain-extra',
  ]);
  finds(
    'an issuing certificate that expired 15 days ago',
    ({ make, root }) => {
      const authority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign'];
      const ended = make('ended', '/CN=Ended', authority, root, { from: -300, to: -15 });
      return { leaf: make('of-ended', `/CN=${www}`, names, ended), above: [ended] };
    },
    ['error issuer-expired'],
  );
  finds(
    'an issuing certificate that ends in 5 days',
    ({ make, root }) => {
      const authority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign'];
      const ending = make('ending', '/CN=Ending', authority, root, { from: -300, to: 5 });
      return { leaf: make('of-ending', `/CN=${www}`, names, ending), above: [ending] };
    },
    ['warning issuer-expiring'],
  );
  finds(
    'a chain to a root that nobody has',
    ({ make }) => {
      const other = make(
        'other-root',
        '/CN=Other Root',
        ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign'],
        null,
      );
      return { leaf: make('of-other', `/CN=${www}`, names, other), above: [other] };
    },
    ['error not-trusted'],
  );
  finds(
    'a certificate that is for clients only',
    ({ make, r13 }) => ({
      leaf: make('client', `/CN=${www}`, [...names, 'extendedKeyUsage=clientAuth'], r13),
      above: [r13],
    }),
    ['error no-server-auth'],
  );
  finds(
    'a signature with SHA-1',
    ({ make, r13 }) => ({
      leaf: make('sha1', `/CN=${www}`, names, r13, { digest: 'sha1' }),
      above: [r13],
      settings: oldKeys,
    }),
    ['error weak-signature'],
  );
  finds(
    'an issuing certificate signed with SHA-1',
    ({ make, root }) => {
      const authority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign'];
      const weak = make('weak', '/CN=Weak', authority, root, { digest: 'sha1' });
      return { leaf: make('of-weak', `/CN=${www}`, names, weak), above: [weak], settings: oldKeys };
    },
    ['error weak-signature'],
  );
  finds(
    'an RSA key of 1024 bits',
    ({ make, r13 }) => ({
      leaf: make('small', `/CN=${www}`, names, r13, { key: ['rsa:1024'] }),
      above: [r13],
      settings: oldKeys,
    }),
    ['error key-too-small'],
  );
  finds(
    'a server that speaks TLS 1.0 only',
    ({ b, r13 }) => ({ leaf: b, above: [r13], settings: ['-tls1', ...oldKeys] }),
    ['error old-tls'],
  );
  it('a second host name of the configuration that the certificate does not cover', async () => {
    const { b, r13 } = pki();
    const seen = await seenAt({ leaf: b, above: [r13] }, store(), ['autodiscover.mydomain.com', 'mail.mydomain.com']);
    assert.deepEqual(found(seen), ['error name-not-covered']);
  });
  it('nothing of trust, where no store was given', async () => {
    const { b, r13 } = pki();
    const seen = await seenAt({ leaf: b, above: [r13] }, undefined);
    assert.deepEqual([found(seen), seen.trust], [[], undefined]);
  });
  it("that the system's store does not hold the root of the tests", async () => {
    const { b, r13 } = pki();
    const system = await systemStore();
    assert.ok(system.roots.length > 10, system.name);
    const seen = await seenAt({ leaf: b, above: [r13] }, system);
    assert.deepEqual([found(seen), seen.trust?.trusted], [['error not-trusted'], false]);
  });
});

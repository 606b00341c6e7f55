// Which names a certificate covers, by RFC 9525.
import assert from 'node:assert/strict';
import { coversName } from '../../src/probe/nameMatch';

function covers(names: readonly string[], wanted: string, addresses: readonly string[] = []): boolean {
  return coversName({ dnsNames: names, ipAddresses: addresses }, wanted);
}

describe('a certificate covers a name', () => {
  const yes = (names: string[], wanted: string, addresses?: string[]): void =>
    void it(`${wanted} by ${[...names, ...(addresses ?? [])].join(', ')}`, () =>
      assert.ok(covers(names, wanted, addresses)));
  yes(['www.mydomain.com'], 'www.mydomain.com');
  yes(['WWW.MyDomain.com'], 'www.mydomain.COM');
  yes(['www.mydomain.com'], 'www.mydomain.com.');
  yes(['*.mydomain.com'], 'www.mydomain.com');
  yes(['xn--mnchen-3ya.de'], 'münchen.de');
  yes(['a.example', 'b.example'], 'b.example');
  yes([], '192.0.2.1', ['192.0.2.1']);
  yes([], '2001:DB8::0:1', ['2001:db8::1']);
});

describe('a certificate does not cover a name', () => {
  const no = (names: string[], wanted: string, addresses?: string[]): void =>
    void it(`${JSON.stringify(wanted)} by ${JSON.stringify([...names, ...(addresses ?? [])])}`, () =>
      assert.ok(!covers(names, wanted, addresses)));
  no([], 'www.mydomain.com');
  no(['mydomain.com'], 'www.mydomain.com');
  no(['*.mydomain.com'], 'mydomain.com');
  no(['*.mydomain.com'], 'a.b.mydomain.com');
  no(['w*.mydomain.com'], 'www.mydomain.com');
  no(['*'], 'localhost');
  no(['*.*.com'], 'www.mydomain.com');
  no(['*.mydomain.com'], '*.mydomain.com');
  no(['www.mydomain.com\0.evil.example'], 'www.mydomain.com');
  no(['192.0.2.1'], '192.0.2.1');
  no([], '192.0.2.1', ['192.0.2.2']);
  no(['www.mydomain.com'], '');
});

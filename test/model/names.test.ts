// Names are compared as Exchange, DNS and a tired eye compare them.
import assert from 'node:assert/strict';
import { coversHostname } from '../../src/model/hostnames';
import { nearest } from '../../src/model/nearest';
import { oddCharacters, withoutOddCharacters } from '../../src/model/oddCharacters';

describe('a host name', () => {
  const cases: readonly [dnsNames: readonly string[], hostname: string, covered: boolean][] = [
    [['www.mydomain.com'], 'WWW.mydomain.com', true],
    [['www.mydomain.com'], 'www.mydomain.com.', true],
    [['*.mydomain.com'], 'mail.mydomain.com', true],
    [['*.mydomain.com'], 'mydomain.com', false],
    [['*.mydomain.com'], 'a.b.mydomain.com', false],
    [['*.mydomain.com'], '*.mydomain.com', true],
    [['w*.mydomain.com'], 'www.mydomain.com', false],
    [['*'], 'localhost', false],
    [[], 'www.mydomain.com', false],
  ];
  for (const [names, hostname, covered] of cases) {
    it(`${hostname} is ${covered ? '' : 'not '}covered by [${names.join()}]`, () =>
      assert.equal(coversHostname(names, hostname), covered));
  }
});

describe('the nearest names', () => {
  it('come first, and far ones not at all', () => {
    assert.deepEqual(nearest('Recieve', ['Send', 'Receive', 'Received']), ['Receive', 'Received']);
    assert.deepEqual(nearest('www', ['mail']), []);
  });

  it('may differ by case alone', () => assert.deepEqual(nearest('WWW', ['www']), ['www']));

  it('are not the name itself', () => assert.deepEqual(nearest('www', ['www']), []));

  it('are three at most', () => assert.equal(nearest('aaaaaa', ['aaaaab', 'aaaaac', 'aaaaad', 'aaaaae']).length, 3));
});

describe('odd characters', () => {
  it('are told once each, with what was meant', () => {
    assert.deepEqual(
      oddCharacters('\u2013a\u2013\u200b').map(({ codePoint, instead }) => [codePoint, instead]),
      [
        ['U+2013', '-'],
        ['U+200B', ''],
      ],
    );
    assert.equal(withoutOddCharacters('\u201cA\u2014B\u201d\u00a0\u2019'), '"A-B" \'');
  });

  it('are not letters of a language', () => assert.deepEqual(oddCharacters('Zürich - Kraków "東京"'), []));
});

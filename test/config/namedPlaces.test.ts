// What a configuration names, and what another of them names otherwise.
import assert from 'node:assert/strict';
import { listedDifferences, namedPlaces, placeDifferences } from '../../src/config/namedPlaces';
import { parseConfig } from '../../src/config/parseConfig';
import { configText } from '../folder/workspace';

const placesOf = (text: string): readonly string[] => {
  const { wanted } = parseConfig(text);
  assert.ok(wanted !== null);
  return namedPlaces(wanted);
};

describe('two configurations', () => {
  const cases: readonly [string, string, string, readonly string[]][] = [
    ['differ in nothing where only a comment does', 'policy:', '# a comment\npolicy:', []],
    [
      'differ in an Exchange address by one letter of it',
      'http://server2.mydomain.com/',
      'http://server2.mydomaln.com/',
      [
        '+ remoting.exchange: http://server2.mydomaln.com/PowerShell/',
        '- remoting.exchange: http://server2.mydomain.com/PowerShell/',
      ],
    ],
    [
      'differ in a full name',
      'fqdn: server3.mydomain.com',
      'fqdn: server3.evil.example',
      ['+ servers.SERVER3.fqdn: server3.evil.example', '- servers.SERVER3.fqdn: server3.mydomain.com'],
    ],
    [
      'differ in an address that probes go to',
      'fqdn: server3.mydomain.com',
      'fqdn: server3.mydomain.com\n    address: 192.0.2.1',
      ['+ servers.SERVER3.address: 192.0.2.1'],
    ],
    [
      'differ in the PFX',
      'pfx: certificates/www.pfx',
      'pfx: other.pfx',
      ['+ certificates.www: other.pfx', '- certificates.www: certificates/www.pfx'],
    ],
  ];
  for (const [title, from, to, expected] of cases) {
    it(title, () => {
      assert.ok(configText.includes(from));
      assert.deepEqual(placeDifferences(placesOf(configText), placesOf(configText.replace(from, to))), expected);
    });
  }
});

describe('What is listed of many differences', () => {
  const connectors = Array.from({ length: 20 }, (_, at) => `connectors.receive.Relay ${at}: www`);
  const hosts = Array.from({ length: 14 }, (_, at) => `servers.SERVER${at}.fqdn: server${at}.evil.example`);
  const listedOf = (added: readonly string[]): ReturnType<typeof listedDifferences> =>
    listedDifferences(placeDifferences(connectors, ['organization: Other', ...added]), 12);

  it('begins with the address of Exchange, whatever number of connectors is removed', () => {
    const { listed, left } = listedOf(['remoting.exchange: http://evil.example/']);
    assert.deepEqual(listed.slice(0, 2), ['+ remoting.exchange: http://evil.example/', '+ organization: Other']);
    assert.deepEqual([listed.length, left], [12, 10]);
  });

  it('holds every server, and counts only others as left out', () => {
    const { listed, left } = listedOf(hosts);
    assert.deepEqual(
      listed,
      hosts.map((host) => `+ ${host}`),
    );
    assert.equal(left, 21);
  });
});

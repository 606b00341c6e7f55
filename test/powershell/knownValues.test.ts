import assert from 'node:assert/strict';
import { type Found } from '../../src/model/found';
import { type Thumbprint } from '../../src/model/names';
import { type Wanted } from '../../src/model/wanted';
import { knownValues } from '../../src/powershell/knownValues';

const wanted = {
  servers: [
    { name: 'SERVER1', fqdn: 'server1.x' },
    { name: 'SERVER2', fqdn: 'server2.x' },
  ],
  connectors: {
    send: [{ name: 'send', certificate: null }],
    receive: [{ name: 'Default {server}', certificate: null }],
  },
} as unknown as Wanted;

const found = {
  servers: [
    {
      name: 'server1',
      fqdn: 'server1.x',
      certificates: [{ thumbprint: 'A'.repeat(40) as Thumbprint, friendlyName: 'www', facts: null }],
      receiveConnectors: [{ identity: 'SERVER1\\Default SERVER1', tlsCertificateName: '<I>a<S>b' }],
    },
  ],
  sendConnectors: [{ name: 'SEND', tlsCertificateName: '' }],
} as unknown as Found;

describe('knownValues', () => {
  it('joins snapshot and configuration, each value once', () => {
    assert.deepEqual(knownValues(wanted, found), {
      thumbprints: [{ value: 'A'.repeat(40), detail: 'www' }],
      servers: [
        { value: 'server1', detail: 'server1.x' },
        { value: 'SERVER2', detail: 'server2.x' },
      ],
      sendConnectors: [{ value: 'SEND', detail: '' }],
      receiveConnectors: [
        { value: 'SERVER1\\Default SERVER1', detail: '<I>a<S>b' },
        { value: 'SERVER2\\Default SERVER2', detail: '' },
      ],
    });
  });

  it('is empty where nothing is known', () => {
    const none = { thumbprints: [], servers: [], sendConnectors: [], receiveConnectors: [] };
    assert.deepEqual(knownValues(null, null), none);
  });
});

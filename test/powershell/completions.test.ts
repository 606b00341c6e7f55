import assert from 'node:assert/strict';
import { completionsAt, type KnownValues, type ValueKind } from '../../src/powershell/completions';

const known: KnownValues = {
  thumbprints: [{ value: 'A'.repeat(40), detail: 'www' }],
  servers: [{ value: 'SERVER1', detail: '' }],
  sendConnectors: [
    { value: 'SEND', detail: '' },
    { value: "It's ’odd’", detail: '' },
    { value: 'broken\nname', detail: '' },
  ],
  receiveConnectors: [{ value: 'SERVER1\\Default Frontend SERVER1', detail: '' }],
};

/** `¦` marks the cursor; what is replaced is told as the text it covers. */
function at(marked: string): { kind: ValueKind; replaces: string; texts: readonly string[] } | null {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const found = completionsAt(text, offset, known);
  return (
    found && {
      kind: found.kind,
      replaces: text.slice(found.start, found.end),
      texts: found.items.map((one) => one.text),
    }
  );
}

describe('completionsAt', () => {
  const cases: readonly [string, ValueKind, string][] = [
    ['Enable-ExchangeCertificate -Thumbprint ¦', 'thumbprint', ''],
    ['Enable-ExchangeCertificate -Thumbprint 7A¦', 'thumbprint', '7A'],
    ["Enable-ExchangeCertificate -Thumbprint '7A¦'", 'thumbprint', "'7A'"],
    ['Enable-ExchangeCertificate -Thumbprint "7A¦" -Services SMTP', 'thumbprint', '"7A"'],
    ["Enable-ExchangeCertificate -Thumbprint 'x' -Services SMTP -Server S¦", 'server', 'S'],
    ['enable-exchangecertificate -serv ¦', 'server', ''],
    ['Get-ExchangeCertificate ¦', 'thumbprint', ''],
    ['Set-SendConnector ¦', 'send-connector', ''],
    ['Set-SendConnector "SE¦', 'send-connector', '"SE'],
    ['$a = (Get-SendConnector -Identity SE¦)', 'send-connector', 'SE'],
    ['Get-ReceiveConnector -Identity ¦', 'receive-connector', ''],
    ['Get-ReceiveConnector -Server ¦', 'server', ''],
    ['Get-Date; Get-TransportService ¦', 'server', ''],
    ['first line\nSet-ReceiveConnector -Identity:¦', 'receive-connector', ''],
    ['Remove-Item Cert:\\LocalMachine\\My\\C5¦', 'thumbprint', 'C5'],
    ["(Get-Item 'Cert:\\LocalMachine\\My\\¦').FriendlyName", 'thumbprint', ''],
  ];
  for (const [text, kind, replaces] of cases) {
    it(`offers a ${kind} in ${JSON.stringify(text)}`, () => {
      const found = at(text);
      assert.deepEqual([found?.kind, found?.replaces], [kind, replaces]);
    });
  }

  const none = [
    '¦',
    'Get-Date ¦',
    'Enable-ExchangeCertificate -Services ¦',
    'Set-SendConnector -TlsCertificateName ¦',
    'Set-SendConnector SEND ¦',
    'Set-SendConnector -¦',
    'Get-SendConnector | Where-Object ¦',
    'Get-ExchangeCertificate -Thumbprint x\n¦',
  ];
  for (const text of none) {
    it(`offers nothing in ${JSON.stringify(text)}`, () => assert.equal(at(text), null));
  }

  it('quotes what it offers, and leaves out what can’t be quoted', () => {
    assert.deepEqual(at('Get-SendConnector ¦')?.texts, ["'SEND'", "('It''s '+[char]0x2019+'odd'+[char]0x2019)"]);
  });

  it('writes a thumbprint bare behind the store’s path', () => {
    assert.deepEqual(at('Remove-Item Cert:\\LocalMachine\\My\\¦')?.texts, ['A'.repeat(40)]);
  });
});

// Every text that the product writes or types, held against what others published of Windows PowerShell 5.1, .NET Framework and Exchange.
import assert from 'node:assert/strict';
import { renderSession } from '../../src/powershell/renderSession';
import { witness, type Witnessed } from '../witness/witness';
import { untyped } from './gateAllowed';
import { renderedTexts } from './renderedTexts';

const certificate = "$c = [Security.Cryptography.X509Certificates.X509Certificate2]::new('a', 'b'); ";

/** What each text does wrong, and the kind that finds it; each was passed by a gate of names alone, or would fail on 5.1. */
const planted: readonly (readonly [what: string, kind: string, script: string])[] = [
  ['a statement that does not parse', 'syntax', 'if ($a {'],
  ['??', 'syntax', "$a = $b ?? 'c'"],
  ['??=', 'syntax', '$a ??= 1'],
  ['a ternary', 'syntax', "$a = $b ? 'c' : 'd'"],
  ['&&', 'syntax', 'Get-Date && Get-Date'],
  ['a number with the suffix of 6.2', 'syntax', '$a = 5u'],
  ['a command that nobody has', 'command', 'Get-Certificates -Path a'],
  ['a command of PowerShell 6', 'command', 'Remove-Service -Name a'],
  ['a function that hides a command', 'hidden command', 'function Get-Date { 1 }; Get-Date'],
  ['ForEach-Object -Parallel', 'parameter', '1 | ForEach-Object -Parallel { 1 }'],
  ['ConvertFrom-Json -AsHashtable', 'parameter', "ConvertFrom-Json -InputObject '{}' -AsHashtable"],
  ['Join-Path -AdditionalChildPath', 'parameter', 'Join-Path -Path a -ChildPath b -AdditionalChildPath c'],
  ['Split-Path -LeafBase', 'parameter', 'Split-Path -Path a -LeafBase'],
  ['Get-Date -UnixTimeSeconds', 'parameter', 'Get-Date -UnixTimeSeconds 1'],
  ['a parameter cut short', 'parameter', 'Get-Date | Select-Object -Uniq'],
  ['a misspelt parameter of Exchange', 'parameter', 'Get-SendConnector -Idntity a'],
  ['a parameter of another Exchange command', 'parameter', 'Get-SendConnector -Identity a -Server b'],
  ['a domain controller for queues', 'parameter', 'Get-Queue -Server a -DomainController b'],
  ['the same by splatting', 'parameter', 'Get-Queue -Server a @Pin'],
  ['a server for the federation trust', 'parameter', 'Get-FederationTrust -DomainController a -Server b'],
  ['a parameter that Windows Server 2016 lacks', 'parameter', 'Export-PfxCertificate -CryptoAlgorithmOption a'],
  ['a misspelt parameter of IIS', 'parameter', "Get-WebBinding -Nme 'Default Web Site'"],
  ['a parameter that left with Exchange 2013', 'edition', "Import-ExchangeCertificate -FileName 'a'"],
  ['a parameter of Exchange 2010 alone', 'edition', 'Set-SendConnector -Identity a -LinkedReceiveConnector b'],
  ['-Path with -LiteralPath', 'parameter set', 'Get-ChildItem -Path a -LiteralPath b'],
  ['two ways to a session', 'parameter set', 'New-PSSession -ComputerName a -ConnectionUri b'],
  ['an identity with a server', 'parameter set', 'Get-ReceiveConnector -Identity a -Server b @Pin'],
  ['a connector without its identity', 'mandatory', 'Set-SendConnector -TlsCertificateName a @Pin'],
  ['a certificate without services', 'mandatory', 'Enable-ExchangeCertificate -Thumbprint a @Pin'],
  ['a parameter without its value', 'value', 'Write-Host -ForegroundColor'],
  ['a value too many by position', 'position', 'Join-Path -Path a -ChildPath b c'],
  ['a misspelt authentication', 'enum text', 'New-PSSession -ComputerName a -Authentication Kerb'],
  ['a misspelt colour', 'enum text', 'Write-Host -Object a -ForegroundColor Purpl'],
  ['a misspelt comparison', 'enum text', "[string]::Equals('a', 'b', 'OrdinalIgnoreCas')"],
  ['a misspelt text in a cast', 'enum text', "[Security.Authentication.SslProtocols]'Tls13x'"],
  ['a type of .NET Core', 'type', '[Text.Json.JsonDocument]'],
  ['a misspelt type of New-Object', 'type', 'New-Object -TypeName Collections.ArrayLst'],
  ['a misspelt type of a parameter', 'type', 'function Get-A { param([strin]$a) $a }'],
  ['a method of .NET 5', 'static member', '[Convert]::ToHexString($a)'],
  ['a misspelt method', 'static member', "[IO.File]::ReadAllByts('a')"],
  ['a property of another type', 'static member', '[Math]::UTF8'],
  ['a method of another type', 'static member', '[Math]::ReadAllBytes($a)'],
  ['a constructor with an argument too many', 'static member', '[Net.Sockets.TcpClient]::new($a, $b, $c, $d)'],
  ['arguments too many', 'member', "$a = 'b'; $a.StartsWith('a', 'b', 'c', 'd')"],
  ['an overload of .NET Core', 'member', "'a'.Contains('b', 'Ordinal')"],
  ['a method of another object', 'member', "'a'.Connect(1)"],
  ['a method of what a command returns', 'member', '(Get-Date).ReadByte()'],
  ['a method of .NET 7', 'member', `${certificate}$c.ExportCertificatePem()`],
  ['a misspelt property', 'member', `${certificate}$c.NotAfterr`],
  ['a misspelt property in a pipeline', 'member', 'Get-PSSession | ForEach-Object { $_.ComputerNam }'],
  ['a misspelt property of a parameter', 'member', 'function Get-A { param([uri]$a) $a.Hst }'],
  ['a misspelt property of an error', 'member', 'try { 1 } catch { $_.Exceptin }'],
  ['a computed member', 'computed member', '$a.($b)'],
];

describe('the witnesses of the scripts', function () {
  this.timeout(180_000);
  let rendered: Witnessed;
  let wrong: Witnessed;
  before(() => {
    const shared = renderSession().replace('\uFEFF', '');
    rendered = witness(shared, renderedTexts());
    wrong = witness('', [
      ...planted.map(([name, , script]) => ({ name, script })),
      { name: 'younger', script: "[Security.Authentication.SslProtocols]'Tls12, Tls13'" },
    ]);
  });

  it('know every command, parameter, type and member of every text', () => {
    assert.equal(rendered.figures['texts'], renderedTexts().length);
    assert.deepEqual(rendered.violations, []);
  });

  it('find one thing younger than .NET Framework 4.6.2: EphemeralKeySet, which back-up and conversion need', () => {
    assert.deepEqual(
      [...new Set(rendered.younger.map(({ what }) => what))],
      ['[Security.Cryptography.X509Certificates.X509KeyStorageFlags]::EphemeralKeySet: .NET Framework 4.7.2'],
    );
  });

  it('leave no member untyped that is not listed', () => {
    const used = Object.keys(rendered.untyped);
    assert.deepEqual(
      used.filter((name) => !untyped.includes(name)),
      [],
    );
  });

  for (const [what, kind] of planted) {
    it(`find ${what}: ${kind}`, () => {
      const found = wrong.violations.filter(({ text }) => text === what).map((finding) => finding.kind);
      assert.ok(found.includes(kind), `found: ${found.join(', ') || 'nothing'}`);
    });
  }

  it('say of TLS 1.3 that it is younger', () => {
    assert.deepEqual(
      wrong.younger.map(({ text, what }) => `${text}: ${what}`),
      ['younger: [Security.Authentication.SslProtocols] Tls13: .NET Framework 4.8'],
    );
  });
});

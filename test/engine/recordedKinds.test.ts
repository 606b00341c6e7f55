// The lab's answers as they arrive in a session without Exchange's types, held against what was recorded of real servers.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startEngine, type Engine } from '../lab/engine';
import { sampleOrganization } from '../lab/organization';
import { readRecordedKinds, type RecordedKind } from '../lab/recordedKinds';
import { readLabTable } from '../lab/table';

const endpoint =
  'New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/ -Authentication Kerberos';

/** How each recorded command is asked here, and where. */
const asks: Readonly<Record<string, { readonly from: 'exchange' | 'server'; readonly command: string }>> = {
  'Get-ExchangeServer': { from: 'exchange', command: 'Get-ExchangeServer' },
  'Get-ExchangeCertificate': { from: 'exchange', command: 'Get-ExchangeCertificate -Server SERVER1' },
  'Get-ReceiveConnector': { from: 'exchange', command: 'Get-ReceiveConnector' },
  'Get-SendConnector': { from: 'exchange', command: 'Get-SendConnector' },
  'Get-HybridConfiguration': { from: 'exchange', command: 'Get-HybridConfiguration' },
  'Get-AuthConfig': { from: 'exchange', command: 'Get-AuthConfig' },
  'Get-WebBinding': { from: 'server', command: 'Get-WebBinding' },
  'Get-Service': { from: 'server', command: 'Get-Service' },
  Win32_OperatingSystem: { from: 'server', command: 'Get-CimInstance -ClassName Win32_OperatingSystem' },
};

/** What `$value.PSObject.BaseObject.GetType().Name` says of a kind that arrived. */
function arrivesAs(kind: string): string {
  const [head = ''] = kind.split(':');
  const plain: Readonly<Record<string, string>> = {
    ...{ string: 'String', bool: 'Boolean', int: 'Int32', long: 'Int64', guid: 'Guid', datetime: 'DateTime' },
    ...{ bytes: 'Byte[]', enum: 'Int32', list: 'ArrayList', object: 'PSCustomObject' },
  };
  // Windows' own types come alive again
  return kind === 'object:System.Net.IPAddress' ? 'IPAddress' : (plain[head] ?? kind);
}

describe('what the lab tells, as it arrives', () => {
  let engine: Engine;
  let organization = '';
  before(async function () {
    this.timeout(180_000);
    engine = startEngine();
    organization = await engine.newOrganization(sampleOrganization());
  });
  after(() => engine.close());

  /** The kinds seen of each property, over all objects. */
  const kindsOf = async (cmdlet: string, rows: readonly RecordedKind[]): Promise<Record<string, string>> => {
    const { from, command } = asks[cmdlet]!;
    const names = rows.map(({ property }) => `'${property}'`).join(', ');
    const read = `foreach ($n in ${names}) { $n + '=' + (@($all | ForEach-Object { $p = $_.PSObject.Properties[$n]; if (-not $p) { 'absent' } elseif ($null -ne $p.Value) { $b = ([psobject]$p.Value).PSObject.BaseObject; $b.GetType().Name } } | Sort-Object -Unique) -join ' ') }`;
    const ask =
      from === 'exchange'
        ? `$s = ${endpoint}; $null = Import-PSSession $s -DisableNameChecking; $all = @(${command})`
        : `$s = New-PSSession server1.mydomain.com; $all = @(Invoke-Command $s { ${command} })`;
    const ran = await engine.run({ organization, kind: 'workstation', script: `${ask}; ${read}; Remove-PSSession $s` });
    assert.deepEqual(ran.errors, []);
    return Object.fromEntries(ran.objects.map((line) => String(line).split('=')) as [string, string][]);
  };

  for (const cmdlet of Object.keys(asks)) {
    const notTold = readLabTable().notTold.flatMap(({ of, property }) => (of === cmdlet ? [property] : []));
    const rows = readRecordedKinds().filter((row) => row.cmdlet === cmdlet && !notTold.includes(row.property));
    it(`of ${cmdlet} is of the recorded kinds: ${String(rows.length)} properties`, async () => {
      const seen = await kindsOf(cmdlet, rows);
      for (const { property, kind } of rows) {
        if (kind !== null)
          assert.ok(
            ['', arrivesAs(kind)].includes(seen[property] ?? 'nothing'),
            `${property}: ${seen[property] ?? ''}`,
          );
      }
    });
  }
});

// *Check Assumptions* on the lab: all that our scripts rely on is there, each row that is made false is found, and no name is written.
import assert from 'node:assert/strict';
import { judgeAssumptions, onlyAsked } from '../../src/evidence/judgeAssumptions';
import { type AssumptionsTold, type JudgedAssumption } from '../../src/model/assumptions';
import { assumptions } from '../../src/powershell/assumptions';
import { renderAssumptionsScript } from '../../src/powershell/assumptionsScript';
import { type Engine, startEngine } from '../lab/engine';
import { falsify } from '../lab/falsified';
import { sampleOrganization } from '../lab/sample';
import { type LabState } from '../lab/state';
import { openBed } from './scriptBed';

interface Asked {
  readonly told: AssumptionsTold;
  readonly judged: readonly JudgedAssumption[];
  /** Everything the script wrote. */
  readonly text: string;
}

async function ask(
  engine: Engine,
  state: LabState = sampleOrganization(),
  edit = (text: string) => text,
): Promise<Asked> {
  const bed = await openBed(engine, state);
  try {
    const ran = await bed.runText(edit(renderAssumptionsScript(bed.context.wanted)));
    assert.deepEqual(
      [ran.outcome, ran.errors, ran.result?.outcome, ran.result?.error],
      ['completed', [], 'done', null],
    );
    assert.equal(ran.result?.changed, false);
    const told = ran.result.after?.assumptions;
    assert.ok(told !== undefined);
    assert.deepEqual(await bed.call('log.get'), [], 'something was changed');
    return { told, judged: judgeAssumptions(assumptions(), told), text: JSON.stringify(ran.result) };
  } finally {
    await bed.close();
  }
}

const named = ({ of, name, place }: JudgedAssumption): string => `${place}: ${of}${name === null ? '' : ` ${name}`}`;
const having = ({ judged }: Asked, verdict: JudgedAssumption['verdict']): readonly string[] =>
  judged.filter((one) => one.verdict === verdict).map(named);

/** Of these the sample has no object, or only a command that changes something gives one. */
const notTold = (rows: readonly string[]): readonly string[] =>
  rows.filter((row) => !/Get-(FederationTrust|EdgeSubscription|Queue) |Export-ExchangeCertificate FileData/.test(row));

describe('what the scripts rely on, asked of an organization', function () {
  this.timeout(120_000);
  const engine = startEngine();
  after(() => engine.close());
  let sample: Asked;
  before(async () => {
    sample = await ask(engine);
  });

  it('holds in the lab, row by row, wherever there is an object to look at', () => {
    assert.deepEqual(having(sample, 'fails'), []);
    assert.deepEqual(notTold(having(sample, 'unknown')), []);
    assert.ok(having(sample, 'holds').length > 250, String(having(sample, 'holds').length));
  });

  it('is asked of every server, by the bare endpoint', () => {
    assert.equal(sample.told.means, 'endpoint');
    assert.equal(sample.told.shell?.split('.')[0], '5');
    assert.deepEqual(
      sample.told.servers.map(({ reached, windows, exchange }) => [reached, windows, exchange]),
      [...Array.from({ length: 3 }, () => [true, '10.0.20348', '15.2.1748.10']), [true, '10.0.14393', '15.1.2507.6']],
    );
  });

  it('is written without a name of the organization, a server or a connector, and without a thumbprint', async () => {
    const state = sampleOrganization();
    const down = await ask(engine, { ...state, servers: state.servers.map((one, at) => ({ ...one, down: at === 2 })) });
    for (const { text } of [sample, down]) {
      assert.doesNotMatch(text, /SERVER\d|mydomain|contoso|frontend|outbound/i);
      // the hash of the script is 64 digits
      assert.doesNotMatch(text.replace(/"script":"[0-9a-f]{64}"/, ''), /[0-9a-f]{40}/i);
    }
  });

  it('is unknown, never held, on a server that is down and where no session to Exchange can be made', async () => {
    const state = sampleOrganization();
    const down = await ask(engine, { ...state, servers: state.servers.map((one) => ({ ...one, down: true })) });
    assert.equal(down.told.means, null);
    assert.deepEqual(down.judged.filter((one) => one.place !== 'here' && one.verdict !== 'unknown').map(named), []);
    const half = await ask(engine, { ...state, servers: state.servers.map((one, at) => ({ ...one, down: at === 3 })) });
    assert.deepEqual(half.judged.filter((one) => one.place === 'server' && one.verdict !== 'unknown').map(named), []);
  });

  it('answers what is asked and nothing else', () => {
    assert.deepEqual(onlyAsked(assumptions(), sample.told), sample.told);
  });

  it('fails for a type, and for a member, that this .NET has not', async () => {
    const { told } = await ask(engine, sampleOrganization(), (text) =>
      text.replace("'Math Max Min'", "'Math Maxi Min'").replace("'Security.SecureString'", "'Security.SecureStrong'"),
    );
    const missing = told.here.filter(({ holds }) => holds !== true).map(({ of, name, holds }) => [of, name, holds]);
    assert.deepEqual(missing, [
      ['Math', 'Maxi', false],
      ['Security.SecureStrong', null, false],
    ]);
  });

  it('fails for each of ten rows that are made false in the lab, and for no other', async () => {
    const rows = {
      commands: ['Get-HybridConfiguration', 'Restart-WebAppPool'],
      parameters: [
        'Set-SendConnector -TlsCertificateName',
        'Enable-ExchangeCertificate -DoNotRequireSsl',
        'Get-WebBinding -Protocol',
        'Import-PfxCertificate -Password',
      ],
      properties: [
        'SendConnector.Guid',
        'TransportService.InternalTransportCertificateThumbprint',
        'AuthConfig.NextCertificateThumbprint',
        'OperatingSystem.Version',
      ],
    };
    const lab = await falsify(rows);
    const other = startEngine({ program: lab.program });
    try {
      const asked = await ask(other);
      const wanted = [
        'exchange: Get-HybridConfiguration',
        'server: Restart-WebAppPool',
        'exchange: Set-SendConnector TlsCertificateName',
        'exchange: Enable-ExchangeCertificate DoNotRequireSsl',
        'server: Get-WebBinding Protocol',
        'server: Import-PfxCertificate Password',
        'exchange: Get-SendConnector Guid',
        'exchange: Get-TransportService InternalTransportCertificateThumbprint',
        'exchange: Get-AuthConfig NextCertificateThumbprint',
        'server: Win32_OperatingSystem Version',
      ];
      assert.deepEqual([...having(asked, 'fails')].sort(), wanted.sort());
    } finally {
      await other.close();
      await lab.remove();
    }
  });
});

// One engine and one sample organization for the tests of a file, and a run in it by a line.
import { after, before } from 'mocha';
import { type Engine, type Run, type RunResult, startEngine } from '../lab/engine';
import { sampleOrganization } from '../lab/organization';

export interface SampleEngine {
  readonly engine: Engine;
  readonly organization: string;
  /** Runs text on the workstation unless told otherwise. */
  run(script: string, more?: Omit<Run, 'script'>): Promise<RunResult>;
}

/** Call it inside `describe`; what it gives is filled before the first test. */
export function sampleEngine(): SampleEngine {
  let engine: Engine | undefined;
  let organization = '';
  const started = (): Engine => {
    if (!engine) {
      throw new Error('the engine has not started yet');
    }
    return engine;
  };
  before(async function () {
    this.timeout(180_000);
    engine = startEngine();
    organization = await engine.newOrganization(sampleOrganization());
  });
  after(async () => {
    await engine?.close();
  });
  return {
    get engine() {
      return started();
    },
    get organization() {
      return organization;
    },
    run: (script, more = {}) => started().run({ organization, script, ...more }),
  };
}

/** Lines that open a session and import the Exchange commands, as the product's scripts do. */
export const exchange = `$exchange = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://server2.mydomain.com/PowerShell/ -Authentication Kerberos
$null = Import-PSSession $exchange -DisableNameChecking
`;

/** A line that opens a session on SERVER1. */
export const server1 = '$server = New-PSSession -ComputerName server1.mydomain.com\n';

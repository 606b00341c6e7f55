// Holds the rows of *Check Assumptions* against the table of the lab and against the scripts: what one relies on, all have.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Thumbprint } from '../../src/model/names';
import { assumptions } from '../../src/powershell/assumptions';
import { dotNetTypes } from '../../src/powershell/dotNet';
import { exchangeReads, serverReads } from '../../src/powershell/readProperties';
import { renderProbeScript } from '../../src/powershell/probeScript';
import { renderSession } from '../../src/powershell/renderSession';
import { renderStep } from '../../src/powershell/renderStep';
import { gateContext } from '../engine/gateContext';
import { allSteps } from '../engine/scriptSteps';

interface Table {
  readonly cmdlets: Readonly<Record<string, { readonly parameters: readonly { readonly name: string }[] }>>;
  readonly results: Readonly<Record<string, { readonly properties: readonly { readonly name: string }[] }>>;
}

const table = JSON.parse(readFileSync(path.resolve(__dirname, '../../../test/lab/module/table.json'), 'utf8')) as Table;

/** Programs of Windows, and commands of Windows PowerShell that are found on servers too: the lab has them of its engine. */
const noRows = ['icacls'];
/** Objects of .NET and of providers, which the lab makes itself. */
const noShapes = ['Cert:', 'CspKeyContainerInfo', 'Get-Acl', 'IIS:\\SslBindings'];
const shapeOf = (of: string): string =>
  ({ Win32_OperatingSystem: 'OperatingSystem', 'Export-ExchangeCertificate': 'ExchangeCertificateExport' })[of] ??
  of.replace('Get-', '');

const [a, b, internal] = ['A', 'B', 'C'].map((digit) => digit.repeat(40) as Thumbprint) as [
  Thumbprint,
  Thumbprint,
  Thumbprint,
];
const scripts = [
  renderSession(),
  renderProbeScript(gateContext('SERVER1').wanted, { from: 'SERVER2', endpoints: [], milliseconds: 1000 }),
  ...allSteps(a, b, internal, 'SEND').map((step) => renderStep(step, gateContext('SERVER1')) ?? ''),
].join('\n');

describe('the rows of Check Assumptions', () => {
  it('of Exchange and the servers are rows of the lab’s table: commands and parameters', () => {
    const missing = assumptions()
      .filter(({ place, kind, of }) => place !== 'here' && /command|parameter/.test(kind) && !noRows.includes(of))
      .filter(({ of, name }) => {
        const cmdlet = table.cmdlets[of];
        return cmdlet === undefined || (name !== null && !cmdlet.parameters.some((row) => row.name === name));
      });
    assert.deepEqual(missing, []);
  });

  it('of properties are rows of the lab’s results', () => {
    const missing = assumptions()
      .filter(({ kind, of }) => kind === 'property' && !noShapes.includes(of))
      .filter(({ of, name }) => !table.results[shapeOf(of)]?.properties.some((row) => row.name === name));
    assert.deepEqual(missing, []);
  });

  it('ask for nothing twice', () => {
    const keys = assumptions().map(({ place, kind, of, name }) => [place, kind, of, name].join(' '));
    assert.deepEqual(keys, [...new Set(keys)]);
  });

  it('ask only for properties that a script reads', () => {
    const unread = [...exchangeReads, ...serverReads].flatMap(({ of, properties }) =>
      properties.filter((name) => !new RegExp(`\\.${name}\\b|'${name}'`).test(scripts)).map((name) => `${of} ${name}`),
    );
    assert.deepEqual(unread, []);
  });

  it('ask only for types and members that a script names', () => {
    const unnamed = dotNetTypes.flatMap(({ name, members }) => [
      ...(scripts.includes(`[${name}]`) || scripts.includes(`-TypeName ${name}`) ? [] : [name]),
      ...members.filter((member) => !scripts.includes(`]::${member.replace('()', '(')}`)),
    ]);
    assert.deepEqual(unnamed, []);
  });
});

// Every PowerShell text that the product writes or types, in each of its forms: plain names, hostile ones, the last import, no pinned controller.
import { type Thumbprint } from '../../src/model/names';
import { renderAssumptionsScript } from '../../src/powershell/assumptionsScript';
import {
  openOrganizationLine,
  openServerLine,
  renderOpenOrganization,
  renderOpenServer,
} from '../../src/powershell/openSession';
import { preflightLine } from '../../src/powershell/preflightLine';
import { runLine } from '../../src/powershell/runLine';
import { renderProbeScript } from '../../src/powershell/probeScript';
import { renderSession } from '../../src/powershell/renderSession';
import { renderSnapshotScript, renderStep } from '../../src/powershell/renderStep';
import { type ScriptContext } from '../../src/powershell/scriptContext';
import { type Snippet, snippets } from '../../src/powershell/snippets';
import { type Text } from '../witness/witness';
import { gateContext } from './gateContext';
import { allSteps, hostile } from './scriptSteps';

const [a, b, internal] = ['A', 'B', 'C'].map((digit) => digit.repeat(40)) as [Thumbprint, Thumbprint, Thumbprint];

/** A snippet's body as the editor inserts it, with the default or a given text at each tab stop. */
export function filled({ body }: Snippet, values: Readonly<Record<string, string>> = {}): string {
  return body
    .join('\n')
    .replace(/\$\{(\d+):((?:\\.|[^}\\])*)\}/g, (_, stop: string, text: string) => values[stop] ?? text)
    .replace(/\\([$}\\])/g, '$1');
}

function family(label: string, context: ScriptContext, name: string, last: boolean): readonly Text[] {
  const { wanted } = context;
  const steps = allSteps(a, b, internal, name).map((step, index) => ({
    name: `${label} ${step.kind} (${index})`,
    script: renderStep(step, { ...context, lastImport: last ? step.id : null, lastBackUp: last ? step.id : null })!,
  }));
  const { address, fqdn } = wanted.servers[0]!;
  const endpoints = [
    { protocol: 'smtp', host: address, port: 25, servername: fqdn },
    { protocol: 'https', host: address, port: 443, servername: fqdn },
  ] as const;
  return [
    ...steps,
    { name: `${label} snapshot`, script: renderSnapshotScript(wanted) },
    { name: `${label} assumptions`, script: renderAssumptionsScript(wanted) },
    { name: `${label} open organization`, script: renderOpenOrganization(wanted) },
    { name: `${label} open server`, script: renderOpenServer(wanted.servers[0]!) },
    {
      name: `${label} look from elsewhere`,
      script: renderProbeScript(wanted, { from: 'SERVER2', endpoints, milliseconds: 30_000 }),
    },
  ];
}

export function renderedTexts(): readonly Text[] {
  const plain = gateContext('server1.mydomain.com');
  const script = "C:\\rotation\\o'neil\\step.ps1";
  return [
    { name: 'session.ps1', script: renderSession() },
    ...family('plain', plain, 'SEND', false),
    ...family('last', plain, 'SEND', true),
    ...family('hostile', gateContext(hostile), hostile, true),
    ...family('unpinned', { ...plain, domainController: null }, 'SEND', false),
    { name: 'line preflight', script: preflightLine() },
    {
      name: 'line run',
      script: runLine({ script, run: '0123456789abcdef', pfx: 'C:\\a.pfx', keyFolder: 'C:\\keys' }),
    },
    { name: 'line by hand', script: runLine({ script }) },
    { name: 'line open organization', script: openOrganizationLine(script) },
    { name: 'line open server', script: openServerLine(script) },
    ...snippets.map((snippet) => ({ name: `snippet ${snippet.prefix}`, script: filled(snippet) })),
  ].map(({ name, script: text }) => ({ name, script: text.replace('\uFEFF', '') }));
}

// What the steps of one server have in common: their values and the words of their header.
import type { Step, StepKind, StepOf } from '../../model/plan';
import { quote } from '../quote';
import { exchangeAddresses, type ScriptContext, wantedServer } from '../scriptContext';
import type { Script, ScriptValue } from '../script';

/** Renders the steps of one kind; throws a RangeError for data that no plan makes (a server that is not configured). */
export type StepRenderer<Kind extends StepKind> = (step: StepOf<Kind>, context: ScriptContext) => Script;

/** The server a step acts on; a step of such a kind always names one. */
export function targetServer(step: Step, { wanted }: ScriptContext): { name: string; fqdn: string } {
  const { name, fqdn } = wantedServer(wanted, step.target.server ?? '');
  return { name, fqdn };
}

/** The values every script of one server begins with: where to connect, which server, which certificate. */
export function serverValues(step: Step, context: ScriptContext): Readonly<Record<string, ScriptValue>> {
  const server = wantedServer(context.wanted, step.target.server ?? '');
  return {
    exchange: exchangeAddresses(context.wanted, server),
    domainController: context.domainController ?? '',
    server: targetServer(step, context),
    thumbprint: step.thumbprint,
  };
}

/** The name of a server's backup in the key folder. */
export function backUpFile({ thumbprint, target }: Step): string {
  return `${thumbprint}-${target.server ?? ''}.pfx`;
}

/** The values of a script on the organization. */
export function organizationValues(context: ScriptContext): Readonly<Record<string, ScriptValue>> {
  return {
    exchange: exchangeAddresses(context.wanted, null),
    domainController: context.domainController ?? '',
  };
}

/** Every server of the configuration, as the scripts take them. */
export function allServers({ wanted }: ScriptContext): readonly { name: string; fqdn: string }[] {
  return wanted.servers.map(({ name, fqdn }) => ({ name, fqdn }));
}

/** The command that gives a connector, or the hybrid configuration, its former name back. */
export function connectorUndo(command: string, identity: string | null, from: string): string {
  const named = identity === null ? '' : ` -Identity ${quote(identity)}`;
  return `${command}${named} -TlsCertificateName ${from === '' ? '$null' : quote(from)}`;
}

/** The name under which the plan looks for a watch that was kept to its end. */
export function watchedName(step: Step): string {
  const check = step.after.find((one) => one.check === 'watched');
  return check?.check === 'watched' ? check.name : (step.target.connector ?? step.kind);
}

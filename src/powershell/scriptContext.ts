// What a step's script needs besides the step itself: all of it data that stands in the script's first lines.
import type { Plan, StepKind } from '../model/plan';
import { type ServerName, sameName } from '../model/names';
import type { Rotation } from '../model/rotation';
import type { Wanted, WantedServer } from '../model/wanted';

export interface ScriptContext {
  readonly rotation: Rotation;
  readonly wanted: Wanted;
  /** The one domain controller that a rotation reads and writes; null: not pinned, because no snapshot told one. */
  readonly domainController: string | null;
  /** Id of the plan's last import: after it the terminal forgets the PFX password. */
  readonly lastImport: string | null;
  /** Id of the plan's last back up: after it the terminal forgets the backup password. */
  readonly lastBackUp: string | null;
}

/** The context of every step of `plan`; `found.domainController` is the one the snapshot was read from. */
export function scriptContext(
  plan: Plan,
  rotation: Rotation,
  wanted: Wanted,
  found: { readonly domainController: string | null },
): ScriptContext {
  const last = (kind: StepKind): string | null =>
    plan.phases
      .flatMap((phase) => (phase.deferred === true ? [] : phase.steps))
      .filter((step) => step.kind === kind)
      .at(-1)?.id ?? null;
  return {
    rotation,
    wanted,
    domainController: found.domainController,
    lastImport: last('import'),
    lastBackUp: last('back-up'),
  };
}

/** The server of the configuration by that name; throws a RangeError where there is none, which a plan never asks for. */
export function wantedServer(wanted: Wanted, name: ServerName): WantedServer {
  const server = wanted.servers.find((one) => sameName(one.name, name));
  if (server === undefined) {
    throw new RangeError(`The configuration names no server ${name}.`);
  }
  return server;
}

/**
 * The addresses a script may connect to for Exchange: those of the server being changed are left out, because its
 * sessions end when its web services do; only where the configuration has no other address they stay.
 */
export function exchangeAddresses(wanted: Wanted, changed: WantedServer | null): readonly string[] {
  const others = wanted.remoting.exchange.filter((address) => changed === null || !isOf(address, changed));
  return others.length > 0 ? others : wanted.remoting.exchange;
}

/** Whether `address` is one of `server`'s: by its full name, its address or its bare name. */
function isOf(address: string, server: WantedServer): boolean {
  const host = /^[a-z]+:\/\/([^/:]+)/i.exec(address)?.[1] ?? address;
  const bare = host.split('.')[0] ?? host;
  return [server.fqdn, server.address].some((name) => sameName(name, host)) || sameName(server.name, bare);
}

// The name of a step's script: a pure function of the step, so that a new plan never renames a file.
import type { ServerName } from '../model/names';
import type { Phase, StepKind, Target } from '../model/plan';
import type { Rotation } from '../model/rotation';
import { phases } from '../model/phases';
import { stepKinds } from '../model/stepKinds';

/** `scripts/stage-20004-import-SERVER4-3f9a01c2.ps1`: at most 109 characters of `[A-Za-z0-9_-]`, valid on Windows. */
export function scriptPath(
  phase: Phase,
  step: { readonly kind: StepKind; readonly target: Target; readonly id: string },
  rotation: Rotation,
): string {
  const { server } = step.target;
  const serverPlace = server === undefined ? 0 : serverPlaceOf(rotation, server);
  const kind = String(stepKinds[step.kind].place).padStart(2, '0');
  const place = String(serverPlace).padStart(3, '0');
  const order = phases[phase].serverByServer ? `${place}${kind}` : `${kind}${place}`;
  const where = (server ?? 'organization').replace(/[^A-Za-z0-9-]/g, '_').slice(0, 30);
  return `scripts/${phase}-${order}-${step.kind}-${where}-${step.id}.ps1`;
}

const serverPlaces = new WeakMap<Rotation, ReadonlyMap<string, number>>();

/** 1 for the first server of the rotation; 0 for one that is none of its. */
export function serverPlaceOf(rotation: Rotation, server: ServerName): number {
  const known =
    serverPlaces.get(rotation) ?? new Map(rotation.servers.map((name, at) => [name.toUpperCase(), at + 1] as const));
  serverPlaces.set(rotation, known);
  return known.get(server.toUpperCase()) ?? 0;
}

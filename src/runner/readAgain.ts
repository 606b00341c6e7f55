// Reads a rotation again before something of it begins: a dialog or a write gave others time to change it.
import type { KnownRotation, RotationPort } from './port';
import type { Stop } from './stop';

/** The rotation as it is now, or why nothing of it may begin. */
export async function readAgain(rotation: RotationPort): Promise<KnownRotation | Stop> {
  await rotation.refresh();
  return mayBegin(rotation.known());
}

/** `known` where something of it may begin. */
export function mayBegin(known: KnownRotation | undefined): KnownRotation | Stop {
  if (known === undefined) return { stop: 'rotation-closed' };
  return known.mayBegin === true ? known : { stop: 'changed-elsewhere', why: known.mayBegin };
}

// What the scripts rely on, from the catalogue: every command with its parameters, every property they read, every .NET type.
import type { Assumption, AssumptionPlace } from '../model/assumptions';
import { cmdlets, type Cmdlet } from './cmdlets';
import { dotNetTypes, type DotNetType } from './dotNet';
import { exchangeReads, type ReadObject, serverReads } from './readProperties';

const placeOf = { everywhere: 'here', exchange: 'exchange', server: 'server' } as const;

/** The commands asked for at a place. */
export function commandsAt(place: AssumptionPlace): readonly Cmdlet[] {
  return cmdlets.filter((cmdlet) => placeOf[cmdlet.place] === place);
}

/** The .NET types asked for at a place; a session to Exchange has no language to name one in. */
export function typesAt(place: AssumptionPlace): readonly DotNetType[] {
  if (place === 'exchange') return [];
  return dotNetTypes.filter(({ onServers }) => place === 'here' || onServers === true);
}

/** The objects looked at in a place. */
export function readsAt(place: AssumptionPlace): readonly ReadObject[] {
  return { here: [], exchange: exchangeReads, server: serverReads }[place];
}

/** Every row, in the order the script answers them. */
export function assumptions(): readonly Assumption[] {
  return (['here', 'exchange', 'server'] as const).flatMap((place) => [
    ...commandsAt(place).flatMap(({ name: of, parameters }) => [
      { place, kind: 'command', of, name: null } as const,
      ...parameters.map((name) => ({ place, kind: 'parameter', of, name }) as const),
    ]),
    ...typesAt(place).flatMap(({ name: of, members }) => [
      { place, kind: 'type', of, name: null } as const,
      ...members.map((member) => ({ place, kind: 'member', of, name: member.replace('()', '') }) as const),
    ]),
    ...readsAt(place).flatMap(({ of, properties }) =>
      properties.map((name) => ({ place, kind: 'property', of, name }) as const),
    ),
  ]);
}

// What a lock file may hold: packages of the one registry, each with its hash, and none that runs a script unnamed, as findings.

export interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

export interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const registry = 'https://registry.npmjs.org/';

/** Every breach in one lock file, one sentence each; `scripted` are the packages known to have an install script. */
export function lockBreaches({ packages }: Lock, scripted: readonly string[]): readonly string[] {
  const rows = Object.entries(packages).filter(([place]) => place !== '');
  const withScript = rows.flatMap(([place, { hasInstallScript }]) =>
    hasInstallScript === true ? [nameOf(place)] : [],
  );
  return [
    ...rows.flatMap(([place, row]) => breachesOf(place, row)),
    ...withScript
      .filter((name) => !scripted.includes(name))
      .map((name) => `${name} has an install script, and is not named as one that has`),
    ...scripted.filter((name) => !withScript.includes(name)).map((name) => `${name} has no install script any more`),
  ];
}

function breachesOf(place: string, { version, integrity, resolved, link }: Locked): readonly string[] {
  return [
    ...(link === true || !place.startsWith('node_modules/') ? [`${place} is a folder of this machine`] : []),
    ...(version === undefined ? [`${place} has no version`] : []),
    // a package that is not of a registry has no hash: npm checks nothing of it
    ...(/^sha512-[\w+/]{86}==$/.test(integrity ?? '') ? [] : [`${place} has no SHA-512 hash`]),
    // without an address npm asks the registry that is set
    ...(resolved === undefined || resolved.startsWith(registry) ? [] : [`${place} comes from ${resolved}`]),
  ];
}

const nameOf = (place: string): string => place.replace(/^.*node_modules\//, '');

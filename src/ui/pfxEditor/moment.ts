// Something that happens once, and that others wait for.

export interface Moment {
  readonly has: Promise<void>;
  /** Later calls do nothing. */
  readonly come: () => void;
}

export function moment(): Moment {
  let come: () => void = () => undefined;
  const has = new Promise<void>((resolve) => (come = resolve));
  return { has, come };
}

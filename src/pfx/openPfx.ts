// Opens a PKCS#12 file with a password and comes back with exactly one of six outcomes.
import { timingSafeEqual } from 'node:crypto';
import { DerError, newBudget, type DerBudget } from '../certificate/der';
import { cipherByOid } from './algorithms';
import { decrypt, type Runtime } from './cipher';
import { readBags, readContainer, type Bag, type Container } from './container';
import { createDeriver, type Progress } from './deriver';
import { describeBags, principalsOf, summarize, type Described } from './describe';
import { assemble, type KeyBag } from './assemble';
import { hmac } from './digest';
import { defaultLimits, nothingSeen, type PfxLimits, type PfxNote, type PfxOutcome, type PfxSummary } from './outcome';
import { passwordForms, wipe, type PasswordForm } from './password';
import { readPrivateKey } from './privateKey';
import { DamagedError, LimitError, UndecryptableError, UnsupportedError } from './problems';
import { beginsAsPfx, hasChangedLineEnds, hasReplacedBytes, recognize } from './recognize';
import { describeMac, type Mac, type Scheme } from './scheme';

export interface OpenOptions {
  readonly limits?: PfxLimits;
  readonly progress?: Progress;
  /** `avoid` behaves as in a runtime without the ciphers this product has a fallback for. */
  readonly runtime?: Runtime;
}

/** What the steps of one opening share. */
interface Opening extends Described {
  readonly budget: DerBudget;
  readonly runtime: Runtime;
  forms: readonly PasswordForm[];
  readonly notes: PfxNote[];
}

class WrongPassword extends Error {}

/** Opens `bytes`; `password` is UTF-8 and is overwritten. Never throws for what stands in the file. */
export async function openPfx(bytes: Uint8Array, password: Uint8Array, options: OpenOptions = {}): Promise<PfxOutcome> {
  const { limits = defaultLimits, progress = () => undefined, runtime = 'prefer' } = options;
  if (bytes.length > limits.bytes) {
    return { kind: 'refused', limit: 'size', allowed: limits.bytes, found: bytes.length, ...nothingSeen };
  }
  if (!beginsAsPfx(bytes)) return { kind: 'not-pkcs12', what: recognize(bytes) };
  const endsInLineBreak = password.at(-1) === 0x0a || password.at(-1) === 0x0d;
  const forms = passwordForms(password);
  const deriver = createDeriver(limits, runtime, progress);
  const opening: Opening = {
    deriver,
    budget: newBudget(limits.elements, limits.depth),
    runtime,
    forms,
    encryption: [],
    oddities: new Set(),
    notes: [],
  };
  let summary: PfxSummary = nothingSeen;
  let principals: readonly string[] | undefined;
  try {
    const container = readContainer(bytes, opening.budget);
    judgeCount(
      container.safes.flatMap((safe) => (safe.kind === 'plain' ? safe.bags : [])),
      limits,
    );
    summary = summarize(container, opening);
    principals = principalsOf(container);
    return await openContainer(
      container,
      opening,
      limits,
      () => (summary = { ...summary, encryption: opening.encryption, oddities: [...opening.oddities] }),
    );
  } catch (error) {
    if (error instanceof WrongPassword && principals !== undefined)
      return { kind: 'protected-for', principals, ...summary };
    if (error instanceof WrongPassword) {
      return hasChangedLineEnds(bytes)
        ? { kind: 'not-pkcs12', what: 'text-transfer' }
        : { kind: 'wrong-password', endsInLineBreak, ...summary };
    }
    return failure(error, bytes, limits, summary);
  } finally {
    wipe(forms);
    deriver.wipe();
  }
}

function failure(error: unknown, bytes: Uint8Array, limits: PfxLimits, summary: PfxSummary): PfxOutcome {
  if (error instanceof LimitError) return { kind: 'refused', ...error.limit, ...summary };
  if (error instanceof UnsupportedError)
    return { kind: 'unsupported', algorithm: error.algorithm, oid: error.oid, ...summary };
  if (error instanceof DamagedError) return { kind: 'damaged', where: error.message, ...summary };
  if (!(error instanceof DerError)) throw error;
  if (error.reason === 'too-deep')
    return { kind: 'refused', limit: 'depth', allowed: limits.depth, found: null, ...summary };
  if (error.reason === 'too-many-elements') {
    return { kind: 'refused', limit: 'elements', allowed: limits.elements, found: null, ...summary };
  }
  if (hasReplacedBytes(bytes) || hasChangedLineEnds(bytes)) return { kind: 'not-pkcs12', what: 'text-transfer' };
  return { kind: 'damaged', where: error.message, ...summary };
}

async function openContainer(
  container: Container,
  opening: Opening,
  limits: PfxLimits,
  described: () => void,
): Promise<PfxOutcome> {
  const { mac, safes, trailing, version } = container;
  if (version !== 3) opening.notes.push({ code: 'other-version', version });
  if (trailing > 0) opening.notes.push({ code: 'trailing-bytes', count: trailing });
  startAhead(container, opening);
  if (mac === null) opening.notes.push({ code: 'no-mac' });
  else await useForm(container, mac, opening);
  const bags: Bag[] = [];
  for (const [at, safe] of safes.entries()) {
    if (safe.kind === 'plain') {
      for (const bag of safe.bags) bags.push(bag);
      continue;
    }
    const inside = await unlock(safe.scheme, safe.data, (plain) => readBags(plain, opening.budget), opening);
    if (inside === undefined) {
      if (mac === null) throw new WrongPassword();
      throw new DamagedError(`part ${at + 1} of ${safes.length} can't be decrypted, although the password is right`);
    }
    describeBags(inside, false, opening);
    for (const bag of inside) bags.push(bag);
  }
  described();
  judgeCount(bags, limits);
  const principals = principalsOf(container);
  if (principals !== undefined) opening.notes.push({ code: 'protected-for', principals });
  const keys = await openKeys(bags, mac !== null || safes.some(({ kind }) => kind === 'encrypted'), opening);
  return {
    kind: 'opened',
    encryption: opening.encryption,
    mac: mac === null ? null : describeMac(mac),
    oddities: [...opening.oddities],
    ...assemble(bags, keys, opening.notes),
  };
}

/** Many small parts cost as much as one large: each certificate is verified, each key derived for. */
function judgeCount(bags: readonly Bag[], limits: PfxLimits): void {
  const found = bags.filter(({ kind }) => kind !== 'skipped' && kind !== 'protected-password').length;
  if (found > limits.certificates) throw new LimitError({ limit: 'certificates', allowed: limits.certificates, found });
}

/** Sets the slow PBKDF2 derivations going, so that they run beside the MAC's. */
function startAhead({ safes }: Container, { deriver, forms }: Opening): void {
  const [form] = forms;
  const schemes = safes.flatMap((safe) =>
    safe.kind === 'encrypted'
      ? [safe.scheme]
      : safe.bags.flatMap((bag) => (bag.kind === 'encrypted-key' ? [bag.scheme] : [])),
  );
  for (const scheme of schemes) {
    if (form !== undefined && scheme.kind === 'pbes2') deriver.keyAndIv(scheme, form).catch(() => undefined);
  }
}

/** Keeps the form of the password the MAC holds for. Throws WrongPassword, or DerError when the password opens what the MAC denies. */
async function useForm(container: Container, mac: Mac, opening: Opening): Promise<void> {
  const { forms, budget } = opening;
  for (const form of forms) {
    if (!(await macHolds(container.authenticated, mac, form, opening))) continue;
    if (form.kind === 'null') opening.notes.push({ code: 'null-password' });
    if (form.kind === 'old-openssl') opening.notes.push({ code: 'old-password-encoding' });
    // a MAC proves one of the two encodings only; the empty password's other one is none
    const proven = (one: PasswordForm) => (mac.kind === 'pbmac1' ? one.utf8 : one.bmp);
    opening.forms = [form, ...forms.filter((other) => other !== form && proven(other) === proven(form))];
    return;
  }
  for (const safe of container.safes) {
    const opens =
      safe.kind === 'encrypted'
        ? await unlock(safe.scheme, safe.data, (plain) => readBags(plain, budget), opening)
        : await firstKey(safe.bags, opening);
    if (opens !== undefined) {
      throw new DamagedError('the integrity check fails, although the password opens the content');
    }
  }
  throw new WrongPassword();
}

function firstKey(bags: readonly Bag[], opening: Opening): Promise<unknown> {
  const bag = bags.find(({ kind }) => kind === 'encrypted-key');
  return bag?.kind === 'encrypted-key'
    ? unlock(bag.scheme, bag.data, readPrivateKey, opening)
    : Promise.resolve(undefined);
}

async function macHolds(authenticated: Uint8Array, mac: Mac, form: PasswordForm, opening: Opening): Promise<boolean> {
  const key = await opening.deriver.macKey(mac, form);
  const computed = hmac(mac.digest, key, authenticated, opening.runtime);
  return computed.length === mac.value.length && timingSafeEqual(computed, mac.value);
}

/** What `read` makes of the decrypted bytes, by the first form of the password that gives sense; undefined when none does. */
async function unlock<T>(
  scheme: Scheme,
  data: Uint8Array,
  read: (plain: Uint8Array) => T,
  opening: Opening,
): Promise<T | undefined> {
  for (const form of opening.forms) {
    try {
      const { key, iv } = await opening.deriver.keyAndIv(scheme, form);
      const plain = decrypt(scheme.cipher, key, iv, data, opening.runtime);
      if (plain === undefined) throw new UnsupportedError(scheme.cipher, oidOf(scheme));
      return read(plain);
    } catch (error) {
      const senseless =
        error instanceof UndecryptableError || (error instanceof DerError && error.reason !== 'too-many-elements');
      if (!senseless) throw error;
    }
  }
  return undefined;
}

function oidOf({ cipher }: Scheme): string {
  return Object.entries(cipherByOid).find(([, name]) => name === cipher)?.[0] ?? '';
}

/** The private keys, decrypted. A key under a password of its own (Java's habit) is a note, once something else proved the password. */
async function openKeys(bags: readonly Bag[], proven: boolean, opening: Opening): Promise<readonly KeyBag[]> {
  const keys: KeyBag[] = [];
  for (const bag of bags) {
    if (bag.kind === 'unsupported-key')
      opening.notes.push({ code: 'key-unsupported', algorithm: bag.problem.algorithm, oid: bag.problem.oid });
    if (bag.kind === 'key') keys.push({ bag, pkcs8: Uint8Array.from(bag.pkcs8) });
    if (bag.kind !== 'encrypted-key') continue;
    const pkcs8 = await unlock(
      bag.scheme,
      bag.data,
      (plain) => (readPrivateKey(plain), Uint8Array.from(plain)),
      opening,
    );
    if (pkcs8 !== undefined) keys.push({ bag, pkcs8 });
    else if (proven || keys.length > 0) opening.notes.push({ code: 'key-other-password' });
    else throw new WrongPassword();
  }
  return keys;
}

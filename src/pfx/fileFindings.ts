// What is to be said of a PFX file as a whole: its keys, its chains, and what else stands in it.
import { certificatePool, chainOf, isSelfSigned, type Chain } from '../certificate/chain';
import type { AdvisedFinding } from '../model/certificate';
import { friendlyNameLimit } from '../model/friendlyName';
import { isLostKey } from './losses';
import type { OpenedPfx } from './outcome';

export function fileFindings(opened: OpenedPfx): readonly AdvisedFinding[] {
  return [...keyFindings(opened), ...markFindings(opened), ...chainFindings(opened)];
}

function finding(
  code: string,
  severity: AdvisedFinding['severity'],
  message: string,
  remedy: string | null = null,
): AdvisedFinding {
  return { code, severity, message, remedy };
}

function* keyFindings({ certificates, keys, notes }: OpenedPfx): Iterable<AdvisedFinding> {
  // of a key that could not be read a note tells: then the file has one
  const isLost = notes.some(({ code }) => isLostKey(code));
  if (certificates.length === 0) {
    yield finding(
      'no-certificates',
      'error',
      'The file holds no certificate.',
      'Export it again with its certificates.',
    );
  } else if (keys.length === 0 && !isLost) {
    yield finding('no-private-key', 'error', 'The file holds no private key.', 'Export it again with its private key.');
  }
  const stray = keys.filter(({ owned }) => !owned).length;
  if (stray > 0) {
    const message = `No certificate of the file belongs to ${stray === 1 ? 'a private key' : `${stray} private keys`} in it.`;
    yield finding('key-without-certificate', 'error', message, 'Export it again with the certificate of each key.');
  }
  if (keys.length > 1) {
    const message = `The file holds ${keys.length} private keys; say which certificate is meant.`;
    yield finding(
      'several-keys',
      'warning',
      message,
      'Where a tool takes the first silently, give it a file of one key.',
    );
  }
}

function* markFindings({ certificates, keys }: OpenedPfx): Iterable<AdvisedFinding> {
  if (keys.some(({ isForSigning }) => isForSigning)) {
    const message =
      'A private key is marked for signatures only (AT_SIGNATURE); a TLS server of Windows needs one for the exchange of keys.';
    yield finding(
      'key-for-signing',
      'error',
      message,
      'Convert it: the copy marks the key for exchange (AT_KEYEXCHANGE).',
    );
  }
  const names = new Set([...certificates, ...keys].flatMap(({ friendlyName }) => friendlyName ?? []));
  for (const name of names) {
    if (name.length <= friendlyNameLimit) continue;
    const message = `A friendly name has ${name.length.toLocaleString('en-US')} characters: ${name.slice(0, 40)}…; ${friendlyNameLimit} are sure to be kept.`;
    yield finding('friendly-name-long', 'warning', message, 'Convert it with a shorter friendly name.');
  }
}

function* chainFindings({ certificates }: OpenedPfx): Iterable<AdvisedFinding> {
  const pool = certificatePool(certificates.map(({ der }) => der));
  const owners = certificates.flatMap(({ key }, at) => (key === null ? [] : [at]));
  const chains = owners.map((at) => chainOf(pool, at));
  const isAlone = ({ order }: Chain) => order.length === 1;
  for (const issuer of issuersMissing(chains.filter(isAlone))) {
    const message = `The file does not hold the issuer ${issuer}: a server that lacks it can present no chain.`;
    yield finding(
      'chain-missing',
      'warning',
      message,
      'Export it again with its chain, or install the issuer on each server.',
    );
  }
  for (const issuer of issuersMissing(chains.filter((chain) => !isAlone(chain)))) {
    const message = `The chain ends below ${issuer}, which is not in the file; a root need not be in it, an intermediate should.`;
    yield finding('chain-incomplete', 'information', message);
  }
  if (chains.some(hasForeignRoot)) {
    const message = 'The file holds a root certificate; roots are not imported from a PFX.';
    yield finding('root-included', 'warning', message, 'Leave it out: convert the file without the root.');
  }
  const used = new Set(chains.flatMap(({ order }) => order));
  const surplus = owners.length === 0 ? [] : certificates.filter((_, at) => !used.has(at));
  if (surplus.length > 0) {
    const names = surplus.map(({ facts }) => facts.subject || facts.thumbprint).join('; ');
    yield finding('surplus-certificates', 'information', `Not part of the chain of any key: ${names}.`);
  }
  const thumbprints = certificates.map(({ facts }) => facts.thumbprint);
  if (new Set(thumbprints).size < thumbprints.length) {
    yield finding('duplicate-certificates', 'information', 'A certificate stands in the file more than once.');
  }
  for (const at of owners.filter((owner) => isSelfSigned(pool, owner))) {
    // of several, which one
    const which = owners.length === 1 ? 'The certificate' : (certificates[at]?.facts.subject ?? '');
    const message = `${which} is self-signed: only clients that were told so trust it.`;
    yield finding('self-signed', 'warning', message, 'Use one of an authority that clients trust.');
  }
}

function issuersMissing(chains: readonly Chain[]): ReadonlySet<string> {
  return new Set(chains.flatMap(({ missingIssuer }) => missingIssuer ?? []));
}

/** A root above the certificate; a self-signed certificate is not its own root here. */
function hasForeignRoot({ order, hasRoot }: Chain): boolean {
  return hasRoot && order.length > 1;
}

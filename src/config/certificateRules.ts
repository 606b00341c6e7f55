// Rules for the certificates: where each comes from, its names and its services.
import { friendlyName, friendlyNameLimit, friendlyNameParts, friendlyNamePlaceholders } from '../model/friendlyName';
import { parseThumbprint } from '../model/names';
import { oddCharacters } from '../model/oddCharacters';
import { isHostName } from './hosts';
import type { Placed } from './nodes';
import { problem } from './problem';
import { repeated, within, type Rule } from './rule';

/** Part of a folder's name, valid on Windows too. */
const certificateName = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9_-])?$/;
/** Any two dates will do: each part of a date is of the same length on every day. */
const someDates = { notBefore: '2025-09-24T00:00:00Z', notAfter: '2025-12-23T00:00:00Z' };

export const certificateRules: readonly Rule[] = [
  function* names({ certificates }) {
    for (const { name } of certificates) {
      if (name !== undefined && name.value !== '' && !certificateName.test(name.value)) {
        yield problem('bad-name', name.range, { of: 'certificate', value: name.value });
      }
    }
    for (const name of repeated(certificates.map((certificate) => certificate.name))) {
      yield problem('duplicate-certificate', name.range, { name: name.value });
    }
  },
  function* oneSource({ certificates }) {
    for (const { keys, head, thumbprint } of certificates) {
      if (keys.has('pfx') && keys.has('thumbprint')) {
        yield problem('two-certificate-sources', thumbprint?.range ?? head, {});
      } else if (!keys.has('pfx') && !keys.has('thumbprint')) yield problem('no-certificate-source', head, {});
    }
  },
  function* thumbprints({ certificates }) {
    for (const { thumbprint } of certificates) {
      if (thumbprint === undefined || thumbprint.value === '') continue;
      const { value, range } = thumbprint;
      const odd = oddCharacters(value);
      const parsed = parseThumbprint(value);
      if (parsed === undefined) {
        const digits = value.match(/[0-9A-F]/gi)?.length ?? 0;
        yield problem('bad-thumbprint', range, { digits, odd });
      } else if (value.toUpperCase() !== parsed) {
        yield problem('odd-characters-in-thumbprint', range, { odd, fixed: parsed });
      }
    }
  },
  function* pfxPatterns({ certificates }) {
    for (const { pfx } of certificates) {
      if (pfx === undefined) continue;
      const why = wrongWithPattern(pfx.value);
      const fixed = why === 'backslash' ? pfx.value.replace(/\\/g, '/') : null;
      if (why !== undefined) yield problem('bad-pfx-pattern', pfx.range, { why, fixed });
    }
  },
  function* friendlyNames({ certificates, text }) {
    for (const { friendlyName: pattern } of certificates) {
      if (pattern !== undefined) yield* patternProblems(pattern, text);
    }
  },
  function* namesAndServicesOnce({ certificates }) {
    for (const { services, hostnames } of certificates) {
      for (const list of [services, hostnames]) {
        for (const { value, range } of repeated(list)) yield problem('duplicate-item', range, { value });
      }
    }
  },
  function* hostnames({ certificates }) {
    for (const { value, range } of certificates.flatMap((certificate) => certificate.hostnames)) {
      if (value !== '' && !isHostName(value.replace(/^\*\./, ''))) yield problem('bad-host', range, { value });
    }
  },
];

function wrongWithPattern(pattern: string): 'absolute' | 'parent' | 'backslash' | 'address' | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(pattern)) return 'address';
  if (/^(?:[/~\\]|[a-z]:)/i.test(pattern)) return 'absolute';
  if (pattern.split(/[\\/]/).includes('..')) return 'parent';
  return pattern.includes('\\') ? 'backslash' : undefined;
}

function* patternProblems(pattern: Placed, text: string) {
  for (const part of friendlyNameParts(pattern.value)) {
    if (part.kind !== 'unknown') continue;
    const data = { placeholder: part.text, allowed: friendlyNamePlaceholders };
    yield problem('unknown-placeholder', within(pattern, part.text, text), data);
  }
  const { length } = friendlyName(pattern.value, someDates);
  if (length > friendlyNameLimit) {
    yield problem('friendly-name-too-long', pattern.range, { length, limit: friendlyNameLimit });
  }
  const characters = [...new Set(pattern.value.match(/[^\p{ASCII}]/gu))];
  if (characters.length > 0) yield problem('friendly-name-not-ascii', pattern.range, { characters });
}

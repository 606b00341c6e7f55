// Rules for the connectors: exact names, known certificates, and `{server}` where it belongs.
import { nearest } from '../model/nearest';
import { oddCharacters, withoutOddCharacters } from '../model/oddCharacters';
import { problem } from './problem';
import { repeated, within, type Rule } from './rule';

const placeholder = '{server}';
const mostSuggestions = 50;

export const connectorRules: readonly Rule[] = [
  function* namesOnce({ send, receive }) {
    for (const list of [send, receive]) {
      for (const name of repeated(list.map((connector) => connector.name))) {
        yield problem('duplicate-connector', name.range, { name: name.value });
      }
    }
  },
  function* knownCertificates({ certificates, send, receive }) {
    const names = new Set(certificates.flatMap(({ name }) => name?.value ?? []));
    const suggestions = new Map<string, readonly string[]>();
    for (const { certificate } of [...send, ...receive]) {
      if (certificate === undefined || certificate.value === '' || names.has(certificate.value)) continue;
      const { value: name, range } = certificate;
      // Each name is compared with all others once, and only so many are: a hostile file could make it long.
      const known = suggestions.get(name);
      const meant = known ?? (suggestions.size < mostSuggestions ? nearest(name, names) : []);
      suggestions.set(name, meant);
      yield problem('unknown-certificate', range, { name, nearest: meant });
    }
  },
  /** Names are compared exactly: what the eye cannot tell apart is told here. */
  function* lookAlikes({ send, receive, certificates }) {
    for (const name of [...send, ...receive, ...certificates.map(({ pfx }) => ({ name: pfx }))].map(
      (one) => one.name,
    )) {
      if (name === undefined) continue;
      const characters = oddCharacters(name.value);
      const fixed = withoutOddCharacters(name.value);
      if (characters.length > 0) yield problem('look-alike', name.range, { characters, fixed });
      if (fixed !== fixed.trim()) yield problem('blank-at-edge', name.range, { fixed: fixed.trim() });
    }
  },
  function* placeholders({ send, receive, text }) {
    for (const { name } of send) {
      if (name?.value.toLowerCase().includes(placeholder)) {
        yield problem('server-placeholder-in-send-connector', within(name, placeholder, text), {});
      }
    }
    for (const { name } of receive) {
      for (const [found] of name?.value.matchAll(/\{[^{}]{0,40}\}/g) ?? []) {
        if (name === undefined || found === placeholder) continue;
        yield problem('unknown-connector-placeholder', within(name, found, text), { placeholder: found });
      }
    }
  },
  function* partBehindTheBackslash({ receive }) {
    for (const { name } of receive) {
      if (name?.value.includes('\\'))
        yield problem('bad-name', name.range, { of: 'receive-connector', value: name.value });
    }
  },
  /** A default connector's name holds its server's: written out, it is found on that one server only. */
  function* oneServersName({ servers, receive }) {
    if (servers.length < 2) return;
    const names = new Map(
      servers.flatMap(({ name }) => (name === undefined ? [] : [[name.value.toUpperCase(), name.value]])),
    );
    for (const { name } of receive) {
      if (name === undefined || name.value.includes(placeholder) || name.value.includes('\\')) continue;
      const word = name.value.match(/[A-Za-z0-9_-]+/g)?.find((one) => names.has(one.toUpperCase()));
      if (word === undefined) continue;
      const fixed = name.value.replace(word, placeholder);
      yield problem('server-name-in-connector', name.range, { server: names.get(word.toUpperCase()) ?? word, fixed });
    }
  },
];

// The sentence for each problem of a configuration: what is wrong and what to do next.
import { l10n } from 'vscode';
import type { ConfigProblem, ConfigProblemCode, DataOf } from '../../config/problem';
import type { OddCharacter } from '../../model/oddCharacters';

type Words = { readonly [Code in ConfigProblemCode]: (data: DataOf<Code>) => string };

const list = (names: readonly string[]): string => names.join(', ');
const odd = (characters: readonly OddCharacter[]): string => list([...new Set(characters.map(({ name }) => name))]);
const meant = (nearest: readonly string[]): string =>
  nearest.length === 0 ? '' : ` ${l10n.t('Did you mean {0}?', list(nearest))}`;

const words: Words = {
  'too-large': ({ characters, limit }) =>
    l10n.t('The file has {0} characters; {1} are read at most.', characters, limit),
  unreadable: ({ why }) => l10n.t('The file cannot be read: {0}', why),
  'too-much-work': () =>
    l10n.t(
      'Reading the file takes more time or memory than any configuration does. Shorten it, or check where it comes from.',
    ),
  'too-deep': () => l10n.t('The text is nested too deeply to be a configuration.'),
  empty: () => l10n.t('The configuration is empty. "Create Configuration" writes a template.'),
  syntax: ({ detail }) => l10n.t('This is not YAML: {0}', detail),
  'tab-indentation': () => l10n.t('YAML does not allow tabs for indentation. Use spaces.'),
  'several-documents': () => l10n.t('A configuration is one YAML document. Remove what follows "---".'),
  'unknown-alias': ({ alias }) => l10n.t('The alias *{0} names nothing that stands before it.', alias),
  'too-many-aliases': () => l10n.t('There are too many aliases (*name). Write the values out.'),
  'too-many-problems': ({ shown }) =>
    shown === 0
      ? l10n.t('There are too many problems to list: this file is no configuration.')
      : l10n.t('There are more problems than the {0} that are shown.', shown),
  'duplicate-key': ({ key }) => l10n.t('The key "{0}" stands here twice.', key),
  'unknown-key': ({ key, nearest, allowed }) =>
    `${l10n.t('There is no key "{0}" here.', key)}${nearest.length > 0 ? meant(nearest) : ` ${l10n.t('Keys: {0}.', list(allowed))}`}`,
  'missing-key': ({ key }) => l10n.t('The key "{0}" is missing.', key),
  'wrong-type': ({ expected, source }) => l10n.t('{0} is expected here, not {1}.', expectation(expected), source),
  'not-one-of': ({ value, allowed, nearest }) =>
    `${l10n.t('"{0}" is none of: {1}.', value, list(allowed))}${meant(nearest)}`,
  'out-of-range': ({ minimum, maximum }) => l10n.t('The number must be from {0} to {1}.', minimum, maximum),
  'empty-text': () => l10n.t('The text is empty.'),
  'empty-list': ({ key }) => l10n.t('"{0}" needs at least one entry.', key),
  'too-long': ({ limit }) => l10n.t('The text is longer than {0} characters.', limit),
  'control-character': ({ codePoint }) => l10n.t('The control character {0} cannot stand in a name.', codePoint),
  'look-alike': ({ characters }) =>
    l10n.t(
      'This text holds {0}, which looks like another character. Exchange compares names exactly: keep it only if the name in Exchange has it.',
      odd(characters),
    ),
  'blank-at-edge': () => l10n.t('The text begins or ends with a blank.'),
  'secret-in-file': ({ key }) =>
    l10n.t(
      '"{0}" looks like a secret. Passwords are asked for where they are needed and never stand in a file: remove it, and change the password if this file was shared.',
      key,
    ),
  'private-key-in-file': () =>
    l10n.t('This file contains a private key. Remove it; if the file was shared, the key is no longer secret.'),
  'credentials-in-address': () =>
    l10n.t('The address carries a user name or password. Remove them: Kerberos signs in as you.'),
  'bad-name': ({ of, value }) => badName[of](value),
  'duplicate-server': ({ name }) => l10n.t('The server "{0}" is listed twice.', name),
  'duplicate-fqdn': ({ name }) => l10n.t('The server "{0}" has the same fqdn.', name),
  'duplicate-certificate': ({ name }) => l10n.t('The certificate "{0}" is listed twice.', name),
  'duplicate-connector': ({ name }) => l10n.t('The connector "{0}" is listed twice.', name),
  'duplicate-item': ({ value }) => l10n.t('"{0}" stands here twice.', value),
  'duplicate-endpoint': ({ address, port, other }) =>
    l10n.t('{0}:{1} is also an endpoint of {2}: a probe could not tell the two servers apart.', address, port, other),
  'unknown-certificate': ({ name, nearest }) =>
    `${l10n.t('No certificate entry is named "{0}".', name)}${meant(nearest)}`,
  'unknown-server': ({ name, nearest }) => `${l10n.t('No server is named "{0}".', name)}${meant(nearest)}`,
  'server-placeholder-in-send-connector': () =>
    l10n.t('Send connectors belong to the organization: "{server}" has no meaning in their name.'),
  'unknown-connector-placeholder': ({ placeholder }) =>
    l10n.t('"{0}" is not replaced; only "{server}" is.', placeholder),
  'server-name-in-connector': ({ server, fixed }) =>
    l10n.t('This names the connector of {0} only. Write "{1}" to mean the one of each server.', server, fixed),
  'no-certificate-source': () => l10n.t('The certificate needs "pfx" (a file pattern) or "thumbprint".'),
  'two-certificate-sources': () => l10n.t('"pfx" and "thumbprint" exclude each other. Keep one.'),
  'bad-thumbprint': ({ digits }) => l10n.t('A thumbprint has 40 hexadecimal digits; this one has {0}.', digits),
  'odd-characters-in-thumbprint': ({ odd: characters }) =>
    l10n.t('The thumbprint holds {0}, copied along unseen.', odd(characters)),
  'bad-pfx-pattern': ({ why }) =>
    ({
      absolute: l10n.t('The pattern must be relative to this file.'),
      parent: l10n.t('The pattern must stay within this folder: ".." is not followed.'),
      backslash: l10n.t('Write "/" instead of "\\" in a pattern.'),
      address: l10n.t('The pattern names files, not an address.'),
    })[why],
  'service-not-ours': ({ service, allowed }) =>
    l10n.t('{0} is never assigned by this tool. Services: {1}.', service, list(allowed)),
  'unknown-placeholder': ({ placeholder, allowed }) =>
    l10n.t('"{0}" is not replaced. Placeholders: {1}.', placeholder, list(allowed)),
  'friendly-name-too-long': ({ length, limit }) =>
    l10n.t('The friendly name would have {0} characters; Exchange takes {1}.', length, limit),
  'friendly-name-not-ascii': ({ characters }) =>
    l10n.t(
      'The friendly name holds {0}: plain ASCII is safer in the dialogs and scripts that show it.',
      list(characters),
    ),
  'bad-host': ({ value }) => l10n.t('"{0}" is neither a host name nor an address.', value),
  'fqdn-without-dot': ({ value }) => l10n.t('"{0}" has no domain. Kerberos needs the full name.', value),
  'nothing-probed': ({ server }) =>
    l10n.t('No endpoint of {0} is checked: a change there could only be read back, not proven.', server),
  'bad-remoting-address': ({ why }) =>
    ({
      'not-an-address': l10n.t('This is not an address like http://server1.example.com/PowerShell/.'),
      scheme: l10n.t('The address must begin with http:// or https://.'),
      query: l10n.t('The address must not carry a query or fragment.'),
    })[why],
  'remoting-not-fqdn': ({ host }) => l10n.t('"{0}" is not a full server name: Kerberos needs one.', host),
  'remoting-by-service-name': ({ host, certificate }) =>
    l10n.t(
      '"{0}" is a name of the certificate "{1}", so it may be the load balancer. Name a server.',
      host,
      certificate,
    ),
  'own-only-endpoint': ({ server }) =>
    l10n.t('{0} would be changed through itself. Add the address of another server.', server),
  'one-remoting-address': () => l10n.t('With a second address a rotation can go on while this server is changed.'),
};

/** One sentence for each kind of name: what is wrong with it differs. */
const badName: Readonly<Record<DataOf<'bad-name'>['of'], (value: string) => string>> = {
  server: (value) => l10n.t('"{0}" cannot be the name of a server.', value),
  certificate: (value) =>
    l10n.t('"{0}" cannot be the name of a certificate entry: letters, digits, dots, dashes and underscores.', value),
  'receive-connector': (value) =>
    l10n.t(
      '"{0}" cannot be the name of a receive connector: write it without the server and the backslash. Each server has its own connector of that name.',
      value,
    ),
};

/** The sentence for `problem`, as plain text. */
export function problemWords(problem: ConfigProblem): string {
  const say = words[problem.code] as (data: ConfigProblem) => string;
  return say(problem);
}

function expectation(expected: DataOf<'wrong-type'>['expected']): string {
  return {
    text: l10n.t('Text'),
    number: l10n.t('A number'),
    list: l10n.t('A list'),
    mapping: l10n.t('A mapping (key: value)'),
  }[expected];
}

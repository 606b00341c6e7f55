// Each rule of the configuration finds what it is for, at the range that is marked, and nothing else.
import assert from 'node:assert/strict';
import { parseConfig } from '../../src/config/parseConfig';
import type { ConfigProblemCode } from '../../src/config/problem';
import { config, unmark } from './marked';

/** A claim, the marked text, and data the problem must carry. A range marked twice is found twice. */
type Case = readonly [claim: string, marked: string, data?: Readonly<Record<string, unknown>>];

const servers = (text: string) => config({ servers: `servers:\n${text}` });
const second = '\n  - name: SERVER2\n    fqdn: server2.mydomain.com';
const certificate = (text: string) =>
  config({
    certificates: `certificates:\n  - name: www\n    services: [SMTP]\n    hostnames: [www.mydomain.com]\n${text}`,
  });
const certificateOf = (text: string) => config({ certificates: `certificates:\n${text}` });
const send = (name: string, more = '') =>
  config({ connectors: `connectors:\n  send:\n    - name: ${name}\n      certificate: www\n${more}` });
const receive = (name: string) =>
  config({ connectors: `connectors:\n  receive:\n    - name: ${name}\n      certificate: www\n` });
const remoting = (...addresses: readonly string[]) =>
  config({ remoting: `remoting:\n  exchange:\n${addresses.map((one) => `    - ${one}`).join('\n')}` });
const policy = (text: string) => config({ policy: `policy:\n  ${text}` });
const thumbprint = 'C5000123456789ABCDEF0123456789ABCDEF2345';

/** Every code that a text can have has a case: a new one without any does not compile. */
const cases: Readonly<Record<Exclude<ConfigProblemCode, 'unreadable' | 'too-much-work'>, readonly [Case, ...Case[]]>> =
  {
    'too-large': [['text of more than two million characters is not read', `«#»${' '.repeat(1 << 21)}`]],
    'too-deep': [['nesting no configuration has is refused', `organization: ${'['.repeat(32)}«[]»${']'.repeat(32)}\n`]],
    empty: [
      ['an empty file is told as such', '«»'],
      ['a file of comments is empty', '«# nothing yet\n»'],
      ['a mark of the byte order alone is empty', '«\ufeff»'],
    ],
    syntax: [
      ['an open bracket is told where the list ends', 'organization: [a\n«s»ervers: []\n'],
      ['a tag is not obeyed', 'organization: «!!js/function» x\n', { yaml: 'TAG_RESOLVE_FAILED' }],
      ['a list is no key', '«[a]»: b\n', { yaml: 'COMPLEX_KEY' }],
    ],
    'tab-indentation': [['a tab is no indentation', 'remoting:\n«\t»exchange: []\n']],
    'several-documents': [['a second document is not read', 'organization: a\n«---\norganization: b\n»']],
    'too-many-aliases': [['aliases are counted', `a: &a x\nb: [${'*a, '.repeat(100)}«*a»]\n`]],
    'unknown-alias': [
      ['an alias needs an anchor', 'organization: «*none»\n', { alias: 'none' }],
      ['an anchor does not hold itself', 'a: &a [«*a»]\n', { alias: 'a' }],
    ],
    'too-many-problems': [
      [
        'a list of problems ends where no one reads on',
        config({
          policy: `policy:\n  observeDays: 1${Array.from({ length: 520 }, (_, at) => `\n  odd${at}: 1`).join('')}`,
        }).replace('odd500', '«odd500»'),
        { shown: 500 },
      ],
    ],
    'duplicate-key': [
      ['a key stands once in a mapping', policy('observeDays: 1\n  «observeDays»: 2'), { key: 'observeDays' }],
    ],
    'unknown-key': [
      ['an unknown key names the nearest', policy('«observDays»: 2'), { key: 'observDays', nearest: ['observeDays'] }],
      [
        'swapped letters are near',
        servers(`  - name: SERVER1\n    fqdn: server1.mydomain.com\n    endpoints: { «smpt»: 25 }${second}`),
        { nearest: ['smtp'] },
      ],
      ['a merge key is a key like another', policy('«<<»: {}'), { nearest: [] }],
      ['what objects inherit is no key', policy('«constructor»: 1'), { nearest: [] }],
      ['a prototype is no key', policy('«__proto__»: 1'), { key: '__proto__' }],
    ],
    'missing-key': [
      ['a server without fqdn is told at its name', servers(`  - name: «SERVER1»${second}`), { key: 'fqdn' }],
      [
        'a connector without certificate is not one without a certificate',
        config({ connectors: 'connectors:\n  send:\n    - name: «SEND»' }),
        { key: 'certificate' },
      ],
      [
        'a missing list is told at the first key',
        config({ remoting: '' }).replace('organization:', '«organization»:'),
        { key: 'remoting' },
      ],
    ],
    'wrong-type': [
      ['a number is no name', config({ organization: 'organization: «12»' }), { expected: 'text', source: '12' }],
      ['yes is no list', config({ remoting: 'remoting: «yes»' }), { expected: 'mapping' }],
      ['a key without value is told at the key', config({ policy: '«policy»:' }), { expected: 'mapping' }],
      [
        'a thumbprint of digits needs quotation marks',
        certificate(`    thumbprint: «${'1'.repeat(40)}»`),
        { expected: 'text' },
      ],
      ['a list is no configuration', '«[1, 2]»\n', { expected: 'mapping' }],
    ],
    'not-one-of': [
      [
        'a value of a closed list names the nearest',
        policy('iis: «recycel»'),
        { value: 'recycel', nearest: ['recycle'] },
      ],
      [
        'a service is spelled as Exchange spells it',
        certificateOf('  - name: www\n    pfx: a.pfx\n    services: [«smtp»]'),
        { nearest: ['SMTP'] },
      ],
    ],
    'out-of-range': [
      [
        'a port ends at 65535',
        servers(`  - name: SERVER1\n    fqdn: server1.mydomain.com\n    endpoints: { smtp: «65536» }${second}`),
        { minimum: 0, maximum: 65535 },
      ],
      ['a duration is not negative', policy('queueMinutes: «-1»'), { minimum: 0 }],
      ['a duration is whole', policy('queueMinutes: «1.5»'), { maximum: 1440 }],
    ],
    'empty-text': [['a name is not empty', config({ organization: "organization: «''»" })]],
    'empty-list': [
      ['an organization has a server', config({ servers: 'servers: «[]»' }), { key: 'servers' }],
      [
        'a certificate has a service',
        certificateOf('  - name: www\n    pfx: a.pfx\n    services: «[]»'),
        { key: 'services' },
      ],
    ],
    'too-long': [
      ['a name ends somewhere', config({ organization: `organization: «${'a'.repeat(257)}»` }), { limit: 256 }],
    ],
    'control-character': [
      [
        'an escape does not bring a control character in',
        config({ organization: 'organization: «"Con\\u001b[31mtoso"»' }),
        { codePoint: 'U+001B' },
      ],
      [
        'a block text brings a line break',
        config({ organization: 'organization: «|\n  Contoso»' }),
        { codePoint: 'U+000A' },
      ],
      [
        'half a surrogate pair is no character',
        config({ organization: 'organization: «"\\ud800"»' }),
        { codePoint: 'U+D800' },
      ],
    ],
    'look-alike': [
      [
        'an en dash in a name is named',
        send('«Outbound \u2013 Office»'),
        { characters: [{ codePoint: 'U+2013', name: 'EN DASH', instead: '-' }], fixed: 'Outbound - Office' },
      ],
      ['a curly apostrophe is named', send('«Bob\u2019s»'), { fixed: "Bob's" }],
      [
        'a no-break space is named',
        receive("«'Default\u00a0Frontend {server}'»"),
        { fixed: 'Default Frontend {server}' },
      ],
      ['a mark that turns the writing is named', send('«"SEND\u202e"»'), { fixed: 'SEND' }],
      [
        'a path is looked at too',
        certificate('    pfx: «certificates/www\u2013new.pfx»'),
        { fixed: 'certificates/www-new.pfx' },
      ],
    ],
    'blank-at-edge': [['a name that ends with a blank is told', send("«'SEND '»"), { fixed: 'SEND' }]],
    'secret-in-file': [
      ['a password has no place', certificate('    pfx: a.pfx\n    «pfxPassword»: hunter2'), { key: 'pfxPassword' }],
      ['nor has a secret', policy('«client-secret»: x'), { key: 'client-secret' }],
      ['nor an empty passphrase', policy('«Pass Phrase»: null'), { key: 'Pass Phrase' }],
    ],
    'private-key-in-file': [
      ['a private key is found in a comment', `# «-----BEGIN RSA PRIVATE KEY-----»\n${config()}`],
    ],
    'credentials-in-address': [
      [
        'an address carries no password',
        remoting('«http://admin:pw@server1.mydomain.com/PowerShell/»', 'http://server2.mydomain.com/PowerShell/'),
      ],
    ],
    'bad-name': [
      [
        'a server is called as a computer can be',
        servers(`  - name: «SERVER 1»\n    fqdn: server1.mydomain.com${second}`),
        { of: 'server' },
      ],
      [
        'a certificate is called as a folder can be',
        certificateOf('  - name: «../www»\n    pfx: a.pfx\n    services: [SMTP]').replace(
          'certificate: www',
          "certificate: '../www'",
        ),
        { of: 'certificate' },
      ],
      [
        'a receive connector is named by the part behind the backslash',
        receive('«SERVER1\\Relay»'),
        { of: 'receive-connector' },
      ],
    ],
    'duplicate-server': [
      [
        'case does not tell two servers apart',
        servers(
          '  - name: SERVER1\n    fqdn: server1.mydomain.com\n  - name: «server1»\n    fqdn: server2.mydomain.com',
        ),
        { name: 'server1' },
      ],
    ],
    'duplicate-fqdn': [
      [
        'two servers do not share a fully qualified name',
        servers(
          '  - name: SERVER1\n    fqdn: server1.mydomain.com\n    address: 10.0.0.1\n  - name: SERVER2\n    fqdn: «SERVER1.mydomain.com»\n    address: 10.0.0.2',
        ).replace('http://server2', 'http://server3'),
      ],
    ],
    'duplicate-certificate': [
      [
        'a reference must be to one certificate',
        certificateOf(
          '  - name: www\n    pfx: a.pfx\n    services: [SMTP]\n  - name: «WWW»\n    pfx: b.pfx\n    services: [SMTP]',
        ),
        { name: 'WWW' },
      ],
    ],
    'duplicate-connector': [
      ['a connector stands once', send('SEND', '    - name: «Send»\n      certificate: null'), { name: 'Send' }],
    ],
    'duplicate-item': [
      [
        'a service stands once',
        certificateOf('  - name: www\n    pfx: a.pfx\n    services: [SMTP, IIS, «SMTP»]'),
        { value: 'SMTP' },
      ],
      [
        'an address stands once',
        remoting(
          'http://server1.mydomain.com/PowerShell/',
          'http://server2.mydomain.com/PowerShell/',
          '«HTTP://server1.mydomain.com/PowerShell/»',
        ),
      ],
    ],
    'duplicate-endpoint': [
      [
        'one address cannot be two servers',
        servers(
          '  - name: SERVER1\n    fqdn: server1.mydomain.com\n    address: 10.0.0.1\n  - name: SERVER2\n    fqdn: server2.mydomain.com\n    address: «10.0.0.1»',
        ),
        { port: 25, other: 'SERVER1' },
      ],
    ],
    'unknown-certificate': [
      [
        'a reference that leads nowhere names the nearest',
        receive("'Default Frontend {server}'").replace('certificate: www', 'certificate: «wwww»'),
        { name: 'wwww', nearest: ['www'] },
      ],
      [
        'case counts in a reference',
        send('SEND').replace('certificate: www', 'certificate: «WWW»'),
        { nearest: ['www'] },
      ],
    ],
    'unknown-server': [
      [
        'the one that looks is one of the servers',
        config({ probe: 'probe:\n  from: «SERVR2»' }),
        { name: 'SERVR2', nearest: ['SERVER2', 'SERVER1'] },
      ],
    ],
    'server-placeholder-in-send-connector': [['a send connector is of no one server', send("'To «{server}»'")]],
    'unknown-connector-placeholder': [
      [
        'the placeholder is written in lower case',
        receive("'Default Frontend «{Server}»'"),
        { placeholder: '{Server}' },
      ],
    ],
    'server-name-in-connector': [
      [
        'a name that holds a server is found on that server alone',
        receive('«Default Frontend SERVER1»'),
        { server: 'SERVER1', fixed: 'Default Frontend {server}' },
      ],
    ],
    'no-certificate-source': [
      ['a certificate comes from somewhere', certificateOf('  - name: «www»\n    services: [SMTP]')],
    ],
    'two-certificate-sources': [
      ['a certificate comes from one place', certificate(`    pfx: a.pfx\n    thumbprint: «${thumbprint}»`)],
    ],
    'bad-thumbprint': [
      [
        'a thumbprint of 36 digits is told by its count',
        certificate(`    thumbprint: «${thumbprint.slice(4)}»`),
        { digits: 36, odd: [] },
      ],
      ['another letter is no digit', certificate(`    thumbprint: «${thumbprint.replace('C', 'O')}»`), { digits: 39 }],
    ],
    'odd-characters-in-thumbprint': [
      [
        'what the Windows dialog leaves unseen is named',
        certificate(`    thumbprint: «"\u200e${thumbprint.toLowerCase()}"»`),
        { odd: [{ codePoint: 'U+200E', name: 'LEFT-TO-RIGHT MARK', instead: '' }], fixed: thumbprint },
      ],
      [
        'blanks are taken out',
        certificate(`    thumbprint: «${thumbprint.replace(/(..)/g, '$1 ').trim()}»`),
        { odd: [], fixed: thumbprint },
      ],
    ],
    'bad-pfx-pattern': [
      ['a pattern is relative', certificate('    pfx: «/etc/www.pfx»'), { why: 'absolute' }],
      ['a drive is not relative', certificate('    pfx: «C:/certificates/www.pfx»'), { why: 'absolute' }],
      ['a pattern stays within its folder', certificate('    pfx: «certificates/../../www.pfx»'), { why: 'parent' }],
      [
        'a backslash is mended',
        certificate('    pfx: «certificates\\www.pfx»'),
        { why: 'backslash', fixed: 'certificates/www.pfx' },
      ],
      ['an address is no file', certificate('    pfx: «https://example.com/www.pfx»'), { why: 'address' }],
    ],
    'service-not-ours': [
      [
        'UM is refused with the reason',
        certificateOf('  - name: www\n    pfx: a.pfx\n    services: [SMTP, «UM»]'),
        { service: 'UM' },
      ],
      [
        'Federation too',
        certificateOf('  - name: www\n    pfx: a.pfx\n    services: [«Federation»]'),
        { service: 'Federation' },
      ],
    ],
    'unknown-placeholder': [
      [
        'only the two dates have a placeholder',
        certificate("    pfx: a.pfx\n    friendlyName: 'www «{subject}»'"),
        { placeholder: '{subject}' },
      ],
      [
        'a format holds parts of a date',
        certificate("    pfx: a.pfx\n    friendlyName: 'www «{notAfter:hh}»'"),
        { placeholder: '{notAfter:hh}' },
      ],
      ['a lone brace is none', certificate("    pfx: a.pfx\n    friendlyName: 'www «{»'"), { placeholder: '{' }],
    ],
    'friendly-name-too-long': [
      [
        'the length counts once the dates are in',
        certificate(`    pfx: a.pfx\n    friendlyName: «'${'w'.repeat(59)}{notAfter:MMMyy}'»`),
        { length: 64, limit: 63 },
      ],
    ],
    'friendly-name-not-ascii': [
      [
        'other characters than ASCII are advised against',
        certificate("    pfx: a.pfx\n    friendlyName: «'www \u2013 new'»"),
        { characters: ['\u2013'] },
      ],
    ],
    'bad-host': [
      ['an fqdn is a host name', servers(`  - name: SERVER1\n    fqdn: «server1.mydomain.com/x»${second}`)],
      ['an fqdn is no address', servers(`  - name: SERVER1\n    fqdn: «10.0.0.1»${second}`)],
      [
        'an address is a host',
        servers(`  - name: SERVER1\n    fqdn: server1.mydomain.com\n    address: «10.0.0.1;calc»${second}`),
      ],
      [
        'a host name of a client is one',
        certificateOf("  - name: www\n    pfx: a.pfx\n    services: [SMTP]\n    hostnames: [«'www.*.com'»]"),
      ],
    ],
    'fqdn-without-dot': [['an fqdn has a domain', servers(`  - name: SERVER1\n    fqdn: «server1»${second}`)]],
    'nothing-probed': [
      [
        'without endpoints nothing is proven',
        servers(
          `  - name: SERVER1\n    fqdn: server1.mydomain.com\n    endpoints: «{ smtp: 0, https: 0, imaps: 0, pop3s: 0 }»${second}`,
        ),
        { server: 'SERVER1' },
      ],
    ],
    'bad-remoting-address': [
      [
        'an address begins with a scheme',
        remoting(
          '«server1.mydomain.com»',
          'http://server2.mydomain.com/PowerShell/',
          'http://server1.mydomain.com/PowerShell/',
        ),
        { why: 'not-an-address' },
      ],
      [
        'the scheme is http or https',
        remoting(
          '«ftp://server1.mydomain.com/»',
          'http://server2.mydomain.com/PowerShell/',
          'http://server1.mydomain.com/PowerShell/',
        ),
        { why: 'scheme' },
      ],
      [
        'a query is not sent',
        remoting(
          '«http://server1.mydomain.com/PowerShell/?serializationLevel=Full»',
          'http://server2.mydomain.com/PowerShell/',
        ),
        { why: 'query' },
      ],
    ],
    'remoting-not-fqdn': [
      [
        'Kerberos wants the full name',
        remoting('«http://server1/PowerShell/»', 'http://server2.mydomain.com/PowerShell/'),
        { host: 'server1' },
      ],
      ['an IP address is no name', remoting('«http://[::1]/PowerShell/»', 'http://server2.mydomain.com/PowerShell/')],
    ],
    'remoting-by-service-name': [
      [
        'the name of the service leads to any server',
        remoting('«http://www.mydomain.com/PowerShell/»', 'http://server2.mydomain.com/PowerShell/'),
        { host: 'www.mydomain.com', certificate: 'www' },
      ],
    ],
    'own-only-endpoint': [
      [
        'a server is not changed through itself',
        remoting('«http://server1.mydomain.com/PowerShell/»'),
        { server: 'SERVER1' },
      ],
    ],
    'one-remoting-address': [['one address is too few', remoting('«http://server9.mydomain.com/PowerShell/»')]],
  };

describe('a problem of the configuration', () => {
  for (const [code, list] of Object.entries(cases)) {
    for (const [claim, marked, data = {}] of list) {
      it(`${code}: ${claim}`, () => {
        const { text, ranges } = unmark(marked);
        const { problems } = parseConfig(text);
        const found = problems.filter((problem) => problem.code === code);
        assert.deepEqual(
          found.map(({ range }) => range),
          ranges,
          JSON.stringify(problems),
        );
        for (const [key, value] of Object.entries(data)) {
          assert.deepEqual((found[0] as unknown as Record<string, unknown>)[key], value);
        }
      });
    }
  }

  it('is the only one where one thing is wrong', () => {
    const alone = Object.entries(cases).filter(([code]) => !company.has(code));
    for (const [code, list] of alone) {
      for (const [claim, marked] of list) {
        const codes = parseConfig(unmark(marked).text).problems.map((problem) => problem.code);
        assert.deepEqual([...new Set(codes)], [code], claim);
      }
    }
  });
});

/** Codes whose cases are not whole configurations, or in which one mistake truly is two. */
const company = new Set<string>([
  'too-deep',
  'too-many-aliases',
  'unknown-alias',
  'duplicate-key',
  'too-many-problems',
  'missing-key',
]);

// Problems of a large configuration: how long the host is held for each time it is read anew.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const runs = 15;

/** Rows as test/run/bench.mjs prints them. */
export async function run() {
  const { parseConfig } = require('../../out/src/config/parseConfig.js');
  const { parseDocument } = require('yaml');
  const text = configuration();
  const lines = text.split('\n').length - 1;
  // each time a text that was never read
  const ours = median((at) => parseConfig(`${text}# ${at}\n`));
  const peer = median((at) => parseDocument(`${text}# ${at}\n`, { uniqueKeys: false }));
  return [
    {
      what: `problems of a configuration of ${lines} lines, warm, median of ${runs}`,
      value: ours,
      unit: 'ms',
      budget: 150,
      peer: { what: 'the yaml library alone', value: peer },
    },
  ];
}

/** Eight lines a server, three a connector; each fifth connector names a certificate that is not there. */
function configuration() {
  const servers = Array.from({ length: 400 }, (_, at) => [
    `  - name: SERVER${at}`,
    `    fqdn: server${at}.mydomain.com`,
    `    address: 10.0.${at >> 8}.${at & 255}`,
    '    endpoints:',
    ...['smtp: 25', 'https: 443', 'imaps: 993', 'pop3s: 995'].map((endpoint) => `      ${endpoint}`),
  ]);
  const connectors = Array.from({ length: 590 }, (_, at) => [
    `    - name: Outbound to partner ${at}`,
    `      certificate: ${at % 5 === 0 ? 'missing' : 'www'}`,
    '      # agreed with the partner',
  ]);
  const head = [
    'organization: Contoso',
    'remoting:',
    '  exchange: [http://server0.mydomain.com/PowerShell/]',
    'servers:',
  ];
  const certificate = [
    '  - name: www',
    '    pfx: www.pfx',
    '    services: [IIS, SMTP]',
    '    hostnames: [www.mydomain.com]',
  ];
  const lines = [
    ...head,
    ...servers.flat(),
    'certificates:',
    ...certificate,
    'connectors:',
    '  send:',
    ...connectors.flat(),
  ];
  return `${lines.join('\n')}\n`;
}

function median(act) {
  const times = Array.from({ length: runs + 5 }, (_, at) => {
    const began = performance.now();
    act(at);
    return performance.now() - began;
  }).slice(5);
  return times.sort((one, other) => one - other)[runs >> 1];
}

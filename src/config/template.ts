// The text that *Create configuration* begins with: whole, right, and to be filled in.
import { scalarText } from './scalarText';

export interface TemplateServer {
  readonly name: string;
  readonly fqdn: string;
}

const exampleServers: readonly TemplateServer[] = [
  { name: 'SERVER1', fqdn: 'server1.example.com' },
  { name: 'SERVER2', fqdn: 'server2.example.com' },
];

/** Names that are known go in; the others are examples. The text parses without a problem. */
export function template(organization = 'Contoso', servers = exampleServers): string {
  const addresses = servers.slice(0, 3).map(({ fqdn }) => `    - ${scalarText(`http://${fqdn}/PowerShell/`)}\n`);
  const entries = servers.map(({ name, fqdn }) => `  - name: ${scalarText(name)}\n    fqdn: ${scalarText(fqdn)}\n`);
  return `# What the Exchange servers of one organization must present. Nothing is changed by this file alone.
# No password or key belongs here: they are asked for where they are needed.
organization: ${scalarText(organization)}

# Servers by their own names, never the load balancer's; at least two, because none is changed through itself.
remoting:
  exchange:
${addresses.join('')}
# The first is changed first, as the canary. Looked at from outside are the ports 25, 443, 993 and 995, unless it says
#   endpoints: { smtp: 25, submission: 587, smtps: 465, https: 443, backEnd: 444, imap: 143, imaps: 993, pop3: 110, pop3s: 995 }
# and 0 leaves one out.
servers:
${entries.join('')}
certificates:
  - name: www
    pfx: certificates/www.example.com*.pfx
    friendlyName: 'www.example.com - {notBefore:MMMyy}-{notAfter:MMMyy}'
    services: [IIS, SMTP]
    hostnames: [www.example.com, autodiscover.example.com]

# The connectors that name a certificate; with certificate: null those that must not.
connectors:
  send: []
  receive:
    - name: 'Default Frontend {server}'
      certificate: www

policy:
  internalTransportCertificate: keep
  observeDays: 7
`;
}

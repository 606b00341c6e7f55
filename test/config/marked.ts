// Configurations for tests: a right one whose parts can be replaced, and text in which the expected range is marked with « and ».
export type Part = 'organization' | 'remoting' | 'servers' | 'certificates' | 'connectors' | 'probe' | 'policy';

const right: Readonly<Record<Part, string>> = {
  organization: 'organization: Contoso',
  remoting: `remoting:
  exchange:
    - http://server1.mydomain.com/PowerShell/
    - http://server2.mydomain.com/PowerShell/`,
  servers: `servers:
  - name: SERVER1
    fqdn: server1.mydomain.com
  - name: SERVER2
    fqdn: server2.mydomain.com`,
  certificates: `certificates:
  - name: www
    pfx: certificates/www*.pfx
    services: [POP, IMAP, IIS, SMTP]
    hostnames: [www.mydomain.com]`,
  connectors: `connectors:
  send:
    - name: SEND
      certificate: null
  receive:
    - name: 'Default Frontend {server}'
      certificate: www`,
  probe: 'probe: { from: null }',
  policy: `policy:
  observeDays: 0`,
};

/** A configuration without a problem, but for the parts given. */
export function config(parts: Partial<Record<Part, string>> = {}): string {
  return `${Object.values({ ...right, ...parts }).join('\n')}\n`;
}

export interface Marked {
  readonly text: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

/** Takes the marks out of `marked` and says where they stood; in the order of their beginnings. */
export function unmark(marked: string): Marked {
  const ranges: { start: number; end: number }[] = [];
  let text = '';
  for (const piece of marked.split(/([«»])/)) {
    if (piece === '«') ranges.push({ start: text.length, end: -1 });
    else if (piece === '»') ranges.findLast(({ end }) => end === -1)!.end = text.length;
    else text += piece;
  }
  return { text, ranges };
}

// The results of a check as a Markdown table, to be pasted into a ticket.
import { forMarkdown } from '../model/untrustedText';
import { wordsOf } from './findingWords';
import type { Judged } from './judgeOf';

const heads = ['Server', 'Endpoint', 'Presented', 'Ends', 'TLS', 'Name', 'Findings'];

/** A heading, which becomes the document's title, and one line an endpoint. Untrusted text is escaped so that it shows literally. */
export function reportMarkdown(judged: readonly Judged[]): string {
  const rows = judged.map(({ observation, findings }) => {
    const { server, endpoint, outcome, certificate, tls, nameMatches, from } = observation;
    const presented = outcome === 'presented' ? certificate : null;
    return [
      server ?? '',
      `${endpoint.kind ?? endpoint.protocol} ${endpoint.host}:${endpoint.port}${from === undefined ? '' : ` from ${from}`}`,
      presented?.thumbprint ?? outcome,
      presented?.notAfter ?? '',
      tls?.version ?? '',
      nameMatches === null ? '' : `${endpoint.servername}: ${nameMatches ? 'covered' : 'not covered'}`,
      findings.map((finding) => `${finding.severity}: ${wordsOf(finding).message}`).join(' '),
    ];
  });
  return `# Exchange endpoints\n\n${[heads, heads.map(() => '---')].map((cells) => line(cells)).join('')}${rows.map((cells) => line(cells.map(forMarkdown))).join('')}`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

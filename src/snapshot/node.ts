// Builds one node of the organization tree, everything that is not said left empty.
import type { CertificateFacts } from '../model/certificate';
import type { NodeKind, OrganizationNode } from './organizationNode';

type Said = Partial<Omit<OrganizationNode, 'id' | 'kind' | 'label'>>;

export function node(id: string, kind: NodeKind, label: string, said: Said): OrganizationNode {
  return {
    id,
    kind,
    label,
    endpoint: null,
    thumbprint: null,
    details: [],
    differences: [],
    expiresInDays: null,
    children: [],
    ...said,
  };
}

/** What a person calls a certificate: its friendly name, else the common name in its subject, else its thumbprint. */
export function certificateLabel(
  friendlyName: string | null,
  facts: CertificateFacts | null,
  thumbprint: string,
): string {
  const common = facts === null ? undefined : /(?:^|, )CN=("(?:[^"]|"")*"|[^,]*)/.exec(facts.subject)?.[1];
  return (
    [friendlyName, common, facts?.subject].find((text) => text !== null && text !== undefined && text !== '') ??
    thumbprint
  );
}

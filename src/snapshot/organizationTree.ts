// The organization as a tree of plain facts, so that the view is only a face.
import { certificatesNode } from './certificateNodes';
import { sendConnectorsNode } from './connectorNodes';
import type { OrganizationGroup, TreeInput } from './organizationNode';
import { serversNode } from './serverNodes';
import { treeView } from './treeView';

export type { Detail, NodeKind, OrganizationGroup, OrganizationNode, TreeInput } from './organizationNode';

/** Servers, certificates and send connectors; each group is there even when it is empty. */
export function organizationTree(input: TreeInput): readonly OrganizationGroup[] {
  const view = treeView(input);
  return [serversNode(view), certificatesNode(view), sendConnectorsNode(view)];
}

// The face of the organization tree: each plain node with its words, icon and menu words.
import { l10n } from 'vscode';
import { expiryOf } from '../../model/expiry';
import type { NodeKind, OrganizationGroup, OrganizationNode } from '../../snapshot/organizationTree';
import type { EndpointKind } from '../../model/wanted';
import { inTurns } from '../face/inTurns';
import type { TreeNode } from '../face/nodeTree';
import { detailWords, differenceWords } from '../face/detailWords';

interface Look {
  readonly icon: string;
  readonly context: string;
  readonly spoken: () => string;
}

const looks: Readonly<Record<NodeKind, Look>> = {
  servers: { icon: 'server-environment', context: 'group', spoken: () => l10n.t('group') },
  server: { icon: 'server', context: 'server', spoken: () => l10n.t('server') },
  endpoint: { icon: 'plug', context: 'endpoint', spoken: () => l10n.t('endpoint') },
  'installed-certificate': { icon: 'verified', context: 'certificate', spoken: () => l10n.t('installed certificate') },
  'receive-connector': { icon: 'arrow-down', context: 'connector', spoken: () => l10n.t('receive connector') },
  certificates: { icon: 'library', context: 'group', spoken: () => l10n.t('group') },
  'wanted-certificate': { icon: 'verified', context: 'certificate', spoken: () => l10n.t('certificate') },
  'other-certificate': { icon: 'verified', context: 'certificate', spoken: () => l10n.t('certificate') },
  'send-connectors': { icon: 'mail', context: 'group', spoken: () => l10n.t('group') },
  'send-connector': { icon: 'arrow-up', context: 'connector', spoken: () => l10n.t('send connector') },
};

const groups: Readonly<Partial<Record<NodeKind, () => string>>> = {
  servers: () => l10n.t('Servers'),
  certificates: () => l10n.t('Certificates'),
  'send-connectors': () => l10n.t('Send connectors'),
};

const endpointNames: Readonly<Record<EndpointKind, string>> = {
  smtp: 'SMTP (STARTTLS)',
  submission: 'SMTP submission (STARTTLS)',
  smtps: 'SMTPS',
  https: 'HTTPS',
  backEnd: 'HTTPS back end',
  imap: 'IMAP (STARTTLS)',
  imaps: 'IMAPS',
  pop3: 'POP3 (STLS)',
  pop3s: 'POP3S',
};

export interface Face {
  /** Days before its end from which a certificate is shown as expiring. */
  readonly warningDays: number;
}

/** What commands of a node's menu get as `subject`. */
export interface OrganizationSubject {
  readonly kind: NodeKind;
  readonly label: string;
  readonly server?: string;
  readonly endpoint?: EndpointKind;
  readonly thumbprint?: string;
}

/** The groups and all in them, made in turns: an organization may have thousands of endpoints. */
export async function organizationNodes(
  groups: readonly OrganizationGroup[],
  face: Face,
): Promise<readonly TreeNode[]> {
  const made: TreeNode[] = [];
  for (const group of groups) {
    const children = await inTurns(group.children, (child) => organizationNode(child, face, undefined));
    made.push(treeNode(group, face, undefined, children));
  }
  return made;
}

function organizationNode(node: OrganizationNode, face: Face, server: string | undefined): TreeNode {
  const within = node.kind === 'server' ? node.label : server;
  return treeNode(
    node,
    face,
    within,
    node.children.map((child) => organizationNode(child, face, within)),
  );
}

/** `server` is the one that the node stands in, or is. */
function treeNode(
  node: Omit<OrganizationNode, 'children'>,
  face: Face,
  server: string | undefined,
  children: readonly TreeNode[],
): TreeNode {
  const look = looks[node.kind];
  const label = groups[node.kind]?.() ?? (node.endpoint === null ? node.label : endpointNames[node.endpoint]);
  const said = node.details.filter(({ code }) => code !== 'thumbprint').map(detailWords);
  const differences = node.differences.map(differenceWords);
  const state = stateOf(node, face);
  const description = said.join(' · ');
  const subject: OrganizationSubject = {
    kind: node.kind,
    label,
    ...(server !== undefined && { server }),
    ...(node.endpoint !== null && { endpoint: node.endpoint }),
    ...(node.thumbprint !== null && { thumbprint: node.thumbprint }),
  };
  return {
    id: node.id,
    label,
    description,
    tooltip: [label, ...node.details.map(detailWords), ...differences].join('\n'),
    icon: state.icon ?? { name: look.icon },
    context: `${look.context}${node.thumbprint === null ? '' : ' thumbprint'}`,
    // the name first: a screen reader may stop there
    spoken: [label, look.spoken(), state.spoken, ...said, ...differences].filter((text) => text !== '').join(', '),
    expanded: node.kind === 'servers' || node.kind === 'send-connectors' || node.kind === 'certificates',
    children,
    subject,
  };
}

interface State {
  readonly icon?: { readonly name: string; readonly color: string };
  readonly spoken: string;
}

/** Colour is never the only signal: the icon's form and the spoken word say the same. */
function stateOf(node: Omit<OrganizationNode, 'children'>, face: Face): State {
  const error = { icon: { name: 'error', color: 'list.errorForeground' }, spoken: l10n.t('error') };
  const warning = { icon: { name: 'warning', color: 'list.warningForeground' }, spoken: l10n.t('warning') };
  const worst = node.differences.map(({ severity }) => severity);
  const failed = node.details.some((detail) => detail.code === 'probed' && detail.outcome !== 'presented');
  if (worst.includes('error') || failed || (node.expiresInDays !== null && node.expiresInDays < 0)) {
    return error;
  }
  if (
    worst.includes('warning') ||
    (node.expiresInDays !== null &&
      expiryOf(node.expiresInDays, { warningDays: face.warningDays, errorDays: 0 }) !== 'none')
  ) {
    return warning;
  }
  return { spoken: '' };
}

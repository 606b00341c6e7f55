// The certificates of the organization tree: each entry of the configuration with its installed ones, then all others.
import { daysUntil } from '../model/expiry';
import type { WantedCertificate } from '../model/wanted';
import { isOf, type Installation } from './certificatesOf';
import { certificateLabel, node } from './node';
import type { Detail, OrganizationNode } from './organizationNode';
import type { TreeView } from './treeView';

export function certificatesNode(view: TreeView): OrganizationNode {
  const { wanted, installed } = view;
  const others = installed.filter(({ certificate }) =>
    wanted.certificates.every((entry) => isOf(entry, certificate) !== true),
  );
  const children = [
    ...wanted.certificates.map((entry) => wantedNode(view, entry)),
    ...others.map((one) => installedNode(view, 'certificates/other', 'other-certificate', one)),
  ];
  return node('certificates', 'certificates', '', {
    details: [{ code: 'count', count: children.length }],
    children,
  });
}

function wantedNode(view: TreeView, entry: WantedCertificate): OrganizationNode {
  const id = `certificate:${entry.name.toUpperCase()}`;
  const own = view.installed.filter(({ certificate }) => isOf(entry, certificate) === true);
  const ends = own.flatMap(({ certificate }) => certificate.facts?.notAfter ?? []).sort();
  // The newest of an entry's certificates is the one that matters; each of them stands below with its own date.
  const last = ends.at(-1);
  return node(id, 'wanted-certificate', entry.name, {
    thumbprint: entry.thumbprint,
    details: [
      { code: 'services', services: entry.services },
      ...(own.length > 0 ? [] : [missing(view)]),
      ...(last === undefined ? [] : [{ code: 'expires', notAfter: last } as const]),
    ],
    differences: view.differencesOf({ kind: 'certificate', name: entry.name, server: null }),
    expiresInDays: last === undefined ? null : daysUntil(last, view.now),
    children: own.map((one) => installedNode(view, id, 'installed-certificate', one)),
  });
}

/** None is known to be there: because none was looked for, because not all was told, or because there is none. */
function missing({ found }: TreeView): Detail {
  if (found === null) return { code: 'not-looked' };
  const told = found.servers.every(({ certificates }) => certificates?.every(({ facts }) => facts !== null) === true);
  return { code: told ? 'not-found' : 'not-told' };
}

function installedNode(
  { usesOf, now }: TreeView,
  id: string,
  kind: 'installed-certificate' | 'other-certificate',
  { certificate: { thumbprint, friendlyName, facts }, servers }: Installation,
): OrganizationNode {
  const uses = usesOf === undefined ? [] : [...new Set(servers.flatMap((server) => usesOf(server, thumbprint)))];
  return node(`${id}/installed:${thumbprint}`, kind, certificateLabel(friendlyName, facts, thumbprint), {
    thumbprint,
    details: [
      facts === null ? { code: 'not-told' } : { code: 'expires', notAfter: facts.notAfter },
      { code: 'on-servers', servers },
      ...(usesOf === undefined ? [] : [{ code: 'uses', uses } as const]),
      { code: 'thumbprint', thumbprint },
    ],
    expiresInDays: facts === null ? null : daysUntil(facts.notAfter, now),
  });
}

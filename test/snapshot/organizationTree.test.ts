// The tree shows wanted and found side by side, with ids that stay.
import assert from 'node:assert/strict';
import type { Found } from '../../src/model/found';
import { compareWithConfig } from '../../src/snapshot/compareWithConfig';
import { organizationTree, type OrganizationNode, type TreeInput } from '../../src/snapshot/organizationTree';
import { a, found, observation, outbound, ownCertificate, unreached, wanted, withServer } from '../plan/organization';

const now = new Date('2026-11-22T21:00:00Z');

/** The whole of it. */
function treeOf(input: TreeInput): readonly OrganizationNode[] {
  return organizationTree(input).map((group) => ({ ...group, children: [...group.children] }));
}

function tree(is: Found | null, wants = wanted()): readonly OrganizationNode[] {
  return treeOf({
    wanted: wants,
    found: is,
    differences: is === null ? [] : compareWithConfig(wants, is),
    now,
    usesOf: (server, thumbprint) => (thumbprint === a.thumbprint ? [`443 of ${server}`] : []),
  });
}

function all(nodes: readonly OrganizationNode[]): readonly OrganizationNode[] {
  return nodes.flatMap((node) => [node, ...all(node.children)]);
}

function nodeOf(nodes: readonly OrganizationNode[], id: string): OrganizationNode {
  const node = all(nodes).find((one) => one.id === id);
  assert.ok(
    node,
    `${id} is none of ${all(nodes)
      .map((one) => one.id)
      .join(' ')}`,
  );
  return node;
}

const codes = (node: OrganizationNode) => node.details.map(({ code }) => code);

describe('the tree before any snapshot', () => {
  const nodes = tree(null);

  it('shows what is wanted, and that nothing was looked at', () => {
    assert.deepEqual(
      nodes.map(({ kind, children }) => [kind, children.length]),
      [
        ['servers', 4],
        ['certificates', 1],
        ['send-connectors', 2],
      ],
    );
    assert.deepEqual(codes(nodeOf(nodes, 'server:SERVER1')), ['not-looked']);
    assert.deepEqual(codes(nodeOf(nodes, 'certificate:WWW')), ['services', 'not-looked']);
    assert.deepEqual(codes(nodeOf(nodes, 'send-connector:SEND')), ['wants-none', 'not-looked']);
  });

  it('has the endpoints and receive connectors of each server', () => {
    assert.deepEqual(
      nodeOf(nodes, 'server:SERVER1').children.map(({ label }) => label),
      ['smtp', 'https', 'imaps', 'pop3s', 'Default Frontend SERVER1'],
    );
  });

  it('leaves out an endpoint of port 0', () => {
    const [first, ...others] = wanted().servers;
    const servers = [{ ...first!, endpoints: { ...first!.endpoints, pop3s: 0 } }, ...others];
    assert.ok(!all(tree(null, wanted({ servers }))).some(({ id }) => id === 'server:SERVER1/endpoint:pop3s'));
  });
});

describe('the tree of what was found', () => {
  const seen = { ...observation('SERVER1', 'smtp', a, '2026-11-22T20:30:00Z') };
  const probed = { ...seen, endpoint: { ...seen.endpoint, port: 2525 } };
  const nodes = tree(found({ observations: [probed] }));

  it('keeps the ids it had', () => {
    const before = new Set(all(tree(null)).map(({ id }) => id));
    const after = all(nodes).map(({ id }) => id);
    assert.deepEqual(
      [...before].filter((id) => !after.includes(id)),
      [],
    );
    assert.equal(new Set(after).size, after.length);
  });

  it('shows what an endpoint presented', () => {
    const node = nodeOf(nodes, 'server:SERVER1/endpoint:smtp');
    assert.deepEqual([node.thumbprint, node.expiresInDays], [a.thumbprint, 11]);
    assert.deepEqual(codes(node), ['probed', 'expires', 'address', 'thumbprint']);
  });

  it('shows no certificate of a look that failed', () => {
    const failed = { ...probed, outcome: 'handshake-failed' as const };
    const node = nodeOf(tree(found({ observations: [failed] })), 'server:SERVER1/endpoint:smtp');
    assert.deepEqual([node.thumbprint, node.expiresInDays], [null, null]);
  });

  it('shows the last of two looks, whatever times they claim', () => {
    for (const at of ['2026-11-22T20:40:00Z', '2026-11-22T20:00:00Z']) {
      const last = { ...probed, at, outcome: 'timeout' as const };
      const node = nodeOf(tree(found({ observations: [probed, last] })), 'server:SERVER1/endpoint:smtp');
      assert.ok(node.details.some((detail) => detail.code === 'probed' && detail.outcome === 'timeout'));
    }
  });

  it('says of a stopped service that it is not offered, and of an unknown one nothing', () => {
    assert.ok(codes(nodeOf(nodes, 'server:SERVER3/endpoint:pop3s')).includes('stopped'));
    assert.ok(!codes(nodeOf(nodes, 'server:SERVER1/endpoint:pop3s')).includes('stopped'));
    const unknown = tree(withServer(found(), 'SERVER3', unreached));
    assert.ok(!codes(nodeOf(unknown, 'server:SERVER3/endpoint:pop3s')).includes('stopped'));
  });

  it('shows each installed certificate with its uses', () => {
    const node = nodeOf(nodes, `server:SERVER1/certificate:${a.thumbprint}`);
    assert.deepEqual(
      node.details.find(({ code }) => code === 'uses'),
      { code: 'uses', uses: ['443 of SERVER1'] },
    );
    assert.equal(
      nodeOf(nodes, `server:SERVER1/certificate:${ownCertificate(1).thumbprint}`).label,
      'Microsoft Exchange',
    );
  });

  it('puts the installed ones below the entry they are of, and the others beside it', () => {
    const entry = nodeOf(nodes, 'certificate:WWW');
    assert.deepEqual([entry.children.map(({ thumbprint }) => thumbprint), entry.expiresInDays], [[a.thumbprint], 11]);
    const servers = entry.children[0]?.details.find(({ code }) => code === 'on-servers');
    assert.deepEqual(servers, { code: 'on-servers', servers: ['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'] });
    assert.equal(all(nodes).filter(({ kind }) => kind === 'other-certificate').length, 4);
  });

  it('shows wanted and carried of each connector', () => {
    assert.deepEqual(codes(nodeOf(nodes, 'send-connector:SEND')), ['wants-none', 'carries-none']);
    assert.deepEqual(codes(nodeOf(nodes, `send-connector:${outbound.toUpperCase()}`)), [
      'wants-certificate',
      'carries',
    ]);
    const relay = nodeOf(nodes, 'server:SERVER2/receive-connector:SERVER2\\RELAY SERVER2');
    assert.deepEqual([relay.label, codes(relay)], ['Relay SERVER2', ['not-in-config', 'carries']]);
    assert.deepEqual(
      relay.differences.map(({ code }) => code),
      ['not-in-config'],
    );
  });

  it('shows a server that was not reached as that, and its connectors as not told', () => {
    const node = nodeOf(tree(withServer(found(), 'SERVER1', unreached)), 'server:SERVER1');
    assert.equal(codes(node)[0], 'not-reached');
    assert.deepEqual(
      node.differences.map(({ code }) => code),
      ['server-not-reached'],
    );
    assert.deepEqual(codes(node.children.at(-1)!), ['wants-certificate', 'not-told']);
  });

  it('shows a server that the configuration does not name after the others, with nothing wanted of it', () => {
    const fewer = tree(found(), wanted({ servers: wanted().servers.slice(1) }));
    assert.equal(fewer[0]?.children.at(-1)?.label, 'SERVER1');
    const node = nodeOf(fewer, 'server:SERVER1');
    assert.ok(codes(node).includes('not-in-config'));
    assert.ok(!all([node]).some(({ details }) => details.some(({ code }) => code === 'wants-certificate')));
  });

  it('makes the children of a group anew each time they are asked for, as many as it counts', () => {
    const [servers = assert.fail()] = organizationTree({ wanted: wanted(), found: found(), differences: [], now });
    const [first, second] = [[...servers.children], [...servers.children]];
    assert.deepEqual(first, second);
    assert.deepEqual(servers.details, [{ code: 'count', count: first.length }]);
  });

  it('counts a last day as 0 and the day after it as -1', () => {
    const at = (time: string) => treeOf({ wanted: wanted(), found: found(), differences: [], now: new Date(time) });
    assert.equal(nodeOf(at('2026-12-04T19:00:00Z'), 'certificate:WWW').expiresInDays, 0);
    assert.equal(nodeOf(at('2026-12-04T21:00:00Z'), 'certificate:WWW').expiresInDays, -1);
  });
});

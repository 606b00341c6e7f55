// Which nodes a change touches: the smallest ones, and the whole view only where its top level changed.
import assert from 'node:assert/strict';
import { differing, type TreeNode } from '../../src/ui/face/treeNode';

const node = (id: string, children: readonly TreeNode[] = [], face: Partial<TreeNode> = {}): TreeNode => ({
  id,
  label: id,
  context: 'server',
  spoken: id,
  children,
  ...face,
});
const before = [node('servers', [node('SERVER1', [node('SERVER1/smtp')]), node('SERVER2')]), node('certificates')];

function touched(after: readonly TreeNode[]): readonly string[] | 'roots' {
  const nodes = differing(before, after);
  return nodes === 'roots' ? nodes : nodes.map(({ id }) => id);
}

describe('a tree refreshes', () => {
  const [servers, certificates] = before as [TreeNode, TreeNode];
  const server2 = servers.children[1]!;
  const withServer1 = (server: TreeNode) => [node('servers', [server, server2]), certificates];
  const cases: readonly [claim: string, after: readonly TreeNode[], expected: readonly string[] | 'roots'][] = [
    ['nothing where nothing changed', structuredClone(before), []],
    [
      'one node whose description changed',
      withServer1(node('SERVER1', [node('SERVER1/smtp')], { description: 'not reached' })),
      ['SERVER1'],
    ],
    [
      'the innermost node that changed, and none above it',
      withServer1(node('SERVER1', [node('SERVER1/smtp', [], { description: 'presented' })])),
      ['SERVER1/smtp'],
    ],
    [
      'the node that got a child',
      withServer1(node('SERVER1', [node('SERVER1/smtp'), node('SERVER1/https')])),
      ['SERVER1'],
    ],
    ['the node that lost its children', withServer1(node('SERVER1')), ['SERVER1']],
    [
      'the node whose children changed places',
      [node('servers', [server2, servers.children[0]!]), certificates],
      ['servers'],
    ],
    [
      'each of two that changed',
      [servers, certificates].map((one) => ({ ...one, spoken: 'other' })),
      ['servers', 'certificates'],
    ],
    ['the view where a top node is gone', [servers], 'roots'],
    ['the view where it was empty', [...before, node('send-connectors')], 'roots'],
  ];
  for (const [claim, after, expected] of cases) {
    it(claim, () => {
      assert.deepEqual(touched(after), expected);
    });
  }

  for (const [key, value] of Object.entries({
    label: 'SERVER1 (2)',
    description: 'x',
    tooltip: 'x',
    icon: { name: 'error', color: 'list.errorForeground' },
    context: 'server thumbprint',
    spoken: 'SERVER1, error',
    command: { title: 'Open', command: 'open' },
  })) {
    it(`a node whose ${key} changed`, () => {
      assert.deepEqual(touched(withServer1(node('SERVER1', [node('SERVER1/smtp')], { [key]: value }))), ['SERVER1']);
    });
  }

  it('nothing where only what menus get changed: it is handed over as it is now', () => {
    assert.deepEqual(touched(withServer1(node('SERVER1', [node('SERVER1/smtp')], { subject: { server: 'x' } }))), []);
  });
});

// A node of a tree view as plain data, and which nodes a change touches.
import type * as vscode from 'vscode';

export interface TreeNode {
  /** Stable over refreshes and reloads: it keeps what the user expanded. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon?: { readonly name: string; readonly color?: string };
  /** Words that menus look for: `server`, `certificate thumbprint`, `step runnable script`. */
  readonly context: string;
  /** What a screen reader says: the name first, then what the icon and colour say to the eye. */
  readonly spoken: string;
  readonly expanded?: boolean;
  readonly command?: vscode.Command;
  readonly children: readonly TreeNode[];
  /** What the node stands for, for the commands of its menu. */
  readonly subject?: unknown;
}

/** The smallest nodes whose own face or list of children changed; `roots` when the top level itself did. */
export function differing(before: readonly TreeNode[], after: readonly TreeNode[]): readonly TreeNode[] | 'roots' {
  if (!sameIds(before, after)) {
    return 'roots';
  }
  return after.flatMap((node, index) => {
    const old = before[index];
    if (old === undefined || !sameFace(old, node) || !sameIds(old.children, node.children)) {
      return [node];
    }
    const inner = differing(old.children, node.children);
    return inner === 'roots' ? [node] : inner;
  });
}

const sameIds = (one: readonly TreeNode[], other: readonly TreeNode[]): boolean =>
  one.length === other.length && one.every((node, index) => node.id === other[index]?.id);

/** Field by field: of thousands of nodes, nearly all are as they were. */
const sameFace = (one: TreeNode, other: TreeNode): boolean =>
  one.label === other.label &&
  one.description === other.description &&
  one.tooltip === other.tooltip &&
  one.icon?.name === other.icon?.name &&
  one.icon?.color === other.icon?.color &&
  one.context === other.context &&
  one.spoken === other.spoken &&
  one.command?.command === other.command?.command;

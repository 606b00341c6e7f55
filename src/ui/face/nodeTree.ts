// A tree view over plain nodes: ids are stable, and a change refreshes only the nodes it touched.
import * as vscode from 'vscode';
import { plain } from './say';
import { differing, type TreeNode } from './treeNode';

export type { TreeNode } from './treeNode';

export interface NodeTree extends vscode.TreeDataProvider<TreeNode> {
  /** Shows `roots`; fires for the smallest nodes that differ from what is shown now. */
  show(roots: readonly TreeNode[]): void;
}

/** More than a window shows: then all that is shown is asked for again. */
const mostTouched = 100;

export function createNodeTree(): NodeTree {
  const changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  let roots: readonly TreeNode[] = [];
  // VS Code knows elements by identity, and hands them to commands: each id keeps one object, whose subject is the one shown now.
  const current = new Map<string, TreeNode>();
  const elements = new Map<string, TreeNode>();
  const element = (node: TreeNode): TreeNode => {
    const known = elements.get(node.id);
    if (known !== undefined) {
      return known;
    }
    const made: TreeNode = {
      ...node,
      get subject() {
        return current.get(node.id)?.subject;
      },
    };
    elements.set(node.id, made);
    return made;
  };
  const now = (node: TreeNode): TreeNode => current.get(node.id) ?? node;
  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => treeItem(now(node)),
    getChildren: (node) => (node === undefined ? roots : now(node).children).map(element),
    getParent: (node) => {
      const parent = parentOf(roots, node.id);
      return parent === undefined ? undefined : element(parent);
    },
    show(next) {
      const before = roots;
      roots = next;
      current.clear();
      for (const node of flatten(next)) {
        current.set(node.id, node);
      }
      for (const id of elements.keys()) {
        if (!current.has(id)) {
          elements.delete(id);
        }
      }
      const touched = differing(before, next);
      // VS Code compares each of them with all others
      if (touched === 'roots' || touched.length > mostTouched) {
        changed.fire(undefined);
      } else if (touched.length > 0) {
        changed.fire(touched.map(element));
      }
    },
  };
}

function* flatten(nodes: readonly TreeNode[]): Generator<TreeNode> {
  for (const node of nodes) {
    yield node;
    yield* flatten(node.children);
  }
}

function parentOf(nodes: readonly TreeNode[], id: string): TreeNode | undefined {
  for (const node of nodes) {
    if (node.children.some((child) => child.id === id)) {
      return node;
    }
    const inner = parentOf(node.children, id);
    if (inner !== undefined) {
      return inner;
    }
  }
  return undefined;
}

function treeItem(node: TreeNode): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(
    plain(node.label),
    node.children.length === 0 ? None : node.expanded === true ? Expanded : Collapsed,
  );
  item.id = node.id;
  item.contextValue = node.context;
  item.accessibilityInformation = { label: plain(node.spoken) };
  if (node.description !== undefined) {
    item.description = plain(node.description);
  }
  if (node.tooltip !== undefined) {
    // plain text, not Markdown: names from files and servers may carry links or HTML
    item.tooltip = plain(node.tooltip);
  }
  if (node.icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(
      node.icon.name,
      node.icon.color === undefined ? undefined : new vscode.ThemeColor(node.icon.color),
    );
  }
  if (node.command !== undefined) {
    item.command = node.command;
  }
  return item;
}

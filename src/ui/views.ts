// The views, there from the start so that their welcome texts are; what fills them is loaded once there is something to show.
import * as vscode from 'vscode';
import { views } from './commands';
import { createNodeTree, type NodeTree, type TreeNode } from './face/nodeTree';

export interface ShownTree {
  readonly tree: NodeTree;
  readonly view: vscode.TreeView<TreeNode>;
}

export type Views = Readonly<Record<keyof typeof views, ShownTree>>;

export function createViews(): Views {
  return { organization: shownTree(views.organization), rotation: shownTree(views.rotation) };
}

function shownTree(id: string): ShownTree {
  const tree = createNodeTree();
  return { tree, view: vscode.window.createTreeView<TreeNode>(id, { treeDataProvider: tree, showCollapseAll: true }) };
}

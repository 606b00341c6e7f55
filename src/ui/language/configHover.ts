// Hover over a key of a configuration: what it means, what counts without it, and what may stand there.
import * as vscode from 'vscode';
import { ownMarkdown } from '../face/say';
import { organizationRooms } from '../rooms';
import { isConfig } from '../state/isConfig';

export const configHover: vscode.HoverProvider = {
  async provideHover(document, position) {
    if (!isConfig(document.uri)) {
      return undefined;
    }
    const { hoverAt } = await organizationRooms();
    const hover = hoverAt(document.getText(), document.offsetAt(position));
    if (hover === undefined) {
      return undefined;
    }
    const { meaning, standard, allowed, start, end } = hover;
    // everything in it is the schema's: a name of the file or a server could carry links or HTML
    const text = ownMarkdown(meaning);
    if (standard !== undefined) {
      text.appendMarkdown(`\n\n${vscode.l10n.t('Default:')} \`${standard}\``);
    }
    if (allowed.length > 0) {
      text.appendMarkdown(`\n\n${vscode.l10n.t('Values:')} ${allowed.map((value) => `\`${value}\``).join(', ')}`);
    }
    return new vscode.Hover(text, new vscode.Range(document.positionAt(start), document.positionAt(end)));
  },
};

// Quick fixes for the problems of a configuration: of its text, and of names that the snapshot does not know.
import * as vscode from 'vscode';
import type { Fix } from '../../config/fixes';
import type { Range } from '../../config/problem';
import { plain } from '../face/say';
import { organizationRooms } from '../rooms';
import { isConfig } from '../state/isConfig';
import type { ConfigFile, Workspace } from '../workspace';
import { rangesIn } from '../face/textRange';
import { placeOf } from './diagnostics';
import { trackingFixes } from './trackedKeys';

type Edit = Fix['edits'][number];

const titles: Readonly<Record<Fix['code'], (becomes: string) => string>> = {
  replace: (becomes) => vscode.l10n.t('Change to "{0}"', becomes),
  quote: () => vscode.l10n.t('Put it in quotation marks'),
  'plain-characters': (becomes) => vscode.l10n.t('Write it with plain characters: "{0}"', becomes),
  'every-server': (becomes) => vscode.l10n.t('Mean the one of each server: "{0}"', becomes),
};

export function configFixes(workspace: Workspace): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, context) {
      if (!isConfig(document.uri)) {
        return [];
      }
      const text = document.getText();
      const rangeOf = rangesIn(text);
      const { parseInThread, fixesFor } = await organizationRooms();
      const known = workspace.configs.find(({ uri }) => uri.toString() === document.uri.toString());
      const parsed = known?.text === text ? known.parsed : await parseInThread(text);
      const action = (
        code: string,
        place: Range,
        { title, edits }: { title: string; edits: readonly Edit[] },
      ): vscode.CodeAction => {
        const made = new vscode.CodeAction(plain(title), vscode.CodeActionKind.QuickFix);
        const at = rangeOf(place);
        made.diagnostics = context.diagnostics.filter((one) => one.code === code && one.range.isEqual(at));
        made.edit = new vscode.WorkspaceEdit();
        for (const edit of edits) {
          made.edit.replace(document.uri, rangeOf(edit.range), edit.text);
        }
        return made;
      };
      const touched = (place: Range): boolean => rangeOf(place).intersection(range) !== undefined;
      return [
        ...trackingFixes(document.uri, context.diagnostics),
        ...parsed.problems
          .filter((problem) => touched(problem.range))
          .flatMap((problem) =>
            fixesFor(problem, text).map(({ code, becomes, edits }) =>
              action(problem.code, problem.range, { title: titles[code](becomes), edits }),
            ),
          ),
        ...(known?.text === text ? await nameFixes(workspace, known) : [])
          .filter(({ place }) => touched(place))
          .map(({ code, place, becomes, edit }) =>
            action(code, place, { title: titles.replace(becomes), edits: [edit] }),
          ),
      ];
    },
  };
}

/** The nearest found names for a server or connector that the snapshot does not have. */
async function nameFixes({ config, differences }: Workspace, file: ConfigFile) {
  if (config?.uri.toString() !== file.uri.toString()) {
    return [];
  }
  const { scalarText } = await organizationRooms();
  return differences.flatMap((difference) => {
    const place = placeOf(difference, file.parsed.positions)?.nameRange;
    return place === undefined || !('candidates' in difference)
      ? []
      : difference.candidates.map(({ name }) => ({
          code: difference.code,
          place,
          becomes: name,
          edit: { range: place, text: scalarText(name) },
        }));
  });
}

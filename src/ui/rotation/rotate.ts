// *Rotate certificate…*: asks in steps which certificate, by which PFX, instead of which, on which servers; it ends in a plan.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Found } from '../../model/found';
import type { Rotation } from '../../model/rotation';
import type { Wanted } from '../../model/wanted';
import { commands, views } from '../commands';
import { ask, say, sentence, words } from '../face/say';
import type { Handlers } from '../handlers';
import { author } from '../state/openRotation';
import { organizationRooms } from '../rooms';
import { rotationFolder } from '../state/rotationWitness';
import { readSnapshot } from '../state/snapshotStore';
import { usedConfig } from '../state/usedConfig';
import { textField } from '../subject';
import { uriFrom } from '../uriFrom';
import { requireTrust } from '../trust';
import type { ConfigFile, Workspace } from '../workspace';
import { chooseConfig, folderOf } from './chooseConfig';
import { askQuestion } from './askQuestion';
import { askDraft, type Beginning } from './rotationDraft';

export function rotateCommand(workspace: Workspace): Handlers<'rotate'> {
  return {
    rotate: async (argument) => {
      if (!requireTrust()) {
        return;
      }
      await workspace.refresh();
      const uri = uriFrom(argument);
      const file = await usedConfig(workspace, await chooseConfig(workspace, uri));
      if (file === null) {
        return;
      }
      if (file === undefined) {
        void say.warning(words('A rotation needs a configuration: "Create Configuration" writes one.'));
        return;
      }
      await workspace.useConfig(file.uri);
      await rotate(workspace, file, {
        pfx: uri !== undefined && /\.(pfx|p12)$/i.test(uri.path) ? uri : undefined,
        clicked: { label: textField(argument, 'label'), thumbprint: textField(argument, 'thumbprint') },
      });
    },
  };
}

async function rotate(
  workspace: Workspace,
  file: ConfigFile,
  begunAt: Pick<Beginning, 'pfx' | 'clicked'>,
): Promise<void> {
  const { wanted } = file.parsed;
  if (wanted === null) {
    void say.warning(
      words('The configuration has errors. Correct them first: a plan made from half of it would be wrong.'),
    );
    return;
  }
  const rooms = await organizationRooms();
  // the configuration's own: another rotation may be open, of another organization
  const snapshot = await readSnapshot(workspace.context, file.uri);
  if (snapshot === undefined) {
    const take = vscode.l10n.t('Take Snapshot');
    const choice = await say.warning(
      words('A rotation is planned from what is installed. Take a snapshot first.'),
      take,
    );
    if (choice === take) {
      await vscode.commands.executeCommand(commands.takeSnapshot, file.uri);
    }
    return;
  }
  const found = rooms.foundFrom(snapshot);
  const draft = await askDraft(words('Rotate Certificate'), { file, wanted, found, ...begunAt });
  if (draft === undefined) {
    return;
  }
  const { at: created, by } = author();
  const rotations = path.join(folderOf(file.uri).fsPath, 'rotations');
  const taken = await fs.readdir(rotations).catch(() => []);
  const name = rooms.rotationName(created, draft.certificate.name, taken);
  const folder = path.join(rotations, name);
  const baseline = rooms.renderJson(snapshot);
  const configPath = rooms.pathBetween(folder, file.uri.fsPath, path);
  const pfxPath = rooms.pathBetween(folder, draft.fresh.pfx.fsPath, path);
  if (configPath === undefined || pfxPath === undefined) {
    void say.error(
      words(
        'The PFX {0} lies on another drive than the configuration: a rotation names it by the way from its folder. Copy it to the drive of {1}.',
        draft.fresh.pfx.fsPath,
        file.uri.fsPath,
      ),
    );
    return;
  }
  if (process.platform === 'win32' && folder.length + rooms.longestInFolder > rooms.longestOnWindows) {
    void say.error(
      words(
        'The folder {0} has {1} characters. Paths of the rotation would have up to {2}, and Windows PowerShell opens none of more than {3}: a script would fail in the middle. Move the workspace to a folder with a shorter path.',
        folder,
        folder.length,
        folder.length + rooms.longestInFolder,
        rooms.longestOnWindows,
      ),
    );
    return;
  }
  const intent: Rotation = {
    version: 1,
    name,
    created,
    by,
    config: { path: configPath, certificate: draft.certificate.name },
    from: { thumbprint: draft.from },
    to: {
      thumbprint: draft.fresh.facts.thumbprint,
      certificate: draft.fresh.facts,
      pfx: {
        path: pfxPath,
        sha256: draft.fresh.sha256,
        importsOn: draft.fresh.importsOn,
      },
    },
    servers: draft.servers,
    baseline: { path: '', sha256: '' },
    decisions: [],
  };
  const decided = await askQuestions(wanted, found, intent);
  if (decided === undefined) {
    return;
  }
  const made = await rooms.createRotation(await rotationFolder(folder, workspace.context.workspaceState), {
    ...decided,
    baseline: { snapshot, text: baseline },
  });
  if (made === undefined) {
    void say.error(words('The folder {0} is there already. Nothing was written into it.', folder));
    return;
  }
  await workspace.useRotation(vscode.Uri.file(folder));
  await vscode.commands.executeCommand(`${views.rotation}.focus`);
  await vscode.commands.executeCommand(commands.openPlan);
}

/** Every open question of the plan, one after another; a question may be left open and then holds the cutover. */
async function askQuestions(wanted: Wanted, found: Found, intent: Rotation): Promise<Rotation | undefined> {
  const rooms = await organizationRooms();
  const inputs = { config: '', rotation: '', baseline: '', found: '', now: intent.created };
  let rotation = intent;
  const later = new Set<string>();
  for (;;) {
    const plan = rooms.plan({ wanted, baseline: found, found, rotation, inputs });
    const [refusal] = plan.refusals;
    if (refusal !== undefined) {
      void ask.error({ message: sentence(rooms.refusalSentence(refusal)), buttons: [] });
      return undefined;
    }
    const question = plan.questions.find(({ id }) => !later.has(id));
    if (question === undefined) {
      return rotation;
    }
    const answer = await askQuestion(question);
    if (answer.answer !== 'chosen') {
      return undefined;
    }
    if (answer.value === undefined) {
      later.add(question.id);
    } else {
      rotation = {
        ...rotation,
        decisions: [
          ...rotation.decisions,
          { question: question.id, answer: answer.value, at: intent.created, by: intent.by },
        ],
      };
    }
  }
}

// *Rotate certificate…*: asks in steps which certificate, by which PFX, instead of which, on which servers; it ends in a plan.
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Found } from '../../model/found';
import type { Rotation } from '../../model/rotation';
import type { Thumbprint } from '../../model/names';
import type { Wanted, WantedCertificate } from '../../model/wanted';
import { commands, views } from '../commands';
import { rotationFolder } from '../journalWitness';
import { author } from '../openRotation';
import { day } from '../dates';
import { register, uriFrom } from '../register';
import { organizationRooms } from '../rooms';
import { requireTrust } from '../trust';
import type { ConfigFile, Workspace } from '../workspace';
import { chooseConfig, folderOf } from './chooseConfig';
import { openNewCertificate, type NewCertificate } from './newCertificate';
import { askQuestion } from './askQuestion';
import { askOne, askSome, type Answer, type Choice } from './questions';

export function registerRotate(workspace: Workspace): vscode.Disposable {
  return register(commands.rotate, async (argument) => {
    if (!requireTrust()) {
      return;
    }
    await workspace.refresh();
    const uri = uriFrom(argument);
    const file = await chooseConfig(workspace, uri);
    if (file === undefined) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('A rotation needs a configuration: "Create Configuration" writes one.'),
      );
      return;
    }
    await workspace.useConfig(file.uri);
    await rotate(workspace, file, uri !== undefined && /\.(pfx|p12)$/i.test(uri.path) ? uri : undefined);
  });
}

/** What was answered so far; each step adds its part. */
interface Draft {
  readonly certificate: WantedCertificate;
  readonly fresh: NewCertificate;
  readonly from: Thumbprint;
  readonly servers: readonly string[];
}

const title = (): string => vscode.l10n.t('Rotate Certificate');
const total = 4;

async function rotate(workspace: Workspace, file: ConfigFile, pfx: vscode.Uri | undefined): Promise<void> {
  const { wanted } = file.parsed;
  if (wanted === null) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The configuration has errors. Mend them first: a plan made from half of it would be wrong.'),
    );
    return;
  }
  const { found, snapshot } = workspace;
  if (found === undefined || snapshot === undefined) {
    const take = vscode.l10n.t('Take Snapshot');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('A rotation is planned from what is installed. Take a snapshot first.'),
      take,
    );
    if (choice === take) {
      await vscode.commands.executeCommand(commands.takeSnapshot);
    }
    return;
  }
  const draft = await askDraft(file, wanted, found, pfx);
  if (draft === undefined) {
    return;
  }
  const rooms = await organizationRooms();
  const { at: created, by } = author();
  const rotations = path.join(folderOf(file.uri).fsPath, 'rotations');
  const taken = await fs.readdir(rotations).catch(() => []);
  const name = rooms.rotationName(created, draft.certificate.name, taken);
  const folder = path.join(rotations, name);
  const baseline = rooms.renderJson(snapshot);
  const intent: Rotation = {
    version: 1,
    name,
    created,
    by,
    config: { path: relative(folder, file.uri.fsPath), certificate: draft.certificate.name },
    from: { thumbprint: draft.from },
    to: {
      thumbprint: draft.fresh.facts.thumbprint,
      certificate: draft.fresh.facts,
      pfx: {
        path: relative(folder, draft.fresh.pfx.fsPath),
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
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The folder {0} is there already. Nothing was written into it.', folder),
    );
    return;
  }
  await workspace.useRotation(vscode.Uri.file(folder));
  await vscode.commands.executeCommand(`${views.rotation}.focus`);
  await vscode.commands.executeCommand(commands.openPlan);
}

/** With `/`, as the files of a rotation write paths. */
const relative = (folder: string, file: string): string => path.relative(folder, file).split(path.sep).join('/');

/** The steps before the questions, with a way back through them; undefined when the user leaves. */
async function askDraft(
  file: ConfigFile,
  wanted: Wanted,
  found: Found,
  pfx: vscode.Uri | undefined,
): Promise<Draft | undefined> {
  let draft: Partial<Draft> = {};
  let step = 1;
  const take = <Value>(answer: Answer<Value>, keep: (value: Value) => Partial<Draft>): boolean => {
    if (answer.answer === 'chosen') {
      draft = { ...draft, ...keep(answer.value) };
      step += 1;
    } else if (answer.answer === 'back') {
      step -= 1;
    }
    return answer.answer !== 'cancelled';
  };
  while (step <= total) {
    const place = { title: title(), step, total };
    const { certificate, fresh } = draft;
    if (step === 1) {
      const answer = await askOne(
        place,
        vscode.l10n.t('Which certificate of the configuration?'),
        wanted.certificates.map(entryChoice),
        await entryFor(wanted, file, pfx),
      );
      if (!take(answer, (value) => ({ certificate: value }))) {
        return undefined;
      }
    } else if (step === 2 && certificate !== undefined) {
      const answer = await openNewCertificate(place, file, certificate, pfx);
      if (!take(answer, (value) => ({ fresh: value }))) {
        return undefined;
      }
    } else if (step === 3 && fresh !== undefined) {
      const choices = await oldChoices(found, fresh);
      if (choices.length === 0) {
        void vscode.window.showWarningMessage(
          vscode.l10n.t('The snapshot shows no certificate that this one could replace.'),
        );
        return undefined;
      }
      if (
        !take(await askOne(place, vscode.l10n.t('Which certificate does it replace?'), choices), (value) => ({
          from: value,
        }))
      ) {
        return undefined;
      }
    } else {
      const choices = wanted.servers.map(({ name, fqdn }) => ({ label: name, description: fqdn, value: name }));
      if (
        !take(
          await askSome(
            place,
            vscode.l10n.t('On which servers? The first one goes first; the others wait until you continue.'),
            choices,
          ),
          (value) => ({ servers: value }),
        )
      ) {
        return undefined;
      }
    }
  }
  const { certificate, fresh, from, servers } = draft;
  return certificate && fresh && from && servers ? { certificate, fresh, from, servers } : undefined;
}

function entryChoice(certificate: WantedCertificate): Choice<WantedCertificate> {
  return {
    label: certificate.name,
    description: certificate.hostnames.join(', '),
    detail: certificate.services.join(' '),
    value: certificate,
  };
}

/** The entry whose pattern names the file the user began at. */
async function entryFor(
  wanted: Wanted,
  file: ConfigFile,
  pfx: vscode.Uri | undefined,
): Promise<WantedCertificate | undefined> {
  const folder = `${folderOf(file.uri).path}/`;
  if (!pfx?.path.startsWith(folder)) {
    return undefined;
  }
  const { matchesGlob } = await organizationRooms();
  return wanted.certificates.find((one) => one.pfx !== null && matchesGlob(one.pfx, pfx.path.slice(folder.length)));
}

/** Installed certificates that share a name with the new one, the most used first; Exchange's own are never offered. */
async function oldChoices(found: Found, fresh: NewCertificate): Promise<Choice<Thumbprint>[]> {
  const { usesOf } = await organizationRooms();
  const candidates = new Map<Thumbprint, { subject: string; notAfter: string; uses: Set<string>; servers: string[] }>();
  for (const server of found.servers) {
    for (const { thumbprint, facts } of server.certificates ?? []) {
      const related =
        facts?.dnsNames.some((name) => fresh.facts.dnsNames.includes(name)) === true ||
        facts?.subject === fresh.facts.subject;
      if (facts === null || thumbprint === fresh.facts.thumbprint || facts.isSelfIssued || !related) {
        continue;
      }
      const row = candidates.get(thumbprint) ?? {
        subject: facts.subject,
        notAfter: facts.notAfter,
        uses: new Set(),
        servers: [],
      };
      row.servers.push(server.name);
      for (const use of usesOf(found, server.name, thumbprint).filter(({ certain }) => certain)) {
        row.uses.add(use.what === '' ? use.code : use.what);
      }
      candidates.set(thumbprint, row);
    }
  }
  return [...candidates]
    .sort(([, one], [, other]) => other.uses.size - one.uses.size)
    .map(([thumbprint, { subject, notAfter, uses, servers }]) => ({
      label: thumbprint,
      description: `${subject} · ${vscode.l10n.t('until {0}', day(notAfter))} · ${servers.join(', ')}`,
      detail: uses.size === 0 ? vscode.l10n.t('no use found') : vscode.l10n.t('used by {0}', [...uses].join(', ')),
      value: thumbprint,
    }));
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
      void vscode.window.showErrorMessage(rooms.refusalSentence(refusal), { modal: true });
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

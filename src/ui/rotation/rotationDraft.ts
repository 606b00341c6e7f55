// The wizard's steps before a plan can be made: which certificate, by which PFX, instead of which, on which servers.
import * as vscode from 'vscode';
import type { Found } from '../../model/found';
import type { Thumbprint } from '../../model/names';
import type { Wanted, WantedCertificate } from '../../model/wanted';
import { day } from '../face/dates';
import { say, words, type Said } from '../face/say';
import { entriesNaming } from '../state/judgingConfig';
import { organizationRooms } from '../rooms';
import type { ConfigFile } from '../workspace';
import { openNewCertificate, type NewCertificate } from './newCertificate';
import { askOne, askSome, type Answer, type Choice, type Place } from './questions';

/** What a rotation is asked for. */
export interface RotationDraft {
  readonly certificate: WantedCertificate;
  readonly fresh: NewCertificate;
  readonly from: Thumbprint;
  readonly servers: readonly string[];
}

/** What the user began at. */
export interface Beginning {
  readonly file: ConfigFile;
  readonly wanted: Wanted;
  readonly found: Found;
  /** The file that was clicked, if one was. */
  readonly pfx: vscode.Uri | undefined;
  /** The node of the tree that was clicked, if one was: an entry of the configuration, or what is installed. */
  readonly clicked: { readonly label: string | undefined; readonly thumbprint: string | undefined };
}

type Answers = Partial<RotationDraft>;

/** The steps in their order; each adds its part to what was answered before it. */
const steps: readonly ((from: Beginning, answers: Answers, place: Place) => Promise<Answer<Answers>>)[] = [
  async ({ file, wanted, pfx, clicked }, _answers, place) =>
    kept(
      'certificate',
      await askOne(
        place,
        words('Which certificate of the configuration?'),
        wanted.certificates.map(entryChoice),
        (pfx && (await entriesNaming(file, pfx))[0]) ?? wanted.certificates.find(({ name }) => name === clicked.label),
      ),
    ),
  async ({ file, pfx }, { certificate }, place) =>
    certificate === undefined ? gone : kept('fresh', await openNewCertificate(place, file, certificate, pfx)),
  async ({ found, clicked }, { fresh }, place) => {
    const choices = fresh === undefined ? [] : await oldChoices(found, fresh);
    if (choices.length === 0) {
      void say.warning(words('The snapshot shows no certificate that this one could replace.'));
      return gone;
    }
    return kept(
      'from',
      await askOne(place, words('Which certificate does it replace?'), choices, clicked.thumbprint as Thumbprint),
    );
  },
  async ({ wanted }, _answers, place) =>
    kept(
      'servers',
      await askSome(
        place,
        words('On which servers? The first one goes first; the others wait until you continue.'),
        wanted.servers.map(({ name, fqdn }) => ({ label: name, description: fqdn, value: name })),
      ),
    ),
];

const gone = { answer: 'cancelled' } as const;

/** Asks step by step, with a way back through them; undefined when the user leaves. */
export async function askDraft(title: Said, from: Beginning): Promise<RotationDraft | undefined> {
  let answers: Answers = {};
  let at = 0;
  for (let step = steps[at]; step !== undefined; step = steps[at]) {
    const given = await step(from, answers, { title, step: at + 1, total: steps.length });
    if (given.answer === 'cancelled') {
      return undefined;
    }
    at += given.answer === 'back' ? -1 : 1;
    answers = given.answer === 'chosen' ? { ...answers, ...given.value } : answers;
  }
  const { certificate, fresh, from: old, servers } = answers;
  return certificate && fresh && old && servers ? { certificate, fresh, from: old, servers } : undefined;
}

function kept<Key extends keyof RotationDraft>(key: Key, given: Answer<RotationDraft[Key]>): Answer<Answers> {
  return given.answer === 'chosen' ? { answer: 'chosen', value: { [key]: given.value } } : given;
}

function entryChoice(certificate: WantedCertificate): Choice<WantedCertificate> {
  return {
    label: certificate.name,
    description: certificate.hostnames.join(', '),
    detail: certificate.services.join(' '),
    value: certificate,
  };
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

// Why a step is there, what is settled and why, and why there is no plan.
import type { Plan, Question, Reason, Refusal, Settled } from '../../model/plan';

type ReasonOf<C extends Reason['code']> = Extract<Reason, { readonly code: C }>;

const reasons: { readonly [C in Reason['code']]: (reason: ReasonOf<C>) => string } = {
  always: () => 'part of every rotation',
  missing: () => 'not there yet',
  differs: ({ found, wanted }) => `found ${found ?? 'nothing'}, wanted ${wanted}`,
  'not-known': ({ wanted }) => `not known, wanted ${wanted}`,
  'pfx-unreadable-on': () => 'the Windows of the server does not open the file as it is',
  'changed-since-baseline': ({ found, wanted }) =>
    `changed since the rotation began: found ${found ?? 'nothing'}, was ${wanted}`,
  'key-storage-provider': () =>
    'imported as it is, the key came into a key storage provider (CNG), with which OWA and ECP fail',
  'outside-of-the-rotation': ({ servers }) =>
    `not of this rotation, which changes nothing there: ${servers.join(', ')}. Rotate them too`,
};

export function reasonSentence(reason: Reason): string {
  const sentence = reasons[reason.code] as (reason: Reason) => string;
  return sentence(reason);
}

export const settledNotes: Readonly<Record<NonNullable<Settled['note']>, string>> = {
  'not-waited': 'not waited, by config',
  'not-offered': 'not offered: the service is stopped, and stays so',
  'nothing-to-do': 'nothing to do',
};

export const classSentences: Readonly<Record<Plan['class'], string>> = {
  'new-name':
    'The new certificate has another issuer or subject: connectors follow it by name, and the old one stays valid until it is removed.',
  'same-name': 'Both certificates have the same issuer and subject.',
  'shorter-life': 'Both certificates have the same issuer and subject, and the new one ends first.',
};

const refusals: Readonly<Record<Refusal['code'], (refusal: Refusal) => string>> = {
  'same-name': () =>
    'Both certificates have the same issuer and subject, so an import is live at once. This version plans only a changed name.',
  'shorter-life': () =>
    'Both certificates have the same issuer and subject, and the new one ends first: it is not chosen while the old one is there. This version plans only a changed name.',
  'local-mode': ({ where }) => `${where} is set to mode: local. This version can't make scripts to carry over.`,
  edge: ({ where }) => `${where} is an Edge server. This version does not plan for Edge.`,
  'unknown-server': ({ where }) => `The configuration has no server ${where}.`,
  'unknown-certificate': ({ where }) => `The configuration has no certificate ${where}.`,
  'no-snapshot-of-server': ({ where }) => `No snapshot tells of ${where}. Take one.`,
  'host-not-in-baseline': ({ where, detail }) =>
    `${where}: the configuration names ${detail ?? 'a host'}, which Exchange did not report as a server's name when this rotation began. No session, PFX file or password is sent there. Write the full name that Exchange reports. For a server that was added since, take a snapshot and begin a new rotation, whose baseline has it.`,
  'old-certificate-not-found': ({ where }) => `No server tells of a certificate ${where} that can be read.`,
  'empty-subject': () => 'The new certificate has no subject, so no connector can name it.',
  'name-too-long': ({ detail }) =>
    `The name a connector would hold has ${detail ?? 'too many'} characters; Exchange stores 256.`,
  'protected-certificate': ({ detail }) =>
    `The old certificate is not a rotation's to replace (${detail ?? 'built in'}).`,
  'hostname-not-covered': ({ where }) => `The new certificate does not cover ${where}.`,
  'same-certificate': () => 'Old and new are the same certificate.',
  expired: ({ detail }) => `The new certificate ended on ${detail ?? 'a day gone by'}.`,
  'not-yet-valid': ({ detail }) => `The new certificate is not valid before ${detail ?? 'a day to come'}.`,
  'key-not-rsa': ({ detail }) =>
    `The key of the new certificate is ${detail ?? 'not RSA'}. Exchange takes RSA keys everywhere; others only from certain builds on, by a registry value, and not for every service. This version plans only for RSA.`,
  'unusable-text': ({ where, detail }) =>
    `${where} has a text with a control character or half a character, which no script may carry: ${detail ?? ''}`,
};

export function refusalSentence(refusal: Refusal): string {
  return refusals[refusal.code](refusal);
}

const questions: Readonly<Record<Question['code'], (question: Question) => string>> = {
  'follow-receive-connector': ({ target }) =>
    `The receive connector ${target.connector ?? ''} names the old certificate and is not in the configuration. Shall it follow? Left, it keeps the old certificate in use.`,
  'follow-send-connector': ({ target }) =>
    `The send connector ${target.connector ?? ''} names the old certificate and is not in the configuration. Shall it follow? Left, it keeps the old certificate in use.`,
  'follow-hybrid': () =>
    'The hybrid configuration names the old certificate. Shall it follow? Left, it keeps the old certificate in use.',
  'carries-certificate': ({ target }) =>
    `${target.connector ?? ''} should carry no certificate and does. It is not changed: clear it by hand, or leave it.`,
  'no-backup': ({ target }) =>
    `The key of the old certificate on ${target.server ?? ''} can't be exported. Is removal without a backup accepted?`,
  'servers-not-in-config': ({ found }) =>
    `The configuration does not name every server of the organization: ${found ?? ''}. Whether the old certificate is used there is not known, and nothing is changed there. Add them, or leave them.`,
  'old-name-unknown': ({ target }) =>
    `Whether ${target.connector ?? ''} names the old certificate was not told. Leave it, or take a snapshot that tells.`,
};

export function questionSentence(question: Question): string {
  return questions[question.code](question);
}

export const answerNames: Readonly<Record<string, string>> = {
  follow: 'Follow',
  leave: 'Leave',
  accept: 'Accept without a backup',
};

// What a person must decide before a cutover: references the configuration does not mention, and servers without a way back.
import type { Question, Target } from '../model/plan';
import { receiveIdentity } from '../model/receiveIdentity';
import { mentionedReceive, mentionedSend } from './connectorTargets';
import { answerTo, noBackupQuestion } from './decisions';
import type { PlannedServer, Planning } from './planning';
import { followHybrid, followReceive, followSend, outsideQuestion } from './questionIds';
import { refersTo } from './tlsCertificateName';

/** The open ones; a question with one of its answers among the decisions is closed. */
export function questionsOf(planning: Planning): readonly Question[] {
  const there = planning.servers.filter((server) => !server.isDeferred && server.found.reached);
  return [
    ...there.flatMap((server) => [...receiveQuestions(server, planning), ...backupQuestions(server, planning)]),
    ...sendQuestions(planning),
    ...hybridQuestions(planning),
    ...outsideQuestions(planning),
  ].filter(({ id, answers }) => !answers.includes(answerTo(planning.rotation, id) ?? ''));
}

interface Reference {
  readonly kind: 'receive-connector' | 'send-connector';
  readonly name: string;
  readonly value: string | null;
  readonly target: Target;
  readonly followId: string;
  /** `none`: the configuration wants it to carry none. */
  readonly mention: 'certificate' | 'none' | 'no';
}

function receiveQuestions(server: PlannedServer, planning: Planning): readonly Question[] {
  const mentioned = mentionedReceive(server, planning);
  const none = new Set(
    planning.wanted.connectors.receive
      .filter((one) => one.certificate === null)
      .map((one) => receiveIdentity(server.name, one.name).toUpperCase()),
  );
  return (server.found.row.receiveConnectors ?? []).flatMap(({ identity, tlsCertificateName }) =>
    referenceQuestion(
      {
        kind: 'receive-connector',
        name: identity,
        value: tlsCertificateName,
        target: { server: server.name, connector: identity },
        followId: followReceive(identity),
        mention: mentionOf(identity, mentioned, none),
      },
      planning,
    ),
  );
}

function sendQuestions(planning: Planning): readonly Question[] {
  const mentioned = mentionedSend(planning);
  const none = new Set(
    planning.wanted.connectors.send.filter((one) => one.certificate === null).map((one) => one.name.toUpperCase()),
  );
  return (planning.world.view.found.sendConnectors ?? []).flatMap(({ name, tlsCertificateName }) =>
    referenceQuestion(
      {
        kind: 'send-connector',
        name,
        value: tlsCertificateName,
        target: { connector: name },
        followId: followSend(name),
        mention: mentionOf(name, mentioned, none),
      },
      planning,
    ),
  );
}

function mentionOf(name: string, mentioned: ReadonlySet<string>, none: ReadonlySet<string>): Reference['mention'] {
  const key = name.toUpperCase();
  if (none.has(key)) return 'none';
  return mentioned.has(key) ? 'certificate' : 'no';
}

/** A connector that must carry none and does is never changed by us: it can only be left, or cleared by hand. */
function referenceQuestion(reference: Reference, { old }: Planning): readonly Question[] {
  const { kind, name, value, target, mention } = reference;
  if (mention === 'certificate') return [];
  if (value === null) {
    return [{ id: `unknown:${kind}:${name}`, code: 'old-name-unknown', target, answers: ['leave'], found: null }];
  }
  if (mention === 'none') {
    return value === ''
      ? []
      : [{ id: `carries:${kind}:${name}`, code: 'carries-certificate', target, answers: ['leave'], found: value }];
  }
  return refersTo(value, old.name)
    ? [{ id: reference.followId, code: `follow-${kind}`, target, answers: ['follow', 'leave'], found: value }]
    : [];
}

function hybridQuestions({ world, old }: Planning): readonly Question[] {
  const found = world.view.found.hybrid?.tlsCertificateName ?? '';
  return refersTo(found, old.name)
    ? [{ id: followHybrid, code: 'follow-hybrid', target: {}, answers: ['follow', 'leave'], found }]
    : [];
}

/** What a server uses that the configuration does not name was never read: no rotation calls the old certificate gone there. */
function outsideQuestions({ world, wanted }: Planning): readonly Question[] {
  const named = new Set(wanted.servers.map(({ name }) => name.toUpperCase()));
  const outside = world.view.found.servers.map(({ name }) => name).filter((name) => !named.has(name.toUpperCase()));
  return outside.length === 0
    ? []
    : [
        {
          id: outsideQuestion(outside),
          code: 'servers-not-in-config',
          target: {},
          answers: ['leave'],
          found: outside.join(', '),
        },
      ];
}

/** A key that can't be exported can't be backed up: removal then needs a person's word. */
function backupQuestions({ name, found }: PlannedServer, { old }: Planning): readonly Question[] {
  return found.certificates?.get(old.thumbprint)?.exportable === false
    ? [{ id: noBackupQuestion(name), code: 'no-backup', target: { server: name }, answers: ['accept'], found: null }]
    : [];
}

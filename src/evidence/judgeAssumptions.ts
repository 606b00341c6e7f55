// Takes the answers to *Check Assumptions* together: a row holds only where everybody who was asked said that it does.
import type { Assumption, AssumptionAnswer, AssumptionsTold, JudgedAssumption } from '../model/assumptions';

/** `asked` in its order; a row that nobody answered is unknown. */
export function judgeAssumptions(asked: readonly Assumption[], told: AssumptionsTold): readonly JudgedAssumption[] {
  const places = {
    here: [indexed(told.here)],
    exchange: [indexed(told.exchange)],
    server: told.servers.map(({ rows }) => indexed(rows)),
  };
  return asked.map((one) => {
    const answers = places[one.place].map((rows) => rows.get(keyOf(one)));
    const counts = { holds: 0, fails: 0, unknown: 0 };
    for (const answer of answers) counts[verdictOf(answer)] += 1;
    const why = answers.flatMap((answer) => (verdictOf(answer) === 'unknown' ? [answer?.why ?? 'not-answered'] : []));
    const verdict = counts.fails > 0 ? 'fails' : counts.unknown > 0 || counts.holds === 0 ? 'unknown' : 'holds';
    return { ...one, verdict, counts, why: [...new Set(why)] };
  });
}

/** What was told, and nothing that was not asked: no name can stand in a row of ours. */
export function onlyAsked(asked: readonly Assumption[], told: AssumptionsTold): AssumptionsTold {
  const keys = new Set(asked.map(keyOf));
  const ours = (rows: readonly AssumptionAnswer[]): readonly AssumptionAnswer[] =>
    rows.filter((row) => keys.has(keyOf(row)));
  return {
    ...told,
    here: ours(told.here),
    exchange: ours(told.exchange),
    servers: told.servers.map((server) => ({ ...server, rows: ours(server.rows) })),
  };
}

function verdictOf(answer: AssumptionAnswer | undefined): 'holds' | 'fails' | 'unknown' {
  if (answer === undefined || answer.holds === null) return 'unknown';
  return answer.holds ? 'holds' : 'fails';
}

type Row = Pick<Assumption, 'kind' | 'of' | 'name'>;

const keyOf = ({ kind, of, name }: Row): string => `${kind} ${of} ${name ?? ''}`.toUpperCase();

function indexed(rows: readonly AssumptionAnswer[]): ReadonlyMap<string, AssumptionAnswer> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

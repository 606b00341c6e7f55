// What the journal tells, in its order: a line's place says what came first, and a time it claims counts only as far as its place allows.
import type { Observation } from '../model/observation';
import type { Time } from '../model/names';
import { toTime } from '../model/names';
import type { JournalLine, StepResult } from '../model/result';
import type { Decision, Rotation } from '../model/rotation';

/** A line of the journal with what it stands for. Its times, and those of the result, are never later than the lines that follow it. */
export interface Told {
  readonly line: JournalLine;
  /** The believed result that a `result` line names; null where there is none. */
  readonly result: StepResult | null;
  /** The time it claims where that is later than its place, or than now: nothing that it says is evidence. */
  readonly claims: Time | null;
}

/** As far as the clocks of one domain may differ: Kerberos refuses a session where it is more (RFC 4120 section 8.2, five minutes). */
export const clockSkewMinutes = 5;

/** The lines in their order; `resultOf` answers the believed result that a line names. */
export function toldOf(
  journal: readonly JournalLine[],
  resultOf: (line: JournalLine) => StepResult | undefined,
  now: Time,
): readonly Told[] {
  const dates = datesOf(journal);
  return journal.map((line, place) => {
    const date = dates[place] ?? line.at;
    const result = resultOf(line) ?? null;
    const claimed = latestOf([
      line.at,
      ...(result === null ? [] : [result.ended]),
      ...(line.event === 'observation' ? [line.observation.at] : []),
    ]);
    return {
      line: dated(line, date),
      result: result === null ? null : { ...result, ended: earlier(result.ended, date) },
      claims: isFuture(claimed, earlier(date, now)) ? claimed : null,
    };
  });
}

/** Whether `claimed` is later than `bound` by more than clocks may differ. */
export function isFuture(claimed: Time, bound: Time): boolean {
  return Date.parse(claimed) > Date.parse(bound) + clockSkewMinutes * 60_000;
}

/**
 * The decisions, dated by their lines in the journal; one without a line counts as taken when the rotation was created, and so before
 * any change. What claims a time that has not come is left out.
 */
export function datedDecisions(rotation: Rotation, told: readonly Told[], now: Time): readonly Decision[] {
  const lines = told.flatMap(({ line }) => (line.event === 'decision' ? [line] : []));
  return rotation.decisions
    .filter(({ at }) => !isFuture(at, now))
    .map((decision) => {
      const { question, answer, at, by } = decision;
      const line = lines.findLast(
        (one) => one.question === question && one.answer === answer && one.by === by && one.at <= at,
      );
      return { ...decision, at: earlier(at, line?.at ?? rotation.created) };
    });
}

export function earlier(one: Time, other: Time): Time {
  return one < other ? one : other;
}

export function later(one: Time, other: Time): Time {
  return one > other ? one : other;
}

/** A line that claims to be later than the next one is dated a second before that: the order of places is the order of dates. */
function datesOf(journal: readonly JournalLine[]): readonly Time[] {
  const dates: Time[] = [];
  let next: Time | undefined;
  for (const { at } of journal.toReversed()) {
    next = next === undefined || at <= next ? at : toTime(new Date(Date.parse(next) - 1000));
    dates.push(next);
  }
  return dates.reverse();
}

function dated(line: JournalLine, date: Time): JournalLine {
  if (line.event !== 'observation') return { ...line, at: date };
  const observation: Observation = { ...line.observation, at: earlier(line.observation.at, date) };
  return { ...line, at: date, observation };
}

function latestOf(times: readonly Time[]): Time {
  return times.reduce(later);
}

import { compareBytes, equalBytes, type LogEntry, shuffled, utf8ToBytes } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import {
  answer,
  createEvening,
  type EveningOptions,
  questionsFor,
  seat,
  send,
  startEvening,
  stateOf,
  wait,
  withhold,
  worldOf,
} from '../testing/index.ts';
import { trivia } from './index.ts';
import { suppliedQuestions } from './question.ts';

const seed = 'deals';

function started(names: readonly [string, ...string[]] = ['host', 'bob'], config = {}, bank = 50) {
  const log: LogEntry[] = [];
  const onStep: EveningOptions['onStep'] = (_world, { entry }) => log.push(entry);
  const begun = startEvening({ seed, config: { questions: 3, ...config }, bank, onStep }, ...names);
  return { ...begun, log };
}
const entriesOfKind = <Kind extends LogEntry['kind']>(log: readonly LogEntry[], kind: Kind) =>
  log.filter((entry): entry is Extract<LogEntry, { kind: Kind }> => entry.kind === kind);

describe('dealing', () => {
  it('[T9] everything is committed to before the lock, and each question and answer apart', () => {
    const { log, table } = started();
    const kinds = log.map(({ kind }) => kind);
    expect(kinds.lastIndexOf('commit')).toBeLessThan(kinds.indexOf('lock'));
    expect(entriesOfKind(log, 'commit').map(({ what, commits }) => [what, commits.length])).toEqual([
      ['ask', 3],
      ['answer', 3],
    ]);
    const [question] = stateOf(table).questions;
    expect(question && equalBytes(question.askCommit, question.answerCommit)).toBe(false);
  });

  it('[T10] answers are committed in the order of their bytes', () => {
    for (const { ask, answer: right } of suppliedQuestions(questionsFor(seed, 50), 50)) {
      expect(ask.answers).toEqual(
        ask.answers.toSorted((a, b) => compareBytes(utf8ToBytes(a), utf8ToBytes(b))),
      );
      expect(right.correct.every((place) => place < ask.answers.length)).toBe(true);
    }
  });

  it('[T11] options are shown as the seed shuffles them', () => {
    const { table } = started();
    const { draw, questions } = stateOf(table);
    const [question] = questions;
    if (!draw?.seed || !question?.ask) throw new Error('no question');
    expect(question.order).toEqual(shuffled(draw.seed, 'options/0', question.ask.answers.length));
    const view = trivia.view(stateOf(table), {}) as { round: { answers: string[] } };
    expect(view.round.answers).toEqual(question.order.map((place) => question.ask?.answers[place]));
  });

  const usable = { id: 'a', text: 'Q?', answers: ['a', 'b'], correct: [0], kind: 'choice', topic: 't' };
  it.each([
    ['no list', 'nothing', 0],
    ['one answer', [{ ...usable, answers: ['a'] }], 0],
    ['a right answer that is none', [{ ...usable, correct: [2] }], 0],
    ['an answer twice', [{ ...usable, answers: ['a', 'a'] }], 0],
    ['something else beside', [7, usable, { ...usable, quality: 3 }], 2],
    ['more than were asked for', [usable, usable, usable, usable], 3],
  ])('[T12] a supply with %s', (_what, things, count) => {
    expect(suppliedQuestions(things, 3)).toHaveLength(count);
  });

  it('[T12] a short supply makes a short match, an empty one none', () => {
    expect(stateOf(started(['host'], {}, 2).table).questions).toHaveLength(2);
    const { table } = started(['host'], { afterMs: 0 }, 0);
    expect(stateOf(table)).toMatchObject({ phase: 'closed', reason: 'no_questions' });
    expect(worldOf(table).closed).toMatchObject({ reason: 'no_questions' });
  });

  it('[T12] without a deal in time the match is an authority’s default', () => {
    const table = createEvening({ seed, config: { afterMs: 0 } });
    const [host] = seat(table, 'host');
    if (!host) throw new Error('no host');
    withhold(table, ({ what }) => what === 'questions');
    send(table, host, 'start');
    wait(table, 120_000);
    expect(worldOf(table).closed).toMatchObject({ reason: 'authority_default' });
  });

  it('[R17] without the dice there is no match', () => {
    const table = createEvening({ seed, config: { afterMs: 0 } });
    const [host] = seat(table, 'host');
    if (!host) throw new Error('no host');
    withhold(table, ({ what }) => what === 'lock');
    send(table, host, 'start');
    wait(table, 30_000);
    expect(worldOf(table).closed).toMatchObject({ reason: 'authority_default' });
  });

  it('[R15] a device that does not show its share delays the match by 5 s, and plays', () => {
    const table = createEvening({ seed, config: { questions: 1 } });
    const [host, bob] = seat(table, 'host', 'bob');
    if (!host || !bob) throw new Error('no seats');
    table.away.add('bob');
    send(table, host, 'start');
    wait(table, 4_999);
    expect(trivia.view(stateOf(table), {})).toMatchObject({
      phase: 'drawing',
      draw: { round: 0, waiting: 1, missed: 0 },
    });
    wait(table, 1);
    expect(stateOf(table)).toMatchObject({ phase: 'open', draw: { round: 1, missed: [bob.key] } });
    expect(answer(table, bob, 0)).toBeUndefined();
  });
});

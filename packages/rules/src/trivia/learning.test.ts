import type { Cbor } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import {
  answer,
  type EveningOptions,
  type Player,
  questionsFor,
  rightChoice,
  send,
  startEvening,
  stateOf,
  type TriviaTable,
  wait,
  wrongChoice,
} from '../testing/index.ts';
import { trivia, type TriviaView } from './index.ts';

const seed = 'learning';
const viewOf = (table: TriviaTable, player?: Player) =>
  trivia.view(stateOf(table), player ? { key: player.key } : {}) as TriviaView;

/** One question: the host is right, Bob is wrong, Cid says nothing; then the match is over. */
function playOne(options: Partial<EveningOptions> = {}) {
  const begun = startEvening({ seed, config: { questions: 1 }, ...options }, 'host', 'bob', 'cid');
  const { table, players } = begun;
  const [host, bob] = players;
  wait(table, 1_000);
  answer(table, host, rightChoice(table, seed));
  answer(table, bob ?? host, wrongChoice(table, seed));
  wait(table, 25_000);
  send(table, host, 'next');
  return { ...begun, host, bob: bob ?? host };
}

describe('what suppliers learn', () => {
  it('[T67] is how many have answered each question and how many were wholly right, and of nobody in particular', () => {
    const { table } = playOne();
    expect(stateOf(table).phase).toBe('over');
    expect(trivia.fared?.(stateOf(table))).toEqual([{ id: 'q0', answered: 2, hits: 1 }]);
  });

  it('[T67] is nothing of a question that was skipped, nor of one that is a matter of opinion', () => {
    const { table, players } = startEvening({ seed, config: { questions: 1 } }, 'host', 'bob');
    send(table, players[0], 'skip');
    expect(trivia.fared?.(stateOf(table))).toEqual([]);
    const poll = { id: 'p', text: 'Tea or coffee?', kind: 'poll', answers: ['Tea', 'Coffee'], correct: [] };
    const asked = startEvening(
      { seed, config: { questions: 1, kinds: ['poll'] }, supply: () => [poll] },
      'host',
    );
    answer(asked.table, asked.players[0], 0);
    wait(asked.table, 25_000);
    expect(stateOf(asked.table).questions[0]?.outcome).toBe('revealed');
    expect(trivia.fared?.(stateOf(asked.table))).toEqual([]);
  });
});

describe('the language of a question', () => {
  const inLanguages = (...languages: readonly string[]) => {
    const rows = questionsFor(seed, languages.length) as readonly Record<string, Cbor>[];
    return () => rows.map((row, i) => ({ ...row, language: languages[i] ?? '' }));
  };

  it.each([
    ['de', 'en', 'en'],
    ['de', 'de', undefined],
    ['en', 'en-GB', undefined],
    ['en', 'enm', 'enm'],
  ])('[T68] in a match in %s a question in %s says %s', (language, own, said) => {
    const { table, players } = startEvening(
      { seed, config: { language, questions: 1 }, supply: inLanguages(own) },
      'host',
    );
    expect(viewOf(table, players[0]).round?.language).toBe(said);
    const copy = trivia.decode(trivia.encode(stateOf(table)));
    expect(trivia.encode(copy)).toEqual(trivia.encode(stateOf(table)));
  });
});

describe('rating the questions of a match that is over', () => {
  it('[T69] each one that was revealed, with my vote, until it is shut; for whoever has a seat', () => {
    const { table, host, bob } = playOne();
    expect(viewOf(table, host).rate).toEqual({
      until: stateOf(table).by,
      questions: [{ index: 0, text: 'Question 0?' }],
    });
    expect(viewOf(table).rate).toBeUndefined();
    expect(send(table, host, 'vote', { question: 0, vote: 'up' })).toBeUndefined();
    expect(send(table, host, 'vote', { question: 0, vote: 'flag', note: 'Two are right.' })).toBeUndefined();
    expect(viewOf(table, host).rate?.questions[0]?.myVote).toBe('flag');
    expect(viewOf(table, bob).rate?.questions[0]?.myVote).toBeUndefined();
    expect(stateOf(table).questions[0]?.votes.size).toBe(1);
    send(table, bob, 'leave');
    expect(viewOf(table, bob).rate).toBeUndefined();
    expect(send(table, bob, 'vote', { question: 0, vote: 'up' })).toBe('not_seated');
    wait(table, stateOf(table).config.afterMs);
    expect(viewOf(table, host).rate).toBeUndefined();
    expect(send(table, host, 'vote', { question: 0, vote: 'up' })).toBe('world_closed');
  });

  it('[T69] a question that was skipped is not among them', () => {
    const { table, players } = startEvening({ seed, config: { questions: 1 } }, 'host');
    send(table, players[0], 'skip');
    expect(viewOf(table, players[0]).rate?.questions).toEqual([]);
    expect(send(table, players[0], 'vote', { question: 0, vote: 'up' })).toBe('not_revealed');
  });
});
